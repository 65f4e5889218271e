package io.auspex.engine;

import io.auspex.catalog.Column;
import io.auspex.engine.stream.Progress;
import io.auspex.engine.stream.QueryState;
import io.auspex.engine.stream.RowStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.DictionaryProvider;

/**
 * What a statement gave: rows, streamed as Arrow batches, or a count of rows written.
 *
 * <p>Closing it early stops the statement. Not thread-safe; a statement is cancelled through the
 * {@link io.auspex.udf.predict.Cancellation} of its {@link ExecuteOptions}.
 */
public final class Result implements AutoCloseable {
  private final QueryState state;
  private final RowStream rows;
  private final long updateCount;
  private final Progress progress;
  private final Optional<Runnable> release;

  private Result(
      QueryState state,
      RowStream rows,
      long updateCount,
      Progress progress,
      Optional<Runnable> release) {
    this.state = state;
    this.rows = rows;
    this.updateCount = updateCount;
    this.progress = progress;
    this.release = release;
  }

  /** Rows from a connection of their own; the result owns the state and all that it owns. */
  static Result rows(QueryState state, RowStream rows) {
    return new Result(state, rows, -1, state.progress(), Optional.empty());
  }

  /**
   * Rows from the session's connection; the result owns the state and all that it owns.
   *
   * @param release gives up what else the statement has there
   */
  static Result rows(QueryState state, RowStream rows, Runnable release) {
    return new Result(state, rows, -1, state.progress(), Optional.of(release));
  }

  /** A count of rows written, by a statement that has ended. */
  static Result count(long updateCount, Progress progress) {
    return new Result(null, null, updateCount, progress, Optional.empty());
  }

  /** Whether there are rows; otherwise there is an {@link #updateCount}. */
  public boolean hasRows() {
    return rows != null;
  }

  /** Rows written; −1 where there are rows to read. */
  public long updateCount() {
    return updateCount;
  }

  /** Names and DuckDB types of the rows' columns. */
  public List<Column> columns() {
    return rows == null ? List.of() : rows.columns();
  }

  /**
   * The current batch. It stays valid until {@link #nextBatch} is called again or this is closed.
   */
  public VectorSchemaRoot root() {
    return rows.root();
  }

  /** The values of ENUM columns, which Arrow carries as dictionaries. */
  public DictionaryProvider dictionaries() {
    return rows.dictionaries();
  }

  /**
   * Loads the next batch, which has at least one row.
   *
   * @return false at the end
   * @throws io.auspex.catalog.AuspexException the statement's first failure
   */
  public boolean nextBatch() {
    boolean more = rows.next();
    if (more) {
      progress.delivered(rows.root().getRowCount());
    }
    return more;
  }

  public Progress progress() {
    return progress;
  }

  /**
   * Frees the session's connection, if the rows come from there: those that were not read yet are
   * set aside in a file of {@code folder}.
   */
  void detach(Path folder) {
    release.ifPresent(
        releasing -> {
          try {
            rows.detach(folder);
          } finally {
            releasing.run();
          }
        });
  }

  @Override
  public void close() {
    if (state != null) {
      state.close();
    }
  }
}
