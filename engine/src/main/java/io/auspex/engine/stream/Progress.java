package io.auspex.engine.stream;

import java.sql.SQLException;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import org.duckdb.DuckDBConnection;

/**
 * How far a statement has come. Thread-safe; every number only grows: where a statement is begun
 * anew, both times count.
 */
public final class Progress {
  private final LongAdder scanned = new LongAdder();
  private final LongAdder predicted = new LongAdder();
  private final LongAdder delivered = new LongAdder();
  private final List<ScanProgress> scans = new CopyOnWriteArrayList<>();

  /** Rows that Predict operators have read. */
  public long rowsScanned() {
    return scanned.sum();
  }

  /** Rows that Predict operators have handed on. */
  public long rowsPredicted() {
    return predicted.sum();
  }

  /** Rows the client has been given. */
  public long rowsDelivered() {
    return delivered.sum();
  }

  /**
   * The share of its input that the statement has read, from 0 to 1, as DuckDB estimates it; empty
   * where DuckDB cannot tell, as of a table function.
   */
  public OptionalDouble share() {
    long done = 0;
    long total = 0;
    for (ScanProgress scan : scans) {
      done += scan.done();
      total += scan.total();
    }
    return total == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) done / total);
  }

  /** From now on asks the connection how far it is; what is returned is closed when it is done. */
  AutoCloseable scanning(DuckDBConnection connection) throws SQLException {
    ScanProgress scan = new ScanProgress(connection);
    scans.add(scan);
    return scan;
  }

  void scanned(long rows) {
    scanned.add(rows);
  }

  void predicted(long rows) {
    predicted.add(rows);
  }

  /** Called by the result, batch by batch. */
  public void delivered(long rows) {
    delivered.add(rows);
  }
}
