package io.auspex.engine.source;

import io.auspex.engine.source.type.BatchBuilder;
import io.auspex.engine.source.type.DuckType;
import io.auspex.engine.source.type.JdbcReaders;
import io.auspex.engine.source.type.MariadbTypes;
import io.auspex.engine.source.type.SqliteTypes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Rows by the driver's result set, a few at a time. */
final class JdbcRows implements RowFetch {
  private final Statement statement;
  private final PreparedStatement prepared;
  private final String sql;
  private final JdbcReaders.Reader[] readers;
  private ResultSet rows;

  /**
   * @param fetchSize rows fetched at a time
   */
  JdbcRows(
      Connection connection,
      SourceSystem system,
      String sql,
      List<DuckType> types,
      BatchBuilder batch,
      int fetchSize)
      throws SQLException {
    if (system == SourceSystem.GENERIC || system == SourceSystem.POSTGRESQL) {
      // Cursors live in transactions.
      connection.setAutoCommit(false);
    }
    this.sql = sql;
    this.readers = new JdbcReaders.Reader[types.size()];
    for (int i = 0; i < readers.length; i++) {
      readers[i] = reader(system, types.get(i), i + 1, batch);
    }
    boolean isMysql = connection.getMetaData().getDriverName().startsWith("MySQL");
    // Prepared, since MariaDB sends values in binary then. Other drivers may not stream those.
    this.prepared =
        system == SourceSystem.MARIADB
            ? connection.prepareStatement(
                sql, ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY)
            : null;
    this.statement =
        prepared == null
            ? connection.createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY)
            : prepared;
    // MySQL's own driver streams by this number only.
    statement.setFetchSize(isMysql ? Integer.MIN_VALUE : fetchSize);
  }

  private static JdbcReaders.Reader reader(
      SourceSystem system, DuckType type, int index, BatchBuilder batch) {
    return switch (system) {
      case MARIADB -> MariadbTypes.reader(type, index, batch.column(index - 1));
      case SQLITE -> SqliteTypes.reader(type, index, batch.column(index - 1));
      case POSTGRESQL, GENERIC -> JdbcReaders.generic(type, index, batch.column(index - 1));
    };
  }

  @Override
  public void start() throws SQLException {
    rows = prepared == null ? statement.executeQuery(sql) : prepared.executeQuery();
    int found = rows.getMetaData().getColumnCount();
    if (found != readers.length) {
      throw new SQLException(
          "it gives " + found + " columns where " + readers.length + " are expected");
    }
  }

  @Override
  public int fill(BatchBuilder batch) throws SQLException {
    int row = 0;
    while (!batch.isFull(row) && rows.next()) {
      for (int i = 0; i < readers.length; i++) {
        batch.reading(i);
        readers[i].read(rows, row);
      }
      row++;
    }
    return row;
  }

  @Override
  public void cancel() throws SQLException {
    statement.cancel();
  }

  @Override
  public void close() throws SQLException {
    // Its rows go with it.
    statement.close();
  }
}
