package io.auspex.engine.source;

import io.auspex.engine.source.type.DuckType;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * One try to read a query's rows: a thread for each part, and the queue to which they all put their
 * batches. Thread-safe.
 */
final class SourceRead implements AutoCloseable {
  private static final int BATCH_BYTES = 2 << 20;
  private static final int LEAST_ROWS = 2048;
  private static final int MOST_ROWS = 65_536;
  private static final long PAUSE_MS = 50;

  private final SourceConnections connections;
  private final SourceQuery query;
  private final List<DuckType> types;
  private final Schema schema;
  private final BufferAllocator allocator;
  private final BatchQueue queue = new BatchQueue();
  private final List<PartRead> threads = new ArrayList<>();
  private SourceSnapshot snapshot = SourceSnapshot.NONE;
  private int toBegin;
  private boolean stopped;

  SourceRead(
      SourceConnections connections,
      SourceQuery query,
      List<DuckType> types,
      Schema schema,
      BufferAllocator allocator) {
    this.connections = connections;
    this.query = query;
    this.types = types;
    this.schema = schema;
    this.allocator = allocator;
  }

  void start() {
    start(List.of(new PartRead(this, true, Optional.empty())));
  }

  private synchronized void start(List<PartRead> parts) {
    if (stopped) {
      return;
    }
    queue.add(parts.size());
    threads.addAll(parts);
    parts.forEach(Thread::start);
  }

  /**
   * Divides the rows, and has the parts but the first read by others.
   *
   * @param running is told the statement that asks for the least and the most value
   * @return the condition of the first part
   */
  Optional<String> divide(Connection connection, SourceSnapshot shared, Consumer<Statement> running)
      throws SQLException {
    int index = query.partitionIndex();
    SourceSystem system = SourceSystem.of(query.source());
    String name = system.quote(query.columns().get(index).name());
    List<Optional<String>> conditions;
    try (Statement statement = connection.createStatement()) {
      running.accept(statement);
      String sql = "SELECT min(" + name + "), max(" + name + ") FROM (" + query.sql() + "\n) t";
      // PostgreSQL's plan names columns by their places.
      String column = system == SourceSystem.POSTGRESQL ? "c" + (index + 1) : name;
      conditions = Partitions.of(statement, sql, types.get(index), system, column, parts());
    }
    synchronized (this) {
      snapshot = shared;
      toBegin = conditions.size() - 1;
    }
    start(
        conditions.subList(1, conditions.size()).stream()
            .map(condition -> new PartRead(this, false, condition))
            .toList());
    return conditions.get(0);
  }

  /** In how many parts the rows are to be read, where there is something to divide. */
  int parts() {
    int index = query.partitionIndex();
    boolean isDivided = index >= 0 && Partitions.canDivide(types.get(index));
    return isDivided ? Math.max(1, query.source().options().partitions()) : 1;
  }

  synchronized SourceSnapshot snapshot() {
    return snapshot;
  }

  /** A part has begun to read, or never will. */
  synchronized void hasBegun() {
    toBegin--;
    notifyAll();
  }

  /** Waits until all parts see the snapshot. */
  synchronized void awaitBegun() throws InterruptedException {
    while (toBegin > 0 && !stopped && !queue.isStopped()) {
      wait(PAUSE_MS);
    }
  }

  SourceConnections connections() {
    return connections;
  }

  SourceQuery query() {
    return query;
  }

  List<DuckType> types() {
    return types;
  }

  Schema schema() {
    return schema;
  }

  BufferAllocator allocator() {
    return allocator;
  }

  BatchQueue queue() {
    return queue;
  }

  /** How many rows a batch has at most. */
  int batchRows() {
    int asked = query.source().options().fetchSize();
    int width = Math.max(1, types.size()) * Long.BYTES;
    int fitting = BATCH_BYTES / width / LEAST_ROWS * LEAST_ROWS;
    return asked > 0
        ? Math.min(asked, MOST_ROWS)
        : Math.max(LEAST_ROWS, Math.min(MOST_ROWS, fitting));
  }

  /** How many rows a driver is to fetch at a time. */
  int fetchRows() {
    int asked = query.source().options().fetchSize();
    return asked > 0 ? asked : LEAST_ROWS;
  }

  /** Has all threads end as soon as may be. Does not block. */
  void stop() {
    List<PartRead> running;
    synchronized (this) {
      stopped = true;
      running = List.copyOf(threads);
      notifyAll();
    }
    queue.stop();
    running.forEach(PartRead::giveUp);
  }

  /** Ends all threads, and frees what nobody took. */
  @Override
  public void close() {
    stop();
    boolean interrupted = false;
    for (PartRead part : List.copyOf(threads)) {
      while (true) {
        try {
          part.await();
          break;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    queue.clear();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
