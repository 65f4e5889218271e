package io.auspex.jdbc;

import io.auspex.catalog.Column;
import io.auspex.engine.Result;
import io.auspex.udf.predict.Cancellation;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The rows of a running query, batch by batch; at most one batch is in memory. Closing it stops the
 * query.
 */
final class ArrowRows extends Rows {
  private final AuspexConnection connection;
  private final Result result;
  private final Cancellation cancellation;
  private List<VectorReader> readers;
  private final long maxRows;
  private long delivered;
  private int current = -1;
  private int batchRows;

  /**
   * @param maxRows after which the query is stopped; 0 for no limit
   */
  ArrowRows(AuspexConnection connection, Result result, Cancellation cancellation, long maxRows) {
    this.connection = connection;
    this.result = result;
    this.cancellation = cancellation;
    this.maxRows = maxRows == 0 ? Long.MAX_VALUE : maxRows;
  }

  @Override
  public boolean next() throws SQLException {
    if (delivered < maxRows && (nextOfBatch() || nextBatch())) {
      delivered++;
      return true;
    }
    if (delivered == maxRows) {
      close();
    }
    current = -1;
    batchRows = 0;
    return false;
  }

  private boolean nextOfBatch() {
    boolean more = current + 1 < batchRows && !cancellation.isCancelled();
    current += more ? 1 : 0;
    return more;
  }

  private boolean nextBatch() throws SQLException {
    if (!connection.locked(session -> result.nextBatch())) {
      return false;
    }
    batchRows = result.root().getRowCount();
    current = 0;
    readers = readers == null ? readers() : readers;
    return true;
  }

  private List<VectorReader> readers() {
    List<Column> columns = result.columns();
    return IntStream.range(0, columns.size())
        .mapToObj(
            i ->
                VectorReader.of(
                    result.root().getVector(i), columns.get(i).type(), result.dictionaries()))
        .toList();
  }

  @Override
  Object value(int column) throws SQLException {
    if (current < 0) {
      throw Failures.notOnRow();
    }
    return readers.get(column).read(current);
  }

  @Override
  public void close() {
    connection.lockedToClose(result);
  }
}
