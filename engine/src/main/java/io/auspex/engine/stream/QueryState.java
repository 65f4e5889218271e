package io.auspex.engine.stream;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;
import io.auspex.udf.duckdb.InlineFunctions;
import io.auspex.udf.predict.Cancellation;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OutOfMemoryException;
import org.apache.arrow.vector.util.SchemaChangeRuntimeException;
import org.duckdb.DuckDBConnection;

/**
 * A statement while it runs: its memory, its first failure, its cancellation, and all that is to be
 * closed when it ends. Thread-safe.
 *
 * <p>The first failure is kept as the object it was. What DuckDB makes of it on the way through its
 * own operators is text, which is never parsed.
 */
public final class QueryState implements InlineFunctions.Caller, AutoCloseable {
  private static final AtomicLong IDS = new AtomicLong();
  private static final int INLINE_FAILURES_KEPT = 16;

  private final long id = IDS.incrementAndGet();
  private final BufferAllocator engine;
  private final BufferAllocator allocator;
  private final Cancellation cancellation;
  private final Progress progress;
  private final Profile profile = new Profile();
  private final AtomicReference<AuspexException> failure = new AtomicReference<>();
  private final Deque<AutoCloseable> resources = new ArrayDeque<>();
  private final Deque<AutoCloseable> kept = new ArrayDeque<>();
  private final Map<String, AuspexException> inlineFailures = new HashMap<>();
  private volatile boolean rewritten;
  private boolean closed;

  public QueryState(BufferAllocator engine, Cancellation cancellation, Progress progress) {
    this.allocator = engine.newChildAllocator("query-" + id, 0, Long.MAX_VALUE);
    this.engine = engine;
    this.cancellation = cancellation;
    this.progress = progress;
  }

  /** A number no other statement of this process has. */
  public long id() {
    return id;
  }

  /** Holds every batch of the statement; closed with it. */
  public BufferAllocator allocator() {
    return allocator;
  }

  @Override
  public Cancellation cancellation() {
    return cancellation;
  }

  public Progress progress() {
    return progress;
  }

  /** What is measured of the statement. */
  public Profile profile() {
    return profile;
  }

  @Override
  public void computed(String function, int rows, long started) {
    if (profile.isDetailed()) {
      Stage stage = profile.function(function);
      stage.passed(rows);
      stage.time(started);
    }
  }

  /** Has the statement's progress tell how far the connection is with what it reads. */
  public void scans(DuckDBConnection connection) throws SQLException {
    owns(progress.scanning(connection));
  }

  /** Has {@code resource} closed with the statement, the last one first. */
  public synchronized <T extends AutoCloseable> T owns(T resource) {
    resources.push(resource);
    return resource;
  }

  /** Has {@code resource} closed with the statement too, but not when that is begun anew. */
  public synchronized void keeps(AutoCloseable resource) {
    kept.push(resource);
  }

  /** Closes all that it owns, for the statement to be begun anew. */
  public void restart() {
    told(closeAll(taken(resources), null));
  }

  /** Records a failure, if it is the first, and stops everything else that works for this query. */
  public void fail(Throwable thrown) {
    // Of what was interrupted DuckDB says so in its own words.
    failure.compareAndSet(null, thrown instanceof AuspexException known ? known : failure(thrown));
    cancellation.cancel();
  }

  /**
   * Not the statement's failure yet: DuckDB may go on without the value, as TRY does. DuckDB gets a
   * mark to carry, since it would spoil the text of characters that JNI writes otherwise.
   */
  @Override
  public synchronized RuntimeException inlineFailure(RuntimeException failure) {
    int number = inlineFailures.size() + 1;
    if (number <= INLINE_FAILURES_KEPT) {
      inlineFailures.put(mark(number), classify(failure));
    }
    return new IllegalStateException(mark(Math.min(number, INLINE_FAILURES_KEPT)));
  }

  private String mark(int number) {
    return "(Auspex failure " + id + "." + number + ")";
  }

  /** The failure of an inline function whose mark is in what DuckDB made of it. */
  private synchronized Optional<AuspexException> inlineFailureIn(Throwable thrown) {
    String text = String.valueOf(thrown.getMessage());
    return inlineFailures.entrySet().stream()
        .filter(entry -> text.contains(entry.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** Why the statement was stopped from outside, such as a timeout. */
  public void stop(ErrorCode code, Object... arguments) {
    fail(new AuspexException(code, arguments));
  }

  private AuspexException outOfMemory(Throwable thrown) {
    String limit = (engine.getLimit() >> 20) + " MiB";
    return new AuspexException(ErrorCode.OUT_OF_MEMORY, limit).causedBy(thrown);
  }

  /**
   * Whether the batches of all statements take more than half of what they may. What can wait for
   * others to be done should.
   */
  boolean memoryIsShort() {
    return engine.getAllocatedMemory() > engine.getLimit() / 2;
  }

  /**
   * The error to tell the user when {@code thrown} came up: the first failure, if there was one.
   */
  public AuspexException failure(Throwable thrown) {
    AuspexException first = failure.get();
    if (first != null) {
      return first;
    }
    return cancellation.isCancelled()
        ? new AuspexException(ErrorCode.CANCELLED).causedBy(thrown)
        : classify(thrown);
  }

  /** Whether the statement was cancelled or has failed. */
  public boolean hasFailed() {
    return failure.get() != null || cancellation.isCancelled();
  }

  /** Throws where the statement was cancelled or has failed; a stream must not just end then. */
  public void check() {
    if (hasFailed()) {
      throw failure(null);
    }
  }

  private AuspexException classify(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof AuspexException known) {
        return known;
      }
      if (cause instanceof OutOfMemoryException || cause instanceof OutOfMemoryError) {
        return outOfMemory(thrown);
      }
      if (cause instanceof SchemaChangeRuntimeException) {
        // Arrow's word for the one type of DuckDB that its Java library cannot hold.
        return new AuspexException(
                ErrorCode.UNSUPPORTED,
                "A fixed-size array of unions",
                "in a result or beside PREDICT",
                "Cast it to a list.")
            .causedBy(thrown);
      }
    }
    return inlineFailureIn(thrown).orElseGet(() -> warehouseError(thrown));
  }

  private AuspexException warehouseError(Throwable thrown) {
    AuspexException error = WarehouseErrors.of(thrown);
    return rewritten ? error.withoutPosition() : error;
  }

  /** What runs is not the statement's own text: places in it mean nothing to the user. */
  public void rewritten() {
    rewritten = true;
  }

  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    Throwable problem = closeAll(taken(resources), null);
    problem = closeAll(taken(kept), problem);
    problem = close(allocator, problem);
    told(problem);
  }

  private synchronized List<AutoCloseable> taken(Deque<AutoCloseable> from) {
    List<AutoCloseable> all = List.copyOf(from);
    from.clear();
    return all;
  }

  private static Throwable closeAll(List<AutoCloseable> resources, Throwable earlier) {
    Throwable problem = earlier;
    for (AutoCloseable resource : resources) {
      problem = close(resource, problem);
    }
    return problem;
  }

  private static void told(Throwable problem) {
    if (problem != null) {
      throw new AuspexException(ErrorCode.INTERNAL_ERROR, problem.getMessage()).causedBy(problem);
    }
  }

  private static Throwable close(AutoCloseable resource, Throwable earlier) {
    try {
      resource.close();
    } catch (Exception e) {
      if (earlier == null) {
        return e;
      }
      earlier.addSuppressed(e);
    }
    return earlier;
  }
}
