package io.auspex.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.catalog.Questions;
import io.auspex.sql.lexer.Tokens;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.duckdb.DuckDBConnection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** DuckDB's variables are seen by every part of a statement, wherever it runs. */
class VariablesTest {
  private static final Path MODEL =
      Path.of(
          System.getProperty("auspex.root"),
          "udf/src/test/resources/models/affine_scalar_inputs.onnx");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'it''s'",
        "''",
        "'NULL'",
        "NULL",
        "NULL::VARCHAR",
        "true",
        "42",
        "170141183460469231731687303715884105727",
        "0.1::DOUBLE",
        "1e300::DOUBLE",
        "12.50",
        "DATE '2026-02-28'",
        "TIMESTAMP '2026-02-28 12:34:56.789'",
        "TIMESTAMPTZ '2026-02-28 12:34:56+02'",
        "[1, 2]",
        "{'a': 'x, y'}"
      })
  void theScanAndWhatIsAboveItReadTheSame(String value) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:auspex:");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE MODEL affine FROM '" + MODEL + "'");
      statement.execute("SET VARIABLE \"a name\" = " + value);
      String query =
          "SELECT v::VARCHAR, typeof(v), getvariable('a name')::VARCHAR, typeof(getvariable('a name')),"
              + " y FROM PREDICT(MODEL affine, (SELECT 1 AS a, 2 AS b, 3 AS c,"
              + " getvariable('a name') AS v))";
      try (ResultSet rows = statement.executeQuery(query);
          Statement asked = connection.createStatement();
          ResultSet expected =
              asked.executeQuery("SELECT (" + value + ")::VARCHAR, typeof(" + value + ")")) {
        assertThat(rows.next()).isTrue();
        assertThat(expected.next()).isTrue();
        for (int column = 1; column <= 4; column++) {
          assertThat(rows.getString(column)).isEqualTo(expected.getString(2 - column % 2));
        }
      }
    }
  }

  @Test
  void plainOnesAreSetOnOtherConnectionsAndOthersKeepTheStatementOnTheSessions() throws Exception {
    try (DuckDBConnection connection =
            (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      LocalState state = new LocalState(connection, new Questions(connection));
      run(statement, state, "SET VARIABLE day = DATE '2026-02-28'");
      assertThat(state.surroundings(false).unlikeOthers()).isFalse();
      assertThat(state.surroundings(false).settings())
          .contains("SET VARIABLE \"day\" = CAST('2026-02-28' AS DATE)");
      run(statement, state, "SET VARIABLE several = [1, 2]");
      assertThat(state.surroundings(false).unlikeOthers()).isTrue();
    }
  }

  private static void run(Statement statement, LocalState state, String sql) throws SQLException {
    state.observe(Tokens.of(sql));
    statement.execute(sql);
  }
}
