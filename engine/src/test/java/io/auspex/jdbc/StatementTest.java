package io.auspex.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.Date;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Statements, prepared or not, over a warehouse in memory; closing it fails on leaked memory. */
class StatementTest {
  private Connection connection;
  private Statement statement;

  @BeforeEach
  void open() throws SQLException {
    connection = DriverManager.getConnection("jdbc:auspex:");
    statement = connection.createStatement();
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  private String one(String sql) throws SQLException {
    try (Statement other = connection.createStatement();
        ResultSet rows = other.executeQuery(sql)) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }

  @Test
  void countsRowsWritten() throws SQLException {
    assertThat(statement.execute("CREATE TABLE t (i INTEGER)")).isFalse();
    assertThat(statement.executeUpdate("INSERT INTO t SELECT * FROM range(10)")).isEqualTo(10);
    assertThat(statement.getUpdateCount()).isEqualTo(10);
    assertThat(statement.executeLargeUpdate("UPDATE t SET i = 0 WHERE i < 4")).isEqualTo(4);
    assertThat(statement.execute("DELETE FROM t WHERE i = 0")).isFalse();
    assertThat(statement.getUpdateCount()).isEqualTo(4);
    assertThat(statement.getMoreResults()).isFalse();
    assertThat(statement.getUpdateCount()).isEqualTo(-1);
    assertThat(statement.execute("SELECT count(*) FROM t")).isTrue();
    assertThat(statement.getUpdateCount()).isEqualTo(-1);
    assertThat(statement.getResultSet().next()).isTrue();
    assertThat(statement.getMoreResults()).isFalse();
  }

  @Test
  void theLastOfSeveralStatementsGivesTheResult() throws SQLException {
    String script = "CREATE TABLE t (v VARCHAR); INSERT INTO t VALUES (';'); SELECT v FROM t;";
    ResultSet rows = statement.executeQuery(script);
    assertThat(rows.next()).isTrue();
    assertThat(rows.getString("V")).isEqualTo(";");
  }

  @Test
  void aStatementOfTheWrongKindIsRefused() {
    assertThatThrownBy(() -> statement.executeQuery("CREATE TABLE t (i INTEGER)"))
        .isInstanceOf(AuspexSqlException.class)
        .hasMessageContaining("executeUpdate");
    assertThatThrownBy(() -> statement.executeUpdate("SELECT 1"))
        .isInstanceOf(AuspexSqlException.class)
        .hasMessageContaining("executeQuery");
  }

  @Test
  void theConnectionStaysUsableAfterAnError() throws SQLException {
    assertThatThrownBy(() -> statement.executeQuery("SELECT nonsense FROM nowhere"))
        .isInstanceOfSatisfying(
            AuspexSqlException.class,
            error -> {
              assertThat(error.getSQLState()).isEqualTo("42000");
              assertThat(error.getErrorCode()).isEqualTo(error.code().number());
              assertThat(error.position()).isPresent();
            });
    assertThatThrownBy(
            () -> {
              ResultSet rows =
                  statement.executeQuery("SELECT (20000 - i)::UTINYINT FROM range(20000) r(i)");
              while (rows.next()) {}
            })
        .isInstanceOf(SQLException.class);
    assertThat(one("SELECT 42")).isEqualTo("42");
  }

  @Test
  void severalResultsStayOpenBesideEachOther() throws SQLException {
    ResultSet first = statement.executeQuery("SELECT * FROM range(100000)");
    assertThat(first.next()).isTrue();
    try (Statement other = connection.createStatement();
        ResultSet second = other.executeQuery("SELECT * FROM range(100000)")) {
      assertThat(connection.getMetaData().getTables(null, null, "%", null).next())
          .isIn(true, false);
      for (int i = 0; i < 99_999; i++) {
        assertThat(first.next()).isTrue();
        assertThat(second.next()).isTrue();
        assertThat(second.getInt(1)).isEqualTo(i);
        assertThat(first.getInt(1)).isEqualTo(i + 1);
      }
      assertThat(first.next()).isFalse();
    }
  }

  @Test
  void threadsShareAConnection() throws Exception {
    ExecutorService other = Executors.newSingleThreadExecutor();
    try (ResultSet rows = statement.executeQuery("SELECT * FROM range(2000000)")) {
      Future<?> asking =
          other.submit(
              () -> {
                for (int i = 0; i < 10; i++) {
                  connection.getMetaData().getColumns(null, null, "%", "%").close();
                  assertThat(one("SELECT " + i)).isEqualTo(String.valueOf(i));
                }
                return null;
              });
      for (long i = 0; i < 2_000_000; i++) {
        assertThat(rows.next() && rows.getLong(1) == i).isTrue();
      }
      asking.get();
    } finally {
      other.shutdownNow();
    }
  }

  @Test
  void maxRowsStopsTheQuery() throws SQLException {
    statement.setMaxRows(3);
    try (ResultSet rows = statement.executeQuery("SELECT * FROM range(1000000000000)")) {
      assertThat(rows.next() && rows.next() && rows.next()).isTrue();
      assertThat(rows.next()).isFalse();
      assertThat(rows.next()).isFalse();
    }
    statement.setMaxRows(0);
    statement.setFetchSize(10);
    assertThat(statement.getFetchSize()).isEqualTo(10);
  }

  @Test
  void closesWithItsStatementAndOnCompletion() throws SQLException {
    ResultSet rows = statement.executeQuery("SELECT * FROM range(1000000)");
    assertThat(rows.next()).isTrue();
    ResultSet again = statement.executeQuery("SELECT 1");
    assertThat(rows.isClosed()).isTrue();
    assertThatThrownBy(rows::next).hasMessage("The result set is closed.");
    statement.closeOnCompletion();
    again.close();
    assertThat(statement.isClosed()).isTrue();
    assertThatThrownBy(() -> statement.execute("SELECT 1"))
        .isInstanceOfSatisfying(
            SQLException.class, error -> assertThat(error.getSQLState()).isEqualTo("08003"));
  }

  @Test
  void closingTheConnectionClosesAll() throws SQLException {
    ResultSet rows = statement.executeQuery("SELECT * FROM range(1000000)");
    assertThat(rows.next()).isTrue();
    connection.close();
    assertThat(rows.isClosed()).isTrue();
    assertThat(statement.isClosed()).isTrue();
    assertThat(connection.isValid(1)).isFalse();
    assertThatThrownBy(connection::createStatement)
        .isInstanceOfSatisfying(
            SQLException.class, error -> assertThat(error.getSQLState()).isEqualTo("08003"));
  }

  @Test
  void aRowMustBeCurrent() throws SQLException {
    ResultSet rows = statement.executeQuery("SELECT 1 AS a");
    assertThatThrownBy(() -> rows.getInt(1)).hasMessageContaining("not on a row");
    rows.next();
    assertThatThrownBy(() -> rows.getInt(2)).isInstanceOf(SQLException.class);
    assertThatThrownBy(() -> rows.findColumn("b")).isInstanceOf(SQLException.class);
  }

  @Test
  void describesColumns() throws SQLException {
    String sql = "SELECT 1::DECIMAL(9,2) AS price, 'x' AS \"the name\", [1] AS l, NULL AS n";
    try (PreparedStatement prepared = connection.prepareStatement(sql)) {
      checkDescription(prepared.getMetaData());
      checkDescription(prepared.executeQuery().getMetaData());
    }
    try (PreparedStatement prepared = connection.prepareStatement("CREATE TABLE t AS SELECT 1")) {
      assertThat(prepared.getMetaData()).isNull();
    }
    try (PreparedStatement prepared = connection.prepareStatement("SELECT ? + 1 AS x")) {
      prepared.getMetaData();
      prepared.setInt(1, 1);
      assertThat(prepared.executeQuery().getMetaData().getColumnTypeName(1)).isEqualTo("INTEGER");
    }
    ResultSet none = statement.executeQuery("SELECT 1::BIGINT AS a WHERE false");
    assertThat(none.getMetaData().getColumnCount()).isEqualTo(1);
    assertThat(none.next()).isFalse();
  }

  private static void checkDescription(ResultSetMetaData columns) throws SQLException {
    assertThat(columns.getColumnCount()).isEqualTo(4);
    assertThat(columns.getColumnLabel(2)).isEqualTo("the name");
    assertThat(columns.getColumnType(1)).isEqualTo(Types.DECIMAL);
    assertThat(columns.getColumnTypeName(1)).isEqualTo("DECIMAL(9,2)");
    assertThat(columns.getPrecision(1)).isEqualTo(9);
    assertThat(columns.getScale(1)).isEqualTo(2);
    assertThat(columns.getColumnClassName(1)).isEqualTo("java.math.BigDecimal");
    assertThat(columns.getColumnType(3)).isEqualTo(Types.ARRAY);
    assertThat(columns.getColumnTypeName(3)).isEqualTo("INTEGER[]");
  }

  @Test
  void bindsParameters() throws SQLException {
    UUID uuid = UUID.randomUUID();
    LocalDateTime clock = LocalDateTime.parse("2020-01-02T03:04:05.123456");
    List<Object[]> cases =
        List.of(
            new Object[] {true, "BOOLEAN", "true"},
            new Object[] {(byte) 1, "TINYINT", "1"},
            new Object[] {(short) 1, "SMALLINT", "1"},
            new Object[] {1, "INTEGER", "1"},
            new Object[] {1L, "BIGINT", "1"},
            new Object[] {1.5f, "FLOAT", "1.5"},
            new Object[] {1.5, "DOUBLE", "1.5"},
            new Object[] {new BigDecimal("1.50"), "DECIMAL(3,2)", "1.50"},
            new Object[] {BigInteger.ONE.shiftLeft(100), "HUGEINT", BigInteger.ONE.shiftLeft(100)},
            new Object[] {"it's", "VARCHAR", "it's"},
            new Object[] {'c', "VARCHAR", "c"},
            new Object[] {new byte[] {1, 'a'}, "BLOB", "\\x01a"},
            new Object[] {LocalDate.of(2020, 1, 2), "DATE", "2020-01-02"},
            new Object[] {Date.valueOf("2020-01-02"), "DATE", "2020-01-02"},
            new Object[] {LocalTime.of(3, 4, 5), "TIME", "03:04:05"},
            new Object[] {Time.valueOf("03:04:05"), "TIME", "03:04:05"},
            new Object[] {clock, "TIMESTAMP", "2020-01-02 03:04:05.123456"},
            new Object[] {Timestamp.valueOf(clock), "TIMESTAMP", "2020-01-02 03:04:05.123456"},
            new Object[] {uuid, "UUID", uuid},
            new Object[] {List.of(1, 2), "INTEGER[]", "[1, 2]"},
            new Object[] {new double[] {1, 2.5}, "DOUBLE[]", "[1.0, 2.5]"},
            new Object[] {new String[] {"a", null}, "VARCHAR[]", "[a, NULL]"},
            new Object[] {
              connection.createArrayOf("INTEGER", new Object[] {1}), "INTEGER[]", "[1]"
            });
    try (PreparedStatement prepared = connection.prepareStatement("SELECT typeof(?), ?::VARCHAR")) {
      assertThat(prepared.getParameterMetaData().getParameterCount()).isEqualTo(2);
      for (Object[] expected : cases) {
        prepared.setObject(1, expected[0]);
        prepared.setObject(2, expected[0]);
        ResultSet rows = prepared.executeQuery();
        assertThat(rows.next()).isTrue();
        assertThat(rows.getString(1)).isEqualTo(expected[1]);
        assertThat(rows.getString(2)).isEqualTo(expected[2].toString());
      }
    }
  }

  @Test
  void bindsWhatItGave() throws SQLException {
    ResultSet rows = statement.executeQuery("SELECT [1, 2] AS l, DATE '2020-01-01' AS d");
    rows.next();
    try (PreparedStatement prepared = connection.prepareStatement("SELECT ?::VARCHAR, ?::DATE")) {
      prepared.setArray(1, rows.getArray(1));
      prepared.setObject(2, rows.getObject(2));
      ResultSet again = prepared.executeQuery();
      assertThat(again.next()).isTrue();
      assertThat(again.getString(1)).isEqualTo("[1, 2]");
      assertThat(again.getObject(2, LocalDate.class)).isEqualTo("2020-01-01");
    }
  }

  @Test
  void settersAndNull() throws SQLException {
    try (PreparedStatement prepared =
        connection.prepareStatement("SELECT ?::INTEGER, ?::TIMESTAMPTZ, ?::DATE, ?::VARCHAR")) {
      prepared.setNull(1, Types.INTEGER);
      prepared.setObject(2, Instant.parse("2020-01-01T00:00:00Z"));
      prepared.setObject(3, "2020-01-02", Types.DATE);
      assertThatThrownBy(prepared::executeQuery).hasMessage("Parameter 4 is not set.");
      prepared.setString(4, null);
      ResultSet rows = prepared.executeQuery();
      assertThat(rows.next()).isTrue();
      assertThat(rows.getObject(1)).isNull();
      assertThat(rows.getObject(2, OffsetDateTime.class).toInstant())
          .isEqualTo("2020-01-01T00:00:00Z");
      assertThat(rows.getString(3)).isEqualTo("2020-01-02");
      assertThat(rows.getString(4)).isNull();
      assertThatThrownBy(() -> prepared.setInt(5, 1)).hasMessageContaining("4 parameters");
      assertThatThrownBy(() -> prepared.setObject(1, "x", Types.INTEGER))
          .isInstanceOf(SQLException.class);
    }
    assertThatThrownBy(() -> connection.prepareStatement("SELECT 1; SELECT 2"))
        .isInstanceOf(AuspexSqlException.class);
  }

  @Test
  void runsBatches() throws SQLException {
    statement.addBatch("CREATE TABLE t (i INTEGER PRIMARY KEY, v VARCHAR)");
    statement.addBatch("INSERT INTO t VALUES (0, 'zero')");
    assertThat(statement.executeBatch()).containsExactly(0, 1);
    try (PreparedStatement insert = connection.prepareStatement("INSERT INTO t VALUES (?, ?)")) {
      for (int i = 1; i <= 3; i++) {
        insert.setInt(1, i);
        insert.setString(2, "v" + i);
        insert.addBatch();
      }
      assertThat(insert.executeBatch()).containsExactly(1, 1, 1);
      insert.setInt(1, 4);
      insert.addBatch();
      insert.setInt(1, 4);
      insert.addBatch();
      assertThatThrownBy(insert::executeBatch)
          .isInstanceOfSatisfying(
              BatchUpdateException.class,
              error -> assertThat(error.getUpdateCounts()).containsExactly(1));
    }
    assertThat(one("SELECT count(*) FROM t")).isEqualTo("5");
  }

  @Test
  void transactions() throws SQLException {
    statement.execute("CREATE TABLE t (i INTEGER)");
    assertThat(connection.getAutoCommit()).isTrue();
    connection.setAutoCommit(false);
    statement.execute("INSERT INTO t VALUES (1)");
    connection.rollback();
    assertThat(one("SELECT count(*) FROM t")).isEqualTo("0");
    statement.execute("INSERT INTO t VALUES (1)");
    connection.commit();
    connection.setAutoCommit(true);
    assertThat(one("SELECT count(*) FROM t")).isEqualTo("1");
    assertThatThrownBy(connection::setSavepoint)
        .isInstanceOf(SQLFeatureNotSupportedException.class);
  }

  @Test
  void schemasAndCatalogs() throws SQLException {
    statement.execute("CREATE SCHEMA \"my schema\"");
    assertThat(connection.getSchema()).isEqualTo("main");
    assertThat(connection.getCatalog()).isEqualTo("memory");
    connection.setSchema("my schema");
    assertThat(connection.getSchema()).isEqualTo("my schema");
    statement.execute("CREATE TABLE t AS SELECT 7 AS i");
    assertThat(one("SELECT i FROM \"my schema\".t")).isEqualTo("7");
    assertThat(connection.isValid(1)).isTrue();
    assertThat(connection.isReadOnly()).isFalse();
    assertThat(statement.unwrap(AuspexStatement.class).progress()).isNotNull();
  }
}
