package io.auspex.shell.serve;

import io.auspex.shell.run.Streams;

/** One command that a server runs. */
public interface Command {

  /**
   * Runs it.
   *
   * @param streams the client's
   * @return the exit code
   */
  int run(Streams streams, Leaving leaving);

  /** Tells when the client has gone. */
  interface Leaving {

    /** Has {@code action} done once the client has gone, again and again until the run ends. */
    void then(Runnable action);
  }
}
