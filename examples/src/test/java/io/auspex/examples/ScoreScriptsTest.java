package io.auspex.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.auspex.engine.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The examples' scripts print the error measures that training printed. */
class ScoreScriptsTest {
  /** The scripts round to four decimals. */
  private static final double PRINTED = 0.5e-4 + 1e-9;

  @Test
  void flightsAgreeWithTraining() throws Exception {
    try (Connection warehouse = DriverManager.getConnection("jdbc:auspex:")) {
      List<Row> printed = run(warehouse, "examples/flights/score.sql");
      assertThat(number(warehouse, "SELECT count(*) FROM flight_scores")).isEqualTo(82_609);
      List<Row> measured = measured(warehouse, "examples/flights/metrics.csv");
      assertThat(measured).hasSize(24);
      for (Row expected : measured) {
        Row row =
            printed.stream()
                .filter(candidate -> candidate.has("month", expected.get("month")))
                .filter(
                    candidate -> candidate.values().containsKey(expected.get("measure").toString()))
                .filter(candidate -> speaksOf(candidate, expected.get("model")))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing printed for " + expected));
        compare(row, expected, "flights");
      }
      assertThat(printed).filteredOn(row -> row.values().containsKey("airport")).hasSize(10);
    }
  }

  @Test
  void churnAgreesWithTraining() throws Exception {
    try (Connection warehouse = DriverManager.getConnection("jdbc:auspex:")) {
      List<Row> printed = run(warehouse, "examples/churn/score.sql");
      assertThat(number(warehouse, "SELECT count(*) FROM churn_scores")).isEqualTo(7_043);
      List<Row> measured = measured(warehouse, "examples/churn/metrics.csv");
      assertThat(measured).hasSize(6);
      for (Row expected : measured) {
        Row row =
            printed.stream()
                .filter(candidate -> candidate.has("part", expected.get("part")))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing printed for " + expected));
        compare(row, expected, "customers");
      }
    }
  }

  /** Scripts that ran before run again. */
  @Test
  void aScriptCanBeRepeated() throws Exception {
    try (Connection warehouse = DriverManager.getConnection("jdbc:auspex:")) {
      assertThat(run(warehouse, "examples/churn/score.sql"))
          .isEqualTo(run(warehouse, "examples/churn/score.sql"));
    }
  }

  private static boolean speaksOf(Row row, Object model) {
    return model.equals("arrival_delay") || row.has("model", model);
  }

  private static void compare(Row printed, Row expected, String count) {
    double value = ((Number) printed.get(expected.get("measure").toString())).doubleValue();
    assertThat(value)
        .as("%s", expected)
        .isCloseTo(((Number) expected.get("value")).doubleValue(), within(PRINTED));
    assertThat(printed.get(count)).isEqualTo(expected.get("rows"));
  }

  private static List<Row> measured(Connection warehouse, String file) throws SQLException {
    try (Statement statement = warehouse.createStatement();
        ResultSet rows = statement.executeQuery("SELECT * FROM '" + file + "'")) {
      return Row.all(rows);
    }
  }

  private static long number(Connection warehouse, String query) throws SQLException {
    try (Statement statement = warehouse.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  /** All rows that all queries of the script give. */
  private static List<Row> run(Connection warehouse, String script)
      throws SQLException, IOException {
    List<Row> printed = new ArrayList<>();
    try (Statement statement = warehouse.createStatement()) {
      for (Script.Piece piece : Script.split(Files.readString(Path.of(script)))) {
        if (statement.execute(piece.text())) {
          try (ResultSet rows = statement.getResultSet()) {
            printed.addAll(Row.all(rows));
          }
        }
      }
    }
    return printed;
  }

  private record Row(Map<String, Object> values) {
    Object get(String column) {
      return values.get(column);
    }

    boolean has(String column, Object value) {
      // The types differ: a month is a BIGINT in one place, an INTEGER in the other.
      return String.valueOf(value).equals(String.valueOf(values.get(column)));
    }

    static List<Row> all(ResultSet rows) throws SQLException {
      List<Row> all = new ArrayList<>();
      while (rows.next()) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          values.put(rows.getMetaData().getColumnLabel(i), rows.getObject(i));
        }
        all.add(new Row(values));
      }
      return all;
    }
  }
}
