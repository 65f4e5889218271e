package io.auspex.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import io.auspex.engine.User.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random filters over rows of values that models look for: with {@code ModelPrune} the predictions
 * are those without it, to the last digit.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ModelPruneTest {
  private static final int ROWS = 400;
  private static final int QUERIES = 40;
  private static final List<String> TYPES =
      List.of("FLOAT", "DOUBLE", "INTEGER", "DECIMAL(18,6)", "HUGEINT", "BIGINT", "TINYINT");
  private static final List<String> SPECIAL =
      List.of("nan", "inf", "-inf", "-0.0", "0.0", "1e30", "1e-42");
  private static final Map<String, List<String>> WORDS =
      Map.of(
          "city",
          List.of("Delphi", "Dodona", "Roma", "Thebes"),
          "plan",
          List.of("basic", "plus", "", "it's"));

  private User user;

  @BeforeAll
  void open() {
    user = User.alone();
  }

  @AfterAll
  void close() throws SQLException {
    user.close();
  }

  /** A column of a table, with values that matter to the model. */
  private record Column(String name, String type, List<String> pool) {
    boolean isFloating() {
      return type.equals("FLOAT") || type.equals("DOUBLE");
    }

    boolean isText() {
      return type.equals("VARCHAR");
    }

    String value(Random random) {
      if (random.nextInt(12) == 0) {
        return "NULL";
      } else if (isFloating() && random.nextInt(5) == 0) {
        return "'" + SPECIAL.get(random.nextInt(SPECIAL.size())) + "'";
      } else if (type.equals("BOOLEAN")) {
        return random.nextBoolean() ? "true" : "false";
      }
      return constant(random);
    }

    /** As a filter may write it. */
    String constant(Random random) {
      String value = pool.get(random.nextInt(pool.size()));
      if (isText()) {
        return "'" + value.replace("'", "''") + "'";
      } else if (type.contains("INT")) {
        return Long.toString((long) Math.floor(Double.parseDouble(value) + random.nextInt(3) - 1));
      } else if (type.startsWith("DECIMAL")) {
        return String.format(Locale.ROOT, "%.6f", Double.parseDouble(value));
      }
      float number = Float.parseFloat(value);
      return switch (random.nextInt(4)) {
        case 0 -> Double.toString(Math.nextUp(number));
        case 1 -> Float.toString(Math.nextDown(number));
        case 2 -> Float.toString(number);
        default -> Double.toString(number);
      };
    }

    String filter(Random random) {
      String one = constant(random);
      String other = constant(random);
      if (type.equals("BOOLEAN")) {
        return List.of(name, "NOT " + name, name + " = true", "false = " + name)
            .get(random.nextInt(4));
      } else if (isText()) {
        return random.nextBoolean()
            ? name + " = " + one
            : name + " IN (" + one + ", " + other + ")";
      }
      return switch (random.nextInt(9)) {
        case 0 -> name + " = " + one;
        case 1 -> name + " < " + one;
        case 2 -> name + " <= " + one;
        case 3 -> name + " > " + one;
        case 4 -> name + " >= " + one;
        case 5 -> one + " <= " + name;
        case 6 -> name + " BETWEEN least(" + one + ", " + other + ") AND " + other;
        case 7 -> name + " IN (" + one + ", " + other + ") AND " + name + " IS NOT NULL";
        default -> name + " BETWEEN " + one + " AND " + other;
      };
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"xgboost_binary", "xgboost_classifier", "lightgbm_regressor"})
  void boostedTrees(String model) throws SQLException, IOException {
    check(model, numbers(model, 20), QUERIES / 3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"seven_classes", "int_classes_zipmap"})
  void forests(String model) throws SQLException, IOException {
    check(model, numbers(model, 6), QUERIES / 3);
  }

  @Test
  void imputedAndEncodedColumns() throws SQLException {
    List<String> ages = List.of("51", "52.44", "18", "99.5", "-3");
    check(
        "pipeline_strings",
        List.of(
            new Column("age", "FLOAT", ages),
            new Column("income", "DECIMAL(18,6)", ages),
            new Column("city", "VARCHAR", WORDS.get("city")),
            new Column("plan", "VARCHAR", WORDS.get("plan"))),
        QUERIES / 2);
  }

  @Test
  void productsOfWhatIsConstant() throws SQLException {
    List<String> values = List.of("1", "2.5", "-3", "16777217", "0");
    check(
        "matrix_double",
        List.of(
            new Column("f0", "BIGINT", values),
            new Column("f1", "DOUBLE", values),
            new Column("f2", "BOOLEAN", values)),
        QUERIES / 10);
  }

  /** Columns of all types that numbers have, of values that the model's splits compare with. */
  private static List<Column> numbers(String model, int width) throws IOException {
    Map<Long, List<String>> thresholds = new HashMap<>();
    ModelProto proto = ModelProto.parseFrom(Files.readAllBytes(User.model(model)));
    for (NodeProto node : proto.getGraph().getNodeList()) {
      List<Long> features = List.of();
      List<Float> values = List.of();
      for (AttributeProto attribute : node.getAttributeList()) {
        if (attribute.getName().equals("nodes_featureids")) {
          features = attribute.getIntsList();
        } else if (attribute.getName().equals("nodes_values")) {
          values = attribute.getFloatsList();
        }
      }
      for (int i = 0; i < features.size(); i++) {
        thresholds
            .computeIfAbsent(features.get(i), none -> new ArrayList<>())
            .add(values.get(i).toString());
      }
    }
    return IntStream.range(0, width)
        .mapToObj(
            i ->
                new Column(
                    "f" + i,
                    TYPES.get(i % TYPES.size()),
                    thresholds.getOrDefault((long) i, List.of("0.5"))))
        .toList();
  }

  /**
   * @param least how many of the queries the rule must change
   */
  private void check(String model, List<Column> columns, int least) throws SQLException {
    Random random = new Random(model.hashCode());
    String names = columns.stream().map(Column::name).collect(Collectors.joining(", "));
    boolean isNamed = names.startsWith("f0");
    user.create(model, isNamed ? "FEATURES (" + names + ")" : "");
    String table = model + "_rows";
    user.run(
        "CREATE TABLE "
            + table
            + " (id INTEGER, "
            + columns.stream()
                .map(column -> column.name() + " " + column.type())
                .collect(Collectors.joining(", "))
            + ")",
        "INSERT INTO " + table + " VALUES " + values(columns, random));
    int fired = 0;
    int rows = 0;
    for (int i = 0; i < QUERIES; i++) {
      List<String> filters = new ArrayList<>();
      for (int f = 0; f <= i % 3; f++) {
        filters.add(columns.get(random.nextInt(columns.size())).filter(random));
      }
      String query =
          "SELECT * EXCLUDE ("
              + names
              + ") FROM PREDICT(MODEL "
              + model
              + ", TABLE "
              + table
              + ") WHERE "
              + String.join(" AND ", filters)
              + " ORDER BY id";
      fired += explained(query).contains("ModelPrune") ? 1 : 0;
      for (String strategy : List.of("stream", "inline")) {
        user.run("SET predict_strategy = '" + strategy + "'", "SET disabled_rules = 'ModelPrune'");
        Table expected = user.query(query);
        user.run("RESET disabled_rules");
        assertThat(user.query(query).rows()).as(query).isEqualTo(expected.rows());
        rows += expected.rows().size();
      }
      user.run("RESET predict_strategy", "SET disabled_rules = 'ModelPrune'");
      Table expected = user.query(query);
      user.run("RESET disabled_rules");
      assertNear(expected, user.query(query), query);
    }
    assertThat(fired).isGreaterThanOrEqualTo(least);
    assertThat(rows).isGreaterThan(ROWS);
  }

  /** A model that is smaller may be computed by other means. */
  private static void assertNear(Table expected, Table found, String query) {
    assertThat(found.rows()).as(query).hasSameSizeAs(expected.rows());
    for (int row = 0; row < expected.rows().size(); row++) {
      for (int i = 0; i < expected.rows().get(row).size(); i++) {
        String right = expected.rows().get(row).get(i);
        String ours = found.rows().get(row).get(i);
        assertThat(Predicted.isSame(ours, right, "p FLOAT", false))
            .as("%s: %s, not %s", query, ours, right)
            .isTrue();
      }
    }
  }

  private static String values(List<Column> columns, Random random) {
    return IntStream.range(0, ROWS)
        .mapToObj(
            row ->
                columns.stream()
                    .map(column -> column.value(random))
                    .collect(Collectors.joining(", ", "(" + row + ", ", ")")))
        .collect(Collectors.joining(", "));
  }

  private String explained(String query) throws SQLException {
    return user.query("EXPLAIN " + query).rows().stream()
        .map(row -> row.get(0))
        .collect(Collectors.joining("\n"));
  }
}
