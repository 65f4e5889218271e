package io.auspex.shell;

import io.auspex.shell.serve.Server;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** {@code auspex serve}: runs other processes' commands until this process is to end. */
final class Serving {
  /** For the statements that are stopped, and for DuckDB to close its file. */
  private static final int PATIENCE_SECONDS = 10;

  private Serving() {}

  /**
   * Returns when the process is to end, with the connection closed.
   *
   * @param connection keeps the warehouse open
   * @return whether it could serve; if not, the reason was said
   */
  static boolean run(String warehouse, Connection connection, PrintStream err) throws SQLException {
    CountDownLatch closed = new CountDownLatch(1);
    try (Server server = Server.open(warehouse, new Served(Path.of(warehouse)))) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(server, closed), "serving-end"));
      err.printf(
          "Serving %s to calls of auspex in this folder, as process %d. Ctrl-C ends it.%n",
          warehouse, ProcessHandle.current().pid());
      server.run();
      return true;
    } catch (IOException e) {
      err.println("Error: " + warehouse + " cannot be served: " + e.getMessage());
      return false;
    } finally {
      connection.close();
      closed.countDown();
    }
  }

  /** The process ends as soon as this returns. */
  private static void end(Server server, CountDownLatch closed) {
    try {
      server.close();
      closed.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
