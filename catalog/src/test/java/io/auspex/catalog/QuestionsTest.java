package io.auspex.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.duckdb.DuckDBConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A question that is kept prepared gets the answer of the moment. */
class QuestionsTest {
  private static final String TABLES =
      "SELECT table_name FROM duckdb_tables() WHERE table_name IN (SELECT unnest($1::VARCHAR[]))"
          + " ORDER BY 1";

  private DuckDBConnection connection;
  private Questions questions;

  @BeforeEach
  void connect() throws SQLException {
    connection = (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:");
    questions = new Questions(connection);
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  private static void run(Connection on, String... statements) throws SQLException {
    try (Statement statement = on.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private List<String> ask(String sql, Object... parameters) throws SQLException {
    return questions.ask(row -> row.getString(1), sql, parameters);
  }

  @Test
  void whatOtherConnectionsChangeIsSeen() throws SQLException {
    assertThat(ask(TABLES, List.of("a", "b"))).isEmpty();
    try (Connection other = connection.duplicate()) {
      run(other, "CREATE TABLE a(x INTEGER)", "CREATE TABLE b(x INTEGER)");
      assertThat(ask(TABLES, List.of("a", "b"))).containsExactly("a", "b");
      assertThat(ask(TABLES, List.of("b"))).containsExactly("b");
      run(other, "DROP TABLE a");
      assertThat(ask(TABLES, List.of("a", "b"))).containsExactly("b");
    }
  }

  @Test
  void aTableThatIsReplacedIsReadAsItIs() throws SQLException {
    run(connection, "CREATE TABLE t AS SELECT 1 AS x");
    assertThat(ask("SELECT x FROM t")).containsExactly("1");
    try (Connection other = connection.duplicate()) {
      run(other, "CREATE OR REPLACE TABLE t AS SELECT 'one' AS x");
    }
    assertThat(ask("SELECT x FROM t")).containsExactly("one");
  }

  @Test
  void settingsAreThoseOfTheMoment() throws SQLException {
    String path = "SELECT concat_ws(' ', current_schema(), current_setting('search_path'))";
    run(connection, "CREATE SCHEMA s", "CREATE SCHEMA r");
    assertThat(ask(path)).containsExactly("main ");
    run(connection, "USE s");
    assertThat(ask(path)).containsExactly("s s");
    run(connection, "SET search_path = 'r,s'");
    assertThat(ask(path)).containsExactly("r r,s");
    String order = "SELECT current_setting('default_order')";
    assertThat(ask(order)).containsExactly("ASCENDING");
    run(connection, "SET default_order = 'DESC'");
    assertThat(ask(order)).containsExactly("DESC");
  }

  @Test
  void aQuestionThatFailedIsAskedAnew() throws SQLException {
    assertThatThrownBy(() -> ask("SELECT x FROM t")).isInstanceOf(SQLException.class);
    run(connection, "CREATE TABLE t AS SELECT 1 AS x", "BEGIN");
    assertThat(ask("SELECT x FROM t")).containsExactly("1");
    assertThatThrownBy(() -> run(connection, "SELECT nothing")).isInstanceOf(SQLException.class);
    assertThatThrownBy(() -> ask("SELECT x FROM t")).hasMessageContaining("aborted");
    run(connection, "ROLLBACK");
    assertThat(ask("SELECT x FROM t")).containsExactly("1");
  }

  @Test
  void aQuestionMayBeAskedWhileItIsAnswered() throws SQLException {
    String sql = "SELECT 10 * $1::INTEGER + range FROM range(2)";
    List<List<String>> nested = questions.ask(row -> ask(sql, row.getInt(1)), sql, 1);
    assertThat(nested).containsExactly(List.of("100", "101"), List.of("110", "111"));
    assertThat(ask(sql, 2)).containsExactly("20", "21");
  }
}
