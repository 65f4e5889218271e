package io.auspex.udf.tosql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.auspex.catalog.ElementType;
import io.auspex.catalog.Input;
import io.auspex.udf.expression.Expression;
import io.auspex.udf.expression.Expression.Column;
import io.auspex.udf.expression.Expression.Linear;
import io.auspex.udf.expression.Expression.Unary;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SqlWriterTest {
  private static final int FEATURES = 200;
  private static final Input INPUT =
      new Input("X", ElementType.FLOAT, List.of(-1L, (long) FEATURES), List.of());

  private static Connection connection;

  @BeforeAll
  static void connect() throws SQLException {
    connection = DriverManager.getConnection("jdbc:duckdb:");
  }

  @AfterAll
  static void disconnect() throws SQLException {
    connection.close();
  }

  @Test
  void addsUpInDoublesWhereverATermStands() throws SQLException {
    for (int large = 0; large < FEATURES; large += 3) {
      double[] values = new double[FEATURES];
      Arrays.fill(values, 1);
      values[large] = 1 << 24;
      // As floats, 2²⁴ + 1 is 2²⁴.
      assertThat(valueOf(sum(1), values)).isEqualTo((float) ((1 << 24) + FEATURES - 1));
    }
  }

  @Test
  void aLogisticIsThatOfItsSum() throws SQLException {
    double nan = Double.NaN;
    double infinite = Double.POSITIVE_INFINITY;
    for (double each : new double[] {0, 0.01, -0.01, 0.5, -0.5, 1e30, -1e30, infinite, nan}) {
      double[] values = new double[FEATURES];
      Arrays.fill(values, each);
      double expected = 1 / (1 + Math.exp(-FEATURES * each * 2));
      Expression logistic = new Unary(Unary.Operator.LOGISTIC, sum(2), ElementType.FLOAT);
      assertIs(valueOf(logistic, values), expected);
      Expression opposite = new Unary(Unary.Operator.NEG, sum(2), ElementType.FLOAT);
      assertIs(
          valueOf(new Unary(Unary.Operator.LOGISTIC, opposite, ElementType.FLOAT), values),
          1 - expected);
      assertIs(
          valueOf(new Unary(Unary.Operator.SIGMOID, sum(2), ElementType.FLOAT), values), expected);
    }
  }

  /** What is read twice is computed once, before. */
  @Test
  void aSumThatOthersReadIsAStep() {
    Expression sum = sum(2);
    Expression logistic = new Unary(Unary.Operator.LOGISTIC, sum, ElementType.FLOAT);
    SqlWriter alone = new SqlWriter(List.of(logistic));
    alone.text(logistic);
    assertThat(alone.steps()).isEmpty();
    SqlWriter both = new SqlWriter(List.of(sum, logistic));
    assertThat(both.text(logistic).references()).hasSize(1);
    both.text(sum);
    assertThat(both.steps()).hasSizeLessThanOrEqualTo(2);
    assertThat(both.operations()).isLessThan(2 * alone.operations());
  }

  private static void assertIs(double found, double expected) {
    if (Double.isNaN(expected)) {
      assertThat(found).isNaN();
    } else {
      assertThat(found).isEqualTo(expected, within(1e-7));
    }
  }

  private static Linear sum(double weight) {
    List<Expression> terms =
        IntStream.range(0, FEATURES).<Expression>mapToObj(i -> new Column(INPUT, i)).toList();
    double[] weights = new double[FEATURES];
    Arrays.fill(weights, weight);
    return new Linear(terms, weights, 0, ElementType.FLOAT);
  }

  private static double valueOf(Expression expression, double[] values) throws SQLException {
    SqlWriter writer = new SqlWriter(List.of(expression));
    SqlText value = writer.text(expression);
    String from = "(SELECT " + columns(values) + ")";
    for (int step = 0; step < writer.steps().size(); step++) {
      from =
          "(SELECT *, " + text(writer.steps().get(step)) + " AS s" + step + " FROM " + from + ")";
    }
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT " + text(value) + " FROM " + from)) {
      row.next();
      return row.getFloat(1);
    }
  }

  private static String columns(double[] values) {
    StringBuilder columns = new StringBuilder();
    for (int i = 0; i < values.length; i++) {
      columns.append(i == 0 ? "" : ", ");
      columns.append(SqlWriter.number(values[i], ElementType.FLOAT)).append(" AS f").append(i);
    }
    return columns.toString();
  }

  private static String text(SqlText text) {
    StringBuilder written = new StringBuilder(text.pieces().get(0));
    for (int i = 0; i < text.references().size(); i++) {
      String name =
          text.references().get(i) instanceof SqlText.OfFeature feature
              ? "f" + feature.column().slot()
              : "s" + ((SqlText.OfStep) text.references().get(i)).ordinal();
      written.append(name).append(text.pieces().get(i + 1));
    }
    return written.toString();
  }
}
