package io.auspex.engine.source.write;

import io.auspex.catalog.Source;
import io.auspex.engine.source.SourceConnections;
import io.auspex.udf.predict.Cancellation;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * The connection of one write: borrowed when first needed, and anew after one has failed, which is
 * thrown away with all that was under way on it. Upon cancellation, what runs is interrupted.
 *
 * <p>Used by one thread, but for the cancellation.
 */
final class HeldConnection implements AutoCloseable {
  private static final long PATIENCE_MS = 2000;

  private final SourceConnections connections;
  private final Source source;
  private final TargetSystem system;
  private final Cancellation.Registration registration;
  private volatile Connection connection;

  HeldConnection(
      SourceConnections connections,
      Source source,
      TargetSystem system,
      Cancellation cancellation) {
    this.connections = connections;
    this.source = source;
    this.system = system;
    this.registration = cancellation.onCancel(this::interruptLater);
  }

  Connection get() {
    if (connection == null) {
      connection = connections.borrow(source);
    }
    return connection;
  }

  /** Throws the connection away, so that the server ends what was begun. */
  void discard() {
    Connection failed = connection;
    if (failed != null) {
      connection = null;
      connections.discard(source, failed);
      closeQuietly(failed);
    }
  }

  private void interruptLater() {
    Connection running = connection;
    if (running != null) {
      // It asks the server, and the cancelling thread is not to wait.
      Thread thread = new Thread(() -> interrupt(running), "auspex-source-interrupt");
      thread.setDaemon(true);
      thread.start();
    }
  }

  private void interrupt(Connection running) {
    try {
      system.interrupt(running);
      Thread.sleep(PATIENCE_MS);
    } catch (SQLException e) {
      // Then the connection goes.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (connection == running) {
      connections.discard(source, running);
    }
  }

  @Override
  public void close() {
    registration.close();
    Connection last = connection;
    connection = null;
    if (last != null) {
      closeQuietly(last);
    }
  }

  private static void closeQuietly(Connection connection) {
    try {
      connection.close();
    } catch (SQLException | RuntimeException e) {
      // The pool has let go of it.
    }
  }
}
