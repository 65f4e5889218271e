package io.auspex.shell;

import io.auspex.shell.serve.Server;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jline.utils.Signals;

/** {@code auspex serve}: runs other processes' commands until this process is to end. */
final class Serving {
  /** Upon which it ends, with their numbers. */
  private static final Map<String, Integer> SIGNALS = Map.of("HUP", 1, "INT", 2, "TERM", 15);

  /** A shell's exit code of what a signal has ended. */
  private static final int ENDED_BY = 128;

  private Serving() {}

  /**
   * Returns when a signal has said that the process is to end, and all is closed. That is no work
   * for a hook of the JVM: ONNX Runtime has one that frees what predictions still use.
   *
   * @param connection keeps the warehouse open
   * @return the process's exit code
   */
  static int run(String warehouse, Connection connection, PrintStream err) throws SQLException {
    AtomicInteger exit = new AtomicInteger();
    try (Connection closed = connection;
        Server server = Server.open(warehouse, new Served(Path.of(warehouse)))) {
      SIGNALS.forEach(
          (signal, number) ->
              Signals.register(
                  signal,
                  () -> {
                    if (!exit.compareAndSet(0, ENDED_BY + number)) {
                      // Twice is in earnest; no hooks, which free what may be in use.
                      Runtime.getRuntime().halt(ENDED_BY + number);
                    }
                    close(server, err);
                  }));
      err.printf(
          "Serving %s to calls of auspex in this folder, as process %d. Ctrl-C ends it.%n",
          warehouse, ProcessHandle.current().pid());
      server.run();
      return exit.get();
    } catch (IOException e) {
      err.println("Error: " + warehouse + " cannot be served: " + e.getMessage());
      return Shell.FAILURE;
    }
  }

  private static void close(Server server, PrintStream err) {
    try {
      server.close();
    } catch (IOException e) {
      err.println("Error: " + e.getMessage());
    }
  }
}
