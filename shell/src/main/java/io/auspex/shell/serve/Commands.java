package io.auspex.shell.serve;

import java.util.Optional;

/** Which requests a server runs. Called by many threads at a time. */
public interface Commands {

  /** What the request comes to; empty where it is not for this process. */
  Optional<Command> accept(Request request);
}
