package io.auspex.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Prepared statements give what their text means when they run, whatever has changed since. */
class PreparedTest {
  private Connection connection;
  private Connection other;

  @BeforeEach
  void open(@TempDir Path folder) throws SQLException {
    String url = "jdbc:auspex:" + folder.resolve("house.db");
    connection = DriverManager.getConnection(url);
    other = DriverManager.getConnection(url);
    run("CREATE MODEL m FROM '" + model("matrix_double") + "' FEATURES (a, b, c)");
    run("CREATE TABLE t AS SELECT 1::INTEGER AS a, 2::INTEGER AS b, 3::INTEGER AS c, 'x' AS other");
    run("CREATE VIEW v AS SELECT * FROM PREDICT(MODEL m, TABLE t)");
  }

  @AfterEach
  void close() throws SQLException {
    other.close();
    connection.close();
  }

  private static Path model(String name) {
    return Path.of(
        System.getProperty("auspex.root"), "udf/src/test/resources/models/" + name + ".onnx");
  }

  private void run(String sql) throws SQLException {
    run(connection, sql);
  }

  private static void run(Connection who, String sql) throws SQLException {
    try (Statement statement = who.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String value(PreparedStatement prepared) throws SQLException {
    try (ResultSet rows = prepared.executeQuery()) {
      assertThat(rows.next()).isTrue();
      String value = rows.getString(1);
      assertThat(rows.next()).isFalse();
      return value;
    }
  }

  private PreparedStatement prepare(String sql) throws SQLException {
    return connection.prepareStatement(sql);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theTableIsMadeAnewWithOtherTypes(boolean bySomebodyElse) throws SQLException {
    Connection maker = bySomebodyElse ? other : connection;
    try (PreparedStatement prepared =
            prepare("SELECT y + ? FROM PREDICT(MODEL m, TABLE t) WHERE a >= ?");
        PreparedStatement scalar = prepare("SELECT PREDICT(MODEL m, a, ?, c) FROM t")) {
      prepared.setInt(1, 1000);
      prepared.setInt(2, 0);
      scalar.setDouble(1, 5);
      assertThat(value(prepared)).isEqualTo("1321.0");
      assertThat(value(scalar)).isEqualTo("351.0");
      run(
          maker,
          "CREATE OR REPLACE TABLE t AS SELECT 'o' AS o, 4.5 AS c, 3::DOUBLE AS b, 2::HUGEINT AS a");
      assertThat(value(prepared)).isEqualTo("1482.0");
      assertThat(value(scalar)).isEqualTo("502.0");
      run(maker, "CREATE OR REPLACE TABLE t AS SELECT 'text' AS a, 3 AS b, 4 AS c");
      assertThatThrownBy(() -> value(scalar)).isInstanceOf(AuspexSqlException.class);
      run(maker, "CREATE OR REPLACE TABLE t AS SELECT true AS a, 3 AS b, 4 AS c");
      assertThat(value(scalar)).isEqualTo("451.0");
      run(maker, "DROP TABLE t");
      assertThatThrownBy(() -> value(prepared)).isInstanceOf(AuspexSqlException.class);
      run(maker, "CREATE TABLE t AS SELECT 1 AS a, 1 AS b, 1 AS c");
      assertThat(value(prepared)).isEqualTo("1111.0");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theModelGetsAnotherVersion(boolean bySomebodyElse) throws SQLException {
    Connection maker = bySomebodyElse ? other : connection;
    try (PreparedStatement table = prepare("SELECT y FROM PREDICT(MODEL m, TABLE t)");
        PreparedStatement scalar = prepare("SELECT PREDICT(MODEL m) + ? FROM t");
        PreparedStatement first = prepare("SELECT y FROM PREDICT(MODEL m VERSION 1, TABLE t)");
        PreparedStatement view = prepare("SELECT y FROM v WHERE other = ?")) {
      scalar.setInt(1, 0);
      view.setString(1, "x");
      assertThat(value(table)).isEqualTo("321.0").isEqualTo(value(scalar)).isEqualTo(value(view));
      run(
          maker,
          "CREATE OR REPLACE MODEL m FROM '" + model("matrix_double") + "' FEATURES (c, b, a)");
      assertThat(value(table)).isEqualTo("123.0").isEqualTo(value(scalar)).isEqualTo(value(view));
      assertThat(value(first)).isEqualTo("321.0");
      run(
          maker,
          "CREATE OR REPLACE MODEL m FROM '" + model("matrix_int64") + "' FEATURES (b, a, c)");
      assertThat(value(table)).isEqualTo("312").isEqualTo(value(scalar)).isEqualTo(value(view));
      run(maker, "ALTER MODEL m SET DEFAULT VERSION 1");
      assertThat(value(table)).isEqualTo("321.0").isEqualTo(value(scalar)).isEqualTo(value(view));
      run(maker, "DROP MODEL m");
      assertThatThrownBy(() -> value(scalar)).isInstanceOf(AuspexSqlException.class);
    }
  }

  @Test
  void theViewIsReplaced() throws SQLException {
    try (PreparedStatement view = prepare("SELECT y FROM v WHERE y > ?")) {
      view.setInt(1, 0);
      assertThat(value(view)).isEqualTo("321.0");
      run(other, "CREATE OR REPLACE VIEW v AS SELECT 2 * y AS y FROM PREDICT(MODEL m, TABLE t)");
      assertThat(value(view)).isEqualTo("642.0");
      run(other, "CREATE OR REPLACE VIEW v AS SELECT 'none' AS y WHERE 1 = 1");
      view.setString(1, "a");
      assertThat(value(view)).isEqualTo("none");
      run(other, "DROP VIEW v");
      run(other, "CREATE TABLE v AS SELECT 7 AS y");
      view.setInt(1, 0);
      assertThat(value(view)).isEqualTo("7");
    }
  }

  @Test
  void theColumnsAreDescribedAnew() throws SQLException {
    try (PreparedStatement prepared = prepare("SELECT * FROM PREDICT(MODEL m, TABLE t)")) {
      assertThat(prepared.getMetaData().getColumnCount()).isEqualTo(5);
      run(other, "ALTER TABLE t DROP COLUMN other");
      try (ResultSet rows = prepared.executeQuery()) {
        assertThat(rows.getMetaData().getColumnCount()).isEqualTo(4);
      }
      run(other, "ALTER TABLE t ALTER a TYPE DECIMAL(9, 2)");
      try (ResultSet rows = prepared.executeQuery()) {
        assertThat(rows.getMetaData().getColumnTypeName(1)).isEqualTo("DECIMAL(9,2)");
      }
      assertThat(prepared.getMetaData().getColumnTypeName(1)).isEqualTo("DECIMAL(9,2)");
    }
  }

  @Test
  void aTransactionThatWasRolledBackDoesNotHarmIt() throws SQLException {
    connection.setAutoCommit(false);
    try (PreparedStatement insert =
            prepare("INSERT INTO t SELECT a + ?, b, c, 'y' FROM PREDICT(MODEL m, TABLE t)");
        PreparedStatement count = prepare("SELECT count(*) FROM PREDICT(MODEL m, TABLE t)")) {
      for (int i = 0; i < 3; i++) {
        insert.setInt(1, i);
        assertThat(insert.executeUpdate()).isEqualTo(1);
        assertThat(value(count)).isEqualTo("2");
        connection.rollback();
        assertThat(value(count)).isEqualTo("1");
        connection.rollback();
      }
      insert.setInt(1, 0);
      insert.executeUpdate();
      connection.commit();
      assertThat(value(count)).isEqualTo("2");
      connection.commit();
    }
    connection.setAutoCommit(true);
  }
}
