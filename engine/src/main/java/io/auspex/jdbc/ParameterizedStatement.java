package io.auspex.jdbc;

import io.auspex.catalog.Column;
import io.auspex.catalog.ErrorCode;
import io.auspex.engine.stream.Progress;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.calcite.avatica.AvaticaParameter;
import org.apache.calcite.avatica.AvaticaResultSetMetaData;
import org.apache.calcite.avatica.Meta;

/** One statement with parameters, bound anew each time it runs. */
final class ParameterizedStatement extends ParameterSetters implements AuspexStatement {
  private static final Object UNSET = new Object();

  private final AuspexConnection owner;
  private final Runner runner;
  private final Parameters parameters;
  private final String sql;
  private final Object[] values;
  private final List<List<Object>> batch = new ArrayList<>();

  ParameterizedStatement(AuspexConnection connection, String sql, int parameterCount)
      throws SQLException {
    super(connection, signature(sql, parameterCount));
    this.owner = connection;
    this.runner = new Runner(this, connection);
    this.parameters = new Parameters(connection);
    this.sql = sql;
    this.values = new Object[parameterCount];
    Arrays.fill(values, UNSET);
  }

  /** DuckDB decides a parameter's type when it is bound. */
  private static Meta.Signature signature(String sql, int parameterCount) {
    List<AvaticaParameter> parameters =
        IntStream.rangeClosed(1, parameterCount)
            .mapToObj(
                i ->
                    new AvaticaParameter(
                        true, 0, 0, Types.OTHER, "UNKNOWN", Object.class.getName(), "$" + i))
            .toList();
    return new Meta.Signature(
        List.of(), sql, parameters, null, Meta.CursorFactory.ARRAY, Meta.StatementType.SELECT);
  }

  @Override
  void set(int parameter, Object value) throws SQLException {
    values[index(parameter)] = parameters.of(value);
  }

  @Override
  void set(int parameter, Object value, int type) throws SQLException {
    values[index(parameter)] = parameters.of(value, type);
  }

  private int index(int parameter) throws SQLException {
    checkOpen();
    if (parameter < 1 || parameter > values.length) {
      throw Failures.of(
          ErrorCode.ROW_VALUE,
          "The statement has "
              + values.length
              + " parameters, but number "
              + parameter
              + " is set.");
    }
    return parameter - 1;
  }

  private List<Object> bound() throws SQLException {
    int unset = Arrays.asList(values).indexOf(UNSET);
    if (unset >= 0) {
      throw Failures.of(ErrorCode.ROW_VALUE, "Parameter " + (unset + 1) + " is not set.");
    }
    return Collections.unmodifiableList(Arrays.asList(values.clone()));
  }

  @Override
  public void clearParameters() throws SQLException {
    checkOpen();
    Arrays.fill(values, UNSET);
  }

  @Override
  public boolean execute() throws SQLException {
    checkOpen();
    return runner.run(List.of(sql), bound());
  }

  @Override
  public ResultSet executeQuery() throws SQLException {
    checkOpen();
    return runner.query(List.of(sql), bound());
  }

  @Override
  public long executeLargeUpdate() throws SQLException {
    checkOpen();
    return runner.update(List.of(sql), bound());
  }

  @Override
  public void addBatch() throws SQLException {
    checkOpen();
    batch.add(bound());
  }

  @Override
  public void clearBatch() throws SQLException {
    checkOpen();
    batch.clear();
  }

  @Override
  public long[] executeLargeBatch() throws SQLException {
    checkOpen();
    List<Runner.Piece> pieces = new ArrayList<>();
    batch.forEach(row -> pieces.add(() -> runner.update(List.of(sql), row)));
    batch.clear();
    return runner.batch(pieces);
  }

  /**
   * The columns of the open result, or those the statement would give. Null where it gives none, or
   * where they cannot be told before its parameters are set.
   */
  @Override
  public ResultSetMetaData getMetaData() throws SQLException {
    checkOpen();
    if (runner.resultSet() != null) {
      return runner.resultSet().getMetaData();
    }
    List<Column> columns = describe();
    return columns.isEmpty()
        ? null
        : new AvaticaResultSetMetaData(this, null, AuspexResultSet.signature(columns));
  }

  private List<Column> describe() throws SQLException {
    try {
      return owner.locked(session -> session.describe(sql));
    } catch (AuspexSqlException e) {
      if (values.length > 0 && e.code() == ErrorCode.WAREHOUSE) {
        return List.of();
      }
      throw e;
    }
  }

  @Override
  public Progress progress() {
    return runner.progress();
  }

  @Override
  protected void checkOpen() throws SQLException {
    owner.checkOpen();
    if (isClosed()) {
      throw Failures.closed("The statement");
    }
  }

  @Override
  public ResultSet getResultSet() throws SQLException {
    checkOpen();
    return runner.resultSet();
  }

  @Override
  public int getUpdateCount() throws SQLException {
    return (int) Math.min(getLargeUpdateCount(), Integer.MAX_VALUE);
  }

  @Override
  public long getLargeUpdateCount() throws SQLException {
    checkOpen();
    return runner.updateCount();
  }

  @Override
  public boolean getMoreResults(int current) throws SQLException {
    checkOpen();
    return runner.nextResult(current);
  }

  @Override
  public void setEscapeProcessing(boolean enable) throws SQLException {
    checkOpen();
  }

  @Override
  public void setPoolable(boolean poolable) throws SQLException {
    checkOpen();
  }

  @Override
  public void closeOnCompletion() throws SQLException {
    checkOpen();
    runner.closeOnCompletion();
  }

  @Override
  public boolean isCloseOnCompletion() throws SQLException {
    checkOpen();
    return runner.closesOnCompletion();
  }

  // Neither is synchronized, as Avatica's are: they must get through while another thread executes.

  @Override
  public void cancel() throws SQLException {
    checkOpen();
    runner.cancel();
  }

  @Override
  public void close() throws SQLException {
    if (owner.forget(this)) {
      closed = true;
      runner.cancel();
      runner.closeResult();
    }
  }
}
