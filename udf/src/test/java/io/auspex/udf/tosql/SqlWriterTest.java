package io.auspex.udf.tosql;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
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
    for (int large = 0; large < FEATURES; large += 6) {
      double[] values = new double[FEATURES];
      Arrays.fill(values, 1);
      values[large] = 1 << 24;
      // As floats, 2²⁴ + 1 is 2²⁴.
      assertThat(valueOf(sum(1), values)).isEqualTo((float) ((1 << 24) + FEATURES - 1));
    }
  }

  @Test
  void aLogisticIsInFloatsAsOnnxRuntimeHasIt() throws SQLException {
    double nan = Double.NaN;
    double infinite = Double.POSITIVE_INFINITY;
    Random random = new Random(7);
    List<Double> given = new ArrayList<>(List.of(0.0, 0.01, -0.01, 1e30, -1e30, infinite, nan));
    random.doubles(30, -0.1, 0.1).forEach(given::add);
    for (double each : given) {
      double[] values = new double[FEATURES];
      Arrays.fill(values, each);
      double sum = 0;
      for (int i = 0; i < FEATURES; i++) {
        sum += (float) each * 2.0;
      }
      float x = (float) sum;
      Expression opposite = new Unary(Unary.Operator.NEG, sum(2), ElementType.FLOAT);
      assertThat(valueOf(logistic(sum(2)), values)).as("%s", x).isEqualTo((Float) logistic(x));
      assertThat(valueOf(logistic(opposite), values)).as("%s", -x).isEqualTo((Float) logistic(-x));
    }
  }

  private static Expression logistic(Expression of) {
    return new Unary(Unary.Operator.LOGISTIC, of, ElementType.FLOAT);
  }

  private static float logistic(float x) {
    float larger = 1 / (1 + (float) Math.exp(-Math.abs(x)));
    return x < 0 ? 1 - larger : larger;
  }

  /** A cast writes it several times. */
  @Test
  void aSumIsOneStep() {
    Expression logistic = logistic(sum(2));
    SqlWriter writer = new SqlWriter(List.of(logistic));
    writer.text(logistic);
    assertThat(writer.steps()).hasSize(2);
  }

  private static Linear sum(double weight) {
    List<Expression> terms =
        IntStream.range(0, FEATURES).<Expression>mapToObj(i -> new Column(INPUT, i)).toList();
    double[] weights = new double[FEATURES];
    Arrays.fill(weights, weight);
    return new Linear(terms, weights, 0, ElementType.FLOAT);
  }

  private static float valueOf(Expression expression, double[] values) throws SQLException {
    SqlWriter writer = new SqlWriter(List.of(expression));
    SqlText value = writer.text(expression);
    String query =
        Queries.of(
            writer.steps(),
            List.of(value),
            column -> "f" + column.slot(),
            "(SELECT " + columns(values) + ")");
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
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
}
