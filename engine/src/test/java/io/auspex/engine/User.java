package io.auspex.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.auspex.jdbc.AuspexSqlException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Somebody who works with a warehouse over JDBC. Closing fails where a statement left native memory
 * (the warehouse, closed with its last user, finds it) or a thread.
 */
final class User implements AutoCloseable {
  private static final AtomicInteger USERS = new AtomicInteger();

  private final Connection connection;

  private User(String url) {
    try {
      connection = DriverManager.getConnection(url);
      USERS.incrementAndGet();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /** Of a warehouse in memory that nobody else sees. */
  static User alone() {
    return new User("jdbc:auspex:");
  }

  static User of(Path warehouse) {
    return new User("jdbc:auspex:" + warehouse);
  }

  /** A file of the project. */
  static Path file(String path) {
    return Path.of(System.getProperty("auspex.root"), path);
  }

  /** A model of the tests. */
  static Path model(String name) {
    return file("udf/src/test/resources/models/" + name + ".onnx");
  }

  Connection connection() {
    return connection;
  }

  /** Runs statements, semicolons between them. */
  User run(String... scripts) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String script : scripts) {
        statement.execute(script);
      }
    }
    return this;
  }

  /** Makes a model of the tests known under its own name, with the clauses given. */
  User create(String model, String clauses) throws SQLException {
    return run("CREATE MODEL " + model + " FROM '" + model(model) + "' " + clauses);
  }

  /** The rows a statement gives. */
  Table query(String sql, Object... parameters) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      try (ResultSet rows = statement.executeQuery()) {
        return Table.of(rows);
      }
    }
  }

  /** The only value of the only row. */
  String value(String sql) throws SQLException {
    Table table = query(sql);
    assertThat(table.rows()).as(sql).hasSize(1);
    return table.rows().get(0).get(0);
  }

  /** The error a statement gives, at its start or while its rows are read. */
  AuspexSqlException error(String sql) {
    return catchThrowableOfType(AuspexSqlException.class, () -> drain(sql));
  }

  private void drain(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      if (statement.execute(sql)) {
        Table.of(statement.getResultSet());
      }
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
    if (USERS.decrementAndGet() == 0) {
      Thread.getAllStackTraces().keySet().stream()
          .filter(thread -> thread.getName().startsWith("auspex-"))
          .forEach(thread -> assertThat(ends(thread)).as(thread.getName()).isTrue());
    }
  }

  private static boolean ends(Thread thread) {
    try {
      thread.join(5000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return !thread.isAlive();
  }

  /**
   * A result: of each column its name and type, of each row the texts of its values.
   *
   * @param rows null stands for NULL
   */
  record Table(List<String> columns, List<List<String>> rows) {

    static Table of(ResultSet result) throws SQLException {
      ResultSetMetaData metadata = result.getMetaData();
      List<String> columns = new ArrayList<>();
      for (int i = 1; i <= metadata.getColumnCount(); i++) {
        columns.add(metadata.getColumnLabel(i) + " " + metadata.getColumnTypeName(i));
      }
      List<List<String>> rows = new ArrayList<>();
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= columns.size(); i++) {
          row.add(result.getString(i));
        }
        rows.add(row);
      }
      return new Table(columns, rows);
    }
  }
}
