package io.auspex.jdbc;

import io.auspex.engine.Script;
import io.auspex.engine.stream.Progress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.avatica.AvaticaStatement;

/** A statement of texts; a text may hold several statements, of which the last gives the result. */
final class PlainStatement extends AvaticaStatement implements AuspexStatement {
  private final AuspexConnection owner;
  private final Runner runner;
  private final List<String> batch = new ArrayList<>();

  PlainStatement(AuspexConnection connection) {
    super(
        connection,
        connection.statementHandle(),
        ResultSet.TYPE_FORWARD_ONLY,
        ResultSet.CONCUR_READ_ONLY,
        ResultSet.HOLD_CURSORS_OVER_COMMIT);
    this.owner = connection;
    this.runner = new Runner(this, connection);
  }

  private List<String> split(String sql) throws SQLException {
    checkOpen();
    return Script.texts(sql);
  }

  @Override
  public boolean execute(String sql) throws SQLException {
    return runner.run(split(sql), List.of());
  }

  @Override
  public ResultSet executeQuery(String sql) throws SQLException {
    return runner.query(split(sql), List.of());
  }

  @Override
  public long executeLargeUpdate(String sql) throws SQLException {
    return runner.update(split(sql), List.of());
  }

  @Override
  public boolean execute(String sql, int generatedKeys) throws SQLException {
    AuspexConnection.refuseKeys(generatedKeys);
    return execute(sql);
  }

  @Override
  public int executeUpdate(String sql, int generatedKeys) throws SQLException {
    AuspexConnection.refuseKeys(generatedKeys);
    return executeUpdate(sql);
  }

  @Override
  public void addBatch(String sql) throws SQLException {
    checkOpen();
    batch.add(sql);
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
    batch.forEach(sql -> pieces.add(() -> executeLargeUpdate(sql)));
    batch.clear();
    return runner.batch(pieces);
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
