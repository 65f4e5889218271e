package io.auspex.engine.source;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;
import io.auspex.catalog.Source;
import io.auspex.engine.source.type.BatchBuilder;
import io.auspex.engine.source.type.ValueException;
import io.auspex.engine.stream.Batch;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.postgresql.PGConnection;

/**
 * The thread that reads one part of a query's rows. It owns its connection, and the batch it fills;
 * full batches go to the queue. While it waits for a connection it holds nothing.
 */
final class PartRead extends Thread {
  private static final long PATIENCE_MS = 300;

  private final SourceRead read;
  private final boolean isLeader;
  private final Optional<String> condition;

  /** Guards what follows; never held while something is waited for. */
  private final Object state = new Object();

  private Connection connection;
  private boolean done;
  private boolean begun;
  private volatile boolean stopped;
  private volatile Cancel cancel;

  private interface Cancel {
    void run() throws SQLException;
  }

  /**
   * @param isLeader whether it divides the rows, and starts those that read the other parts
   */
  PartRead(SourceRead read, boolean isLeader, Optional<String> condition) {
    super("auspex-source-read-" + read.query().source().name());
    setDaemon(true);
    this.read = read;
    this.isLeader = isLeader;
    this.condition = condition;
  }

  @Override
  public void run() {
    try {
      Connection borrowed = read.connections().borrow(read.query().source());
      if (begins(borrowed)) {
        boolean whole = false;
        try {
          whole = read(borrowed);
        } finally {
          giveBack(borrowed, whole);
        }
      } else {
        borrowed.close();
      }
    } catch (Throwable e) {
      read.queue().fail(e);
    } finally {
      hasBegun();
      read.queue().end();
    }
  }

  private void hasBegun() {
    if (!isLeader && !begun) {
      begun = true;
      read.hasBegun();
    }
  }

  private boolean begins(Connection borrowed) {
    synchronized (state) {
      if (stopped) {
        return false;
      }
      connection = borrowed;
      return true;
    }
  }

  /** Whether all rows were read. */
  private boolean read(Connection connection) throws SQLException, InterruptedException {
    SourceQuery query = read.query();
    Optional<String> part = condition;
    if (isLeader && read.parts() > 1) {
      part = lead(connection);
    } else if (!isLeader) {
      read.snapshot().join(connection);
      hasBegun();
    }
    try (BatchBuilder batch =
            new BatchBuilder(read.types(), read.schema(), read.allocator(), read.batchRows());
        RowFetch fetch = fetch(connection, part, batch)) {
      cancel = fetch::cancel;
      if (stopped) {
        return false;
      }
      fetch.start();
      try {
        return readAll(fetch, batch);
      } catch (ValueException e) {
        throw new AuspexException(
            ErrorCode.SOURCE_VALUE,
            query.source().name(),
            batch.readingName(),
            e.value(),
            e.type(),
            e.advice());
      }
    } finally {
      if (isLeader) {
        // The others take over its snapshot, which ends with its transaction.
        read.awaitBegun();
      }
    }
  }

  private boolean readAll(RowFetch fetch, BatchBuilder batch)
      throws SQLException, InterruptedException {
    while (!stopped) {
      batch.begin();
      int rows = fetch.fill(batch);
      if (rows == 0) {
        return true;
      } else if (!read.queue().put(new Batch(batch.finish(rows), rows))) {
        return false;
      }
    }
    return false;
  }

  private Optional<String> lead(Connection connection) throws SQLException {
    SourceSnapshot snapshot = SourceSnapshot.begin(connection);
    return read.divide(connection, snapshot, statement -> cancel = statement::cancel);
  }

  private RowFetch fetch(Connection connection, Optional<String> part, BatchBuilder batch)
      throws SQLException {
    SourceQuery query = read.query();
    SourceSystem system = SourceSystem.of(query.source());
    if (system == SourceSystem.POSTGRESQL && connection.isWrapperFor(PGConnection.class)) {
      cancel = () -> connection.unwrap(PGConnection.class).cancelQuery();
      PostgresPlan plan = PostgresPlan.of(connection, query.sql(), read.types(), part, batch);
      return new PostgresCopy(connection, plan);
    }
    String sql =
        part.map(where -> "SELECT * FROM (" + query.sql() + "\n) t WHERE " + where)
            .orElse(query.sql());
    return new JdbcRows(connection, system, sql, read.types(), batch, read.fetchRows());
  }

  private void giveBack(Connection borrowed, boolean whole) throws SQLException {
    boolean isClean;
    synchronized (state) {
      done = true;
      // Where the source was asked to cancel, that may still be on its way.
      isClean = whole && !stopped;
    }
    Source source = read.query().source();
    try {
      if (isClean && !borrowed.getAutoCommit()) {
        borrowed.rollback();
      }
      if (!isClean) {
        read.connections().discard(source, borrowed);
      }
    } finally {
      borrowed.close();
    }
  }

  /** Has it end as soon as may be. Does not block; a second call does nothing. */
  void giveUp() {
    synchronized (state) {
      if (stopped || done) {
        return;
      }
      stopped = true;
    }
    Thread asking = new Thread(this::askSource, "auspex-source-cancel");
    asking.setDaemon(true);
    asking.start();
  }

  private void askSource() {
    try {
      Cancel way = cancel;
      if (way != null) {
        way.run();
      }
    } catch (SQLException | RuntimeException e) {
      // Then the connection is broken off, which await does.
    }
  }

  /** Waits until it holds nothing any more; breaks its connection where that takes long. */
  void await() throws InterruptedException {
    Connection lent;
    synchronized (state) {
      lent = connection;
    }
    if (lent == null) {
      // It will see that it is stopped before it takes anything.
      return;
    }
    join(PATIENCE_MS);
    if (isAlive()) {
      read.connections().discard(read.query().source(), lent);
      join();
    }
  }
}
