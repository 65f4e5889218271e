package io.auspex.engine.source;

import io.auspex.engine.source.type.BatchBuilder;
import java.sql.SQLException;

/** A query of a source, and its rows. One thread, but for {@link #cancel}. */
interface RowFetch extends AutoCloseable {

  /** Has the source run the query; may take as long as that does. */
  void start() throws SQLException;

  /**
   * Reads rows into a batch that has begun, until it is full or there are no more.
   *
   * @return how many; 0 at the end
   */
  int fill(BatchBuilder batch) throws SQLException;

  /** Asks the source to give up; may block as long as connecting takes. From any thread. */
  void cancel() throws SQLException;

  @Override
  void close() throws SQLException;
}
