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
  int run(Streams streams, Client client);

  /** Who waits for it. */
  interface Client {

    /**
     * Has {@code stop} called, by another thread, when the client has gone or the server ends;
     * again and again until the command has ended.
     */
    void whenGone(Runnable stop);
  }
}
