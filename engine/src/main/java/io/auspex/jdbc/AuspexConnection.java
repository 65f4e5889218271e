package io.auspex.jdbc;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.Names;
import io.auspex.engine.ExecuteOptions;
import io.auspex.engine.NativeAccess;
import io.auspex.engine.Result;
import io.auspex.engine.Script;
import io.auspex.engine.Session;
import io.auspex.engine.Warehouse;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.sql.Struct;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TimeZone;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.calcite.avatica.AvaticaConnection;
import org.apache.calcite.avatica.AvaticaFactory;
import org.apache.calcite.avatica.AvaticaStatement;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.UnregisteredDriver;

/**
 * A connection: one session of a warehouse. Threads may share it; their statements start one after
 * the other.
 */
final class AuspexConnection extends AvaticaConnection {
  private static final Set<String> NOT_SETTINGS = Set.of("user", "password");

  private final Warehouse warehouse;
  private final Session session;
  private final ReentrantLock lock = new ReentrantLock();
  private final Set<Statement> statements = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  private AuspexConnection(
      UnregisteredDriver driver,
      AvaticaFactory factory,
      String url,
      Warehouse warehouse,
      Session session) {
    super(driver, factory, url, new Properties());
    this.warehouse = warehouse;
    this.session = session;
  }

  /** Opens the warehouse that the URL names. */
  static AuspexConnection open(
      UnregisteredDriver driver, AvaticaFactory factory, String url, Properties properties)
      throws SQLException {
    String[] parts = url.substring(AuspexDriver.PREFIX.length()).split(";");
    Map<String, String> settings = new LinkedHashMap<>();
    if (properties != null) {
      properties.stringPropertyNames().forEach(n -> settings.put(n, properties.getProperty(n)));
    }
    for (int i = 1; i < parts.length; i++) {
      String[] setting = parts[i].split("=", 2);
      settings.put(setting[0].strip(), setting.length > 1 ? setting[1].strip() : "");
    }
    settings.keySet().removeAll(NOT_SETTINGS);
    try {
      NativeAccess.open();
      Warehouse warehouse = Warehouse.open(parts.length == 0 ? "" : parts[0], settings);
      try {
        Session session = warehouse.newSession(settings);
        return new AuspexConnection(driver, factory, url, warehouse, session);
      } catch (RuntimeException e) {
        warehouse.close();
        throw e;
      }
    } catch (AuspexException e) {
      throw new AuspexSqlException(e, "08001");
    }
  }

  /** What is done with the session, which one thread may use at a time. */
  interface Use<T> {
    T with(Session session) throws SQLException;
  }

  <T> T locked(Use<T> use) throws SQLException {
    lock.lock();
    try {
      checkOpen();
      return use.with(session);
    } catch (RuntimeException | SQLException e) {
      throw Failures.of(e);
    } finally {
      lock.unlock();
    }
  }

  /** Closes a result, though the connection may be closed already. */
  void lockedToClose(Result result) {
    lock.lock();
    try {
      result.close();
    } finally {
      lock.unlock();
    }
  }

  @Override
  protected void checkOpen() throws SQLException {
    if (closed) {
      throw Failures.closed("The connection");
    }
  }

  @Override
  public boolean isClosed() {
    return closed;
  }

  /** Stops and closes every statement, then the session; the last connection ends the warehouse. */
  @Override
  public void close() throws SQLException {
    if (closed) {
      return;
    }
    closed = true;
    try {
      for (Statement statement : statements) {
        statement.close();
      }
    } finally {
      lock.lock();
      try (Warehouse last = warehouse;
          Session ours = session) {
        statements.clear();
      } catch (RuntimeException e) {
        throw Failures.of(e);
      } finally {
        lock.unlock();
      }
    }
  }

  @Override
  public void abort(Executor executor) {
    executor.execute(
        () -> {
          try {
            close();
          } catch (SQLException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  /** Avatica's name for a statement; one for all, since it keeps a list of names for ever. */
  Meta.StatementHandle statementHandle() {
    return new Meta.StatementHandle(id, 0, null);
  }

  /** Whether the statement was open until now. */
  boolean forget(Statement statement) {
    return statements.remove(statement);
  }

  @Override
  public AvaticaStatement createStatement(int type, int mode, int holdability) throws SQLException {
    checkOpen();
    checkForwardOnly(type, mode);
    AvaticaStatement statement = factory.newStatement(this, null, type, mode, holdability);
    statements.add(statement);
    return statement;
  }

  @Override
  public PreparedStatement prepareStatement(String sql, int type, int mode, int holdability)
      throws SQLException {
    checkForwardOnly(type, mode);
    ParameterizedStatement statement =
        locked(
            inSession -> {
              List<String> texts = Script.texts(sql);
              if (texts.size() != 1) {
                throw Failures.unsupported(
                    "A text of " + texts.size() + " statements",
                    "Prepare them one by one, or use createStatement.");
              }
              int parameters = inSession.parameterCount(texts.get(0));
              return new ParameterizedStatement(this, texts.get(0), parameters);
            });
    statements.add(statement);
    return statement;
  }

  @Override
  public PreparedStatement prepareStatement(String sql, int generatedKeys) throws SQLException {
    refuseKeys(generatedKeys);
    return prepareStatement(sql);
  }

  static void refuseKeys(int generatedKeys) throws SQLException {
    if (generatedKeys == Statement.RETURN_GENERATED_KEYS) {
      throw Failures.unsupported("RETURN_GENERATED_KEYS", "Use INSERT … RETURNING.");
    }
  }

  private static void checkForwardOnly(int type, int mode) throws SQLException {
    if (type != ResultSet.TYPE_FORWARD_ONLY || mode != ResultSet.CONCUR_READ_ONLY) {
      throw Failures.unsupported(
          "A scrollable or updatable result set", "Use TYPE_FORWARD_ONLY and CONCUR_READ_ONLY.");
    }
  }

  @Override
  public String nativeSQL(String sql) throws SQLException {
    checkOpen();
    return sql;
  }

  @Override
  public void setAutoCommit(boolean on) throws SQLException {
    locked(
        inSession -> {
          inSession.setAutoCommit(on);
          return null;
        });
  }

  @Override
  public boolean getAutoCommit() throws SQLException {
    return locked(Session::autoCommit);
  }

  @Override
  public void commit() throws SQLException {
    locked(
        inSession -> {
          inSession.commit();
          return null;
        });
  }

  @Override
  public void rollback() throws SQLException {
    locked(
        inSession -> {
          inSession.rollback();
          return null;
        });
  }

  /** DuckDB's transactions see one snapshot. */
  @Override
  public int getTransactionIsolation() throws SQLException {
    checkOpen();
    return TRANSACTION_REPEATABLE_READ;
  }

  @Override
  public void setTransactionIsolation(int level) throws SQLException {
    checkOpen();
    if (level > TRANSACTION_REPEATABLE_READ) {
      throw Failures.unsupported("TRANSACTION_SERIALIZABLE", "Use TRANSACTION_REPEATABLE_READ.");
    }
  }

  /** A hint, which JDBC lets a driver ignore. */
  @Override
  public void setReadOnly(boolean readOnly) throws SQLException {
    checkOpen();
  }

  @Override
  public boolean isReadOnly() throws SQLException {
    checkOpen();
    return false;
  }

  @Override
  public String getCatalog() throws SQLException {
    return Metadata.of(this, "SELECT current_database()").text();
  }

  @Override
  public String getSchema() throws SQLException {
    return Metadata.of(this, "SELECT current_schema()").text();
  }

  @Override
  public void setCatalog(String catalog) throws SQLException {
    use(Names.quote(catalog));
  }

  @Override
  public void setSchema(String schema) throws SQLException {
    use(Names.quote(getCatalog()) + "." + Names.quote(schema));
  }

  private void use(String name) throws SQLException {
    locked(
        inSession -> {
          inSession.execute("USE " + name, List.of(), ExecuteOptions.plain()).close();
          return null;
        });
  }

  /** Whether it is open and answers; a connection at work is. */
  @Override
  public boolean isValid(int timeoutSeconds) throws SQLException {
    if (timeoutSeconds < 0) {
      throw Failures.unreadable(timeoutSeconds, "a timeout, which is 0 or more");
    } else if (closed || lock.isLocked()) {
      return !closed;
    }
    try {
      return Metadata.of(this, "SELECT 'yes'").text() != null;
    } catch (SQLException e) {
      return false;
    }
  }

  @Override
  public Array createArrayOf(String elementType, Object[] elements) throws SQLException {
    return locked(s -> s.warehouseConnection().createArrayOf(elementType, elements));
  }

  @Override
  public Struct createStruct(String type, Object[] attributes) throws SQLException {
    return locked(s -> s.warehouseConnection().createStruct(type, attributes));
  }

  @Override
  public Map<String, Class<?>> getTypeMap() throws SQLException {
    checkOpen();
    return Map.of();
  }

  /** Tools tell their name here; there is nobody to pass it on to. */
  @Override
  public void setClientInfo(String name, String value) {}

  @Override
  public void setClientInfo(Properties properties) {}

  @Override
  public SQLWarning getWarnings() throws SQLException {
    checkOpen();
    return null;
  }

  @Override
  public TimeZone getTimeZone() {
    return TimeZone.getDefault();
  }
}
