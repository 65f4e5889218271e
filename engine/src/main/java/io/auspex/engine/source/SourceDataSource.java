package io.auspex.engine.source;

import io.auspex.catalog.Source;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** Makes connections for a pool. The password is asked for each time, and kept nowhere. */
final class SourceDataSource implements DataSource {
  private final Source source;
  private final Driver driver;
  private final Function<Source, Optional<String>> passwords;

  SourceDataSource(Source source, Driver driver, Function<Source, Optional<String>> passwords) {
    this.source = source;
    this.driver = driver;
    this.passwords = passwords;
  }

  @Override
  public Connection getConnection() throws SQLException {
    boolean isInTheBox =
        driver.getClass().getClassLoader() == SourceDataSource.class.getClassLoader();
    Properties properties =
        isInTheBox ? SourceSessions.properties(SourceSystem.of(source)) : new Properties();
    source.user().ifPresent(user -> properties.setProperty("user", user));
    passwords.apply(source).ifPresent(word -> properties.setProperty("password", word));
    Connection connection = driver.connect(SourceSessions.url(source, isInTheBox), properties);
    if (connection == null) {
      throw new SQLException(
          "the driver " + driver.getClass().getName() + " does not take its URL");
    }
    return connection;
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public PrintWriter getLogWriter() {
    return null;
  }

  @Override
  public void setLogWriter(PrintWriter out) {
    // Nothing is written.
  }

  @Override
  public void setLoginTimeout(int seconds) {
    // The driver's properties say it.
  }

  @Override
  public int getLoginTimeout() {
    return 0;
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    throw new SQLException("nothing is wrapped");
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return false;
  }
}
