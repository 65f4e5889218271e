package io.auspex.engine.source;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;
import io.auspex.engine.source.type.DuckType;
import io.auspex.engine.stream.Batch;
import io.auspex.udf.predict.Cancellation;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * The rows of a query that a source runs, as Arrow batches. They are streamed: a few batches are in
 * memory at a time, however many there are. The source is asked with the first {@link
 * #loadNextBatch}.
 *
 * <p>Until the first batch has left, failures that may pass (a server that restarts, a deadlock)
 * have the query run again, a few times, with growing pauses. One thread reads; another may cancel.
 */
public final class SourceReader extends ArrowReader {
  private static final int TRIES = 5;
  private static final long FIRST_PAUSE_MS = 200;
  private static final long POLL_MS = 50;

  private final SourceConnections connections;
  private final SourceQuery query;
  private final Cancellation cancellation;
  private final List<DuckType> types = new ArrayList<>();
  private final Schema schema;
  private final Cancellation.Registration hook;
  private VectorSchemaRoot root;
  private volatile SourceRead read;
  private boolean hasDelivered;
  private boolean ended;
  private boolean closed;

  private SourceReader(
      SourceConnections connections,
      SourceQuery query,
      BufferAllocator allocator,
      Cancellation cancellation) {
    super(allocator);
    this.connections = connections;
    this.query = query;
    this.cancellation = cancellation;
    List<Field> fields = new ArrayList<>();
    for (SourceColumn column : query.columns()) {
      DuckType type =
          DuckType.parse(column.duckDbType())
              .orElseThrow(
                  () ->
                      new AuspexException(
                          ErrorCode.UNSUPPORTED,
                          "The type " + column.duckDbType(),
                          "for the column " + column.name() + " of a source",
                          "Cast it in DuckDB."));
      types.add(type);
      fields.add(type.field(column.name()));
    }
    this.schema = new Schema(fields);
    this.hook = cancellation.onCancel(this::interrupt);
  }

  /**
   * A reader of the query's rows.
   *
   * @param allocator holds the batches; each is the reader's until the next is loaded
   * @param cancellation ends it within a second
   * @throws AuspexException UNSUPPORTED where a column's type is none that sources have
   */
  public static SourceReader open(
      SourceConnections connections,
      SourceQuery query,
      BufferAllocator allocator,
      Cancellation cancellation) {
    return new SourceReader(connections, query, allocator, cancellation);
  }

  @Override
  public synchronized VectorSchemaRoot getVectorSchemaRoot() {
    if (root == null) {
      root = VectorSchemaRoot.create(schema, allocator);
    }
    return root;
  }

  @Override
  protected Schema readSchema() {
    return schema;
  }

  /**
   * Loads the next batch, of at least one row.
   *
   * @throws AuspexException CANCELLED, CLOSED, SOURCE_UNREACHABLE, SOURCE_LOST, SOURCE_REFUSED,
   *     SOURCE_VALUE
   */
  @Override
  public boolean loadNextBatch() {
    if (closed) {
      throw new AuspexException(ErrorCode.CLOSED, "The reader");
    }
    for (int failed = 0; !ended; failed++) {
      try {
        Batch batch = next();
        ended = batch == null;
        if (!ended) {
          hasDelivered = true;
          batch.give(getVectorSchemaRoot());
          return true;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw cancelled();
      } catch (Failed e) {
        endRead();
        if (hasDelivered || failed + 1 >= TRIES || !SourceErrors.isTransient(e.getCause())) {
          throw SourceErrors.of(query.source(), e.getCause());
        }
        if (SourceErrors.isBroken(e.getCause())) {
          connections.renew(query.source());
        }
        pause(FIRST_PAUSE_MS << failed);
      }
    }
    endRead();
    getVectorSchemaRoot().clear();
    return false;
  }

  /** Wraps what a reading thread threw. */
  private static final class Failed extends Exception {
    Failed(Throwable cause) {
      super(cause);
    }
  }

  /** The next batch, or null at the end. */
  private Batch next() throws InterruptedException, Failed {
    checkCancelled();
    if (read == null) {
      read = new SourceRead(connections, query, types, schema, allocator);
      read.start();
    }
    while (true) {
      BatchQueue.Taken taken = read.queue().take(POLL_MS);
      if (taken.batch() != null) {
        return taken.batch();
      }
      checkCancelled();
      var failure = read.queue().failure();
      if (failure.isPresent()) {
        throw new Failed(failure.get());
      } else if (taken.isEnd()) {
        return null;
      }
    }
  }

  private void pause(long millis) {
    long until = System.nanoTime() + millis * 1_000_000;
    while (System.nanoTime() < until) {
      checkCancelled();
      try {
        Thread.sleep(Math.min(POLL_MS, millis));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw cancelled();
      }
    }
  }

  private void checkCancelled() {
    if (cancellation.isCancelled()) {
      throw cancelled();
    }
  }

  private static AuspexException cancelled() {
    return new AuspexException(ErrorCode.CANCELLED);
  }

  /** Has the reading end, as cancelling does; {@link #loadNextBatch} may wait no longer then. */
  private void interrupt() {
    SourceRead current = read;
    if (current != null) {
      current.stop();
    }
  }

  private void endRead() {
    SourceRead current = read;
    if (current != null) {
      current.close();
      read = null;
    }
  }

  @Override
  public long bytesRead() {
    return 0;
  }

  /** Ends the query in the source, where it still runs, and frees all memory. */
  @Override
  public void close() {
    close(true);
  }

  @Override
  public synchronized void close(boolean closeReadSource) {
    if (closed) {
      return;
    }
    closed = true;
    hook.close();
    endRead();
    if (root != null) {
      root.close();
    }
  }

  @Override
  protected void closeReadSource() {
    // Ended with close.
  }
}
