package io.auspex.udf.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.Column;
import io.auspex.catalog.ElementType;
import io.auspex.catalog.ErrorCode;
import io.auspex.catalog.Input;
import io.auspex.catalog.ModelVersion;
import io.auspex.catalog.Names;
import io.auspex.catalog.Output;
import io.auspex.udf.binding.Bindings;
import io.auspex.udf.binding.Feature;
import io.auspex.udf.predict.Cancellation;
import io.auspex.udf.predict.ComputeOptions;
import io.auspex.udf.predict.Graphs;
import io.auspex.udf.predict.Predictor;
import io.auspex.udf.predict.Predictors;
import io.auspex.udf.predict.Tables;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.duckdb.DuckDBConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Models inside a real DuckDB. */
final class InlineFunctionsTest {
  private static final int ROWS = 5000;

  private final BufferAllocator allocator = new RootAllocator();
  private final Predictors predictors = new Predictors();
  private final InlineFunctions functions = new InlineFunctions(allocator);
  private DuckDBConnection connection;

  @BeforeEach
  void open() throws SQLException {
    connection = DriverManager.getConnection("jdbc:duckdb:").unwrap(DuckDBConnection.class);
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
    functions.close();
    predictors.close();
    allocator.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "all_types",
        "affine_n1",
        "multi_output",
        "tensor_output",
        "mlp",
        "seven_classes",
        "int_classes_zipmap",
        "pipeline_strings",
        "lightgbm_regressor"
      })
  void predictsAsThePredictorDoes(String name) throws SQLException {
    ModelVersion model = Tables.model(name);
    List<Feature> features = features(model);
    List<List<Object>> rows = fill(features);
    List<Output> outputs = model.signature().outputs();

    if (outputs.size() > 1 || !outputs.get(0).isScalar()) {
      compareStruct(model, features, rows, outputs);
    }
    for (Output output : outputs.stream().filter(Output::isScalar).toList()) {
      String function = "f_" + output.column();
      register(function, model, features, List.of(output));
      String alone = "SELECT " + call(function, arguments(features)) + " FROM t";
      compare(alone, model, features, rows, List.of(output));
    }
  }

  private void compareStruct(
      ModelVersion model, List<Feature> features, List<List<Object>> rows, List<Output> outputs)
      throws SQLException {
    register("f_all", model, features, outputs);
    String types =
        outputs.stream()
            .map(output -> Names.quote(output.column()) + " " + output.sqlType())
            .collect(Collectors.joining(", ", "STRUCT(", ")"));
    String fields =
        outputs.stream()
            .map(output -> "s." + Names.quote(output.column()))
            .collect(Collectors.joining(", "));
    String call = call("f_all", arguments(features));
    compare(
        "SELECT " + fields + " FROM (SELECT id, CAST(" + call + " AS " + types + ") s FROM t)",
        model,
        features,
        rows,
        outputs);
  }

  @Test
  void anyStringComesBackAsItIs() throws SQLException {
    ModelVersion model = Tables.model("string_echo");
    List<Feature> features = features(model);
    Output echo = model.signature().outputs().get(0);
    register("alone", model, features, List.of(echo));
    register("twice", model, features, List.of(echo, echo));
    String sql =
        "SELECT alone(0, s) IS NOT DISTINCT FROM s AND x.a IS NOT DISTINCT FROM s"
            + " AND x.b IS NOT DISTINCT FROM s"
            + " FROM (SELECT s, CAST(twice(0, s) AS STRUCT(a VARCHAR, b VARCHAR)) x"
            + " FROM (SELECT CAST(? AS VARCHAR) s))";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (String text : strings()) {
        statement.setString(1, text);
        try (ResultSet result = statement.executeQuery()) {
          result.next();
          assertThat(result.getBoolean(1)).as("[%s]", text).isTrue();
        }
      }
    }
  }

  private static List<String> strings() {
    List<String> strings = new ArrayList<>(List.of("", "NULL", "null", " a ", "'", "🦆", "a\0b"));
    strings.add(null);
    String alphabet = "\"\\'(){}[],:= N\n\t\0é日a🦆";
    int[] characters = alphabet.codePoints().toArray();
    Random random = new Random(7);
    for (int i = 0; i < 1000; i++) {
      StringBuilder text = new StringBuilder();
      for (int j = random.nextInt(8); j > 0; j--) {
        text.appendCodePoint(characters[random.nextInt(characters.length)]);
      }
      strings.add(text.toString());
    }
    return strings;
  }

  @Test
  void registeringAgainKeepsTheFirst() throws SQLException {
    ModelVersion model = Tables.model("string_echo");
    List<Feature> features = features(model);
    register("f", model, features, model.signature().outputs());
    register("f", model, features, model.signature().outputs());
    assertThat(functions.contains("f")).isTrue();
  }

  @Test
  void arraysComeAsText() throws SQLException {
    ModelVersion model = Tables.model("multi_output");
    List<Feature> features = Bindings.byPosition(model, List.of(new Column("x", "FLOAT[4]")));
    register("f", model, features, List.of(model.signature().outputs().get(0)));
    String argument =
        InlineFunctions.argument(features.get(0), "CAST([1, 2.5, -3e-30, 4] AS FLOAT[4])");
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT f(0, " + argument + ")")) {
      result.next();
      assertThat(result.getFloat(1)).isEqualTo(4026f);
    }
  }

  @Test
  void arraysOfArraysOfAnySizeAreRefused() {
    Input input = new Input("x", ElementType.FLOAT, List.of(-1L, -1L, 4L), List.of());
    Feature open = new Feature(input, 0, 0, "FLOAT[][]", false);
    assertThat(InlineFunctions.takes(List.of(open))).isFalse();
    assertThatThrownBy(() -> register("f", Tables.model("mlp"), List.of(open), List.of()))
        .isInstanceOf(AuspexException.class);
  }

  @Test
  void aFailureIsToldToItsCaller(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("lookup.onnx");
    ModelVersion model =
        new Graphs()
            .input("i", ElementType.INT64, -1)
            .floats("table", 10, 20)
            .node("Gather", new String[] {"table", "i"}, "y")
            .output("y", ElementType.FLOAT, -1)
            .write(file);
    List<Feature> features = features(model);
    Predictor predictor =
        predictors.open(model, file, features, model.signature().outputs(), ComputeOptions.AUTO);
    functions.register(connection, "lookup", predictor, features, model.signature().outputs());
    Recorder caller = new Recorder();
    Recorder bystander = new Recorder();
    try (AutoCloseable calling = functions.calling(7, caller);
        AutoCloseable beside = functions.calling(8, bystander);
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.executeQuery("SELECT lookup(7, 5::BIGINT)"))
          .isInstanceOf(SQLException.class);
    }
    assertThat(caller.failures)
        .extracting(AuspexException::code)
        .containsOnly(ErrorCode.PREDICTION_FAILED);
    assertThat(bystander.failures).isEmpty();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT lookup(7, 1::BIGINT)")) {
      result.next();
      assertThat(result.getFloat(1)).isEqualTo(20);
    }
  }

  @Test
  void aCancelledCallerGetsNothingMore() throws Exception {
    ModelVersion model = Tables.model("mlp");
    List<Feature> features = features(model);
    fill(features);
    register("f", model, features, model.signature().outputs());
    Recorder caller = new Recorder();
    caller.cancellation.cancel();
    String arguments = arguments(features);
    try (AutoCloseable calling = functions.calling(7, caller);
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.executeQuery("SELECT f(7, " + arguments + ") FROM t"))
          .isInstanceOf(SQLException.class);
    }
    assertThat(caller.failures).extracting(AuspexException::code).contains(ErrorCode.CANCELLED);
  }

  private static final class Recorder implements InlineFunctions.Caller {
    private final Cancellation cancellation = new Cancellation();
    private final List<AuspexException> failures = new CopyOnWriteArrayList<>();

    @Override
    public Cancellation cancellation() {
      return cancellation;
    }

    @Override
    public RuntimeException inlineFailure(RuntimeException failure) {
      failures.add((AuspexException) failure);
      return failure;
    }
  }

  /** A call by nobody. */
  private static String call(String function, String arguments) {
    return function + "(0, " + arguments + ")";
  }

  private void register(
      String name, ModelVersion model, List<Feature> features, List<Output> outputs) {
    Path file = Tables.path(model.model());
    Predictor predictor = predictors.open(model, file, features, outputs, ComputeOptions.AUTO);
    functions.register(connection, name, predictor, features, outputs);
  }

  private static List<Feature> features(ModelVersion model) {
    List<Column> columns = new ArrayList<>();
    for (Input input : model.signature().inputs()) {
      for (int i = 0; i < Math.max(1, input.width()); i++) {
        columns.add(new Column("c" + columns.size(), input.type().sqlType()));
      }
    }
    return Bindings.byPosition(model, columns);
  }

  private static String arguments(List<Feature> features) {
    return features.stream()
        .map(feature -> "c" + feature.column())
        .collect(Collectors.joining(", "));
  }

  /** Makes the table {@code t}: half a thousand NULLs, rows by {@code id}. */
  private List<List<Object>> fill(List<Feature> features) throws SQLException {
    List<String> columns = new ArrayList<>(List.of("i AS id"));
    for (Feature feature : features) {
      String value = "hash(i, " + feature.column() + ") % 200";
      String typed =
          switch (feature.sqlType()) {
            case "VARCHAR" -> "list_value('Roma', 'plus', '', 'é')[1 + i % 4]";
            case "BOOLEAN" -> "(" + value + ") > 100";
            case "TINYINT", "SMALLINT", "INTEGER", "BIGINT" -> value + " - 100";
            case "FLOAT", "DOUBLE" -> "(" + value + ") / 32.0 - 3";
            default -> value;
          };
      typed = typed.replace(" - 100", "::INTEGER - 100");
      columns.add(
          "CASE WHEN hash(i, 'null', "
              + feature.column()
              + ") % 50 > 0 THEN CAST("
              + typed
              + " AS "
              + feature.sqlType()
              + ") END AS c"
              + feature.column());
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE t AS SELECT "
              + String.join(", ", columns)
              + " FROM range("
              + ROWS
              + ") r(i)");
      return rows(statement, "SELECT " + arguments(features) + " FROM t ORDER BY id");
    }
  }

  private static List<List<Object>> rows(Statement statement, String sql) throws SQLException {
    List<List<Object>> rows = new ArrayList<>();
    try (ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        List<Object> row = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          row.add(result.getObject(i));
        }
        rows.add(row);
      }
    }
    return rows;
  }

  private void compare(
      String sql,
      ModelVersion model,
      List<Feature> features,
      List<List<Object>> rows,
      List<Output> outputs)
      throws SQLException {
    List<FieldVector> columns = new ArrayList<>();
    for (int i = 0; i < features.size(); i++) {
      int ordinal = i;
      List<Object> values = rows.stream().map(row -> row.get(ordinal)).collect(Collectors.toList());
      columns.add(Tables.column(features.get(i).sqlType(), values, allocator));
    }
    Path file = Tables.path(model.model());
    try (Statement statement = connection.createStatement();
        Predictor predictor =
            predictors.open(model, file, features, outputs, ComputeOptions.AUTO)) {
      List<FieldVector> expected = predictor.predict(columns, ROWS, allocator, new Cancellation());
      List<List<Object>> found = rows(statement, sql + " ORDER BY id");
      for (int row = 0; row < ROWS; row++) {
        for (int i = 0; i < outputs.size(); i++) {
          Object value = found.get(row).get(i);
          assertThat(text(value))
              .as("%s row %d", outputs.get(i).name(), row)
              .isEqualTo(Tables.text(expected.get(i), row));
        }
      }
      expected.forEach(FieldVector::close);
    }
    columns.forEach(FieldVector::close);
  }

  /** A value as JDBC gives it, written as {@link Tables#text} writes. */
  private static String text(Object value) throws SQLException {
    if (value instanceof Array array) {
      List<String> texts = new ArrayList<>();
      for (Object element : (Object[]) array.getArray()) {
        texts.add(text(element));
      }
      return texts.toString();
    } else if (value instanceof Map<?, ?> map) {
      return new TreeMap<>(map).toString();
    }
    return value == null ? null : value.toString();
  }
}
