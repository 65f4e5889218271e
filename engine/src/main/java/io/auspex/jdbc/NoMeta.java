package io.auspex.jdbc;

import java.util.List;
import org.apache.calcite.avatica.AvaticaConnection;
import org.apache.calcite.avatica.MetaImpl;
import org.apache.calcite.avatica.QueryState;
import org.apache.calcite.avatica.remote.TypedValue;

/**
 * Avatica's way to a database, through frames of boxed rows. Ours goes past it, straight from
 * Arrow; Avatica only wants to have one.
 */
final class NoMeta extends MetaImpl {
  NoMeta(AvaticaConnection connection) {
    super(connection);
  }

  private static UnsupportedOperationException none() {
    return new UnsupportedOperationException("Auspex does not run statements by Avatica's Meta");
  }

  @Override
  public StatementHandle prepare(ConnectionHandle connection, String sql, long maxRows) {
    throw none();
  }

  @Override
  @SuppressWarnings("deprecation")
  public ExecuteResult prepareAndExecute(
      StatementHandle statement, String sql, long maxRows, PrepareCallback callback) {
    throw none();
  }

  @Override
  public ExecuteResult prepareAndExecute(
      StatementHandle statement,
      String sql,
      long maxRows,
      int firstFrame,
      PrepareCallback callback) {
    throw none();
  }

  @Override
  public ExecuteBatchResult prepareAndExecuteBatch(StatementHandle statement, List<String> texts) {
    throw none();
  }

  @Override
  public ExecuteBatchResult executeBatch(
      StatementHandle statement, List<List<TypedValue>> parameters) {
    throw none();
  }

  @Override
  public Frame fetch(StatementHandle statement, long offset, int rows) {
    throw none();
  }

  @Override
  @SuppressWarnings("deprecation")
  public ExecuteResult execute(
      StatementHandle statement, List<TypedValue> parameters, long maxRows) {
    throw none();
  }

  @Override
  public ExecuteResult execute(
      StatementHandle statement, List<TypedValue> parameters, int firstFrame) {
    throw none();
  }

  @Override
  public void closeStatement(StatementHandle statement) {
    throw none();
  }

  @Override
  public boolean syncResults(StatementHandle statement, QueryState state, long offset) {
    throw none();
  }

  @Override
  public void commit(ConnectionHandle connection) {
    throw none();
  }

  @Override
  public void rollback(ConnectionHandle connection) {
    throw none();
  }
}
