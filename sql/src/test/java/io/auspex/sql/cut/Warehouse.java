package io.auspex.sql.cut;

import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.Column;
import io.auspex.catalog.CostConstants;
import io.auspex.catalog.ElementType;
import io.auspex.catalog.ErrorCode;
import io.auspex.catalog.Input;
import io.auspex.catalog.ModelOptions;
import io.auspex.catalog.ModelVersion;
import io.auspex.catalog.Names;
import io.auspex.catalog.Output;
import io.auspex.catalog.Settings;
import io.auspex.catalog.Signature;
import io.auspex.sql.context.PlanningContext;
import io.auspex.sql.context.RemoteTable;
import io.auspex.sql.context.RemoteTables;
import io.auspex.sql.context.TableKeys;
import io.auspex.sql.fragment.Fragment;
import io.auspex.sql.fragment.InlineFunction;
import io.auspex.sql.fragment.PredictStream;
import io.auspex.udf.domain.Domain.Numbers;
import io.auspex.udf.domain.Domains;
import io.auspex.udf.predict.ModelProfile;
import io.auspex.udf.predict.OutputBound;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A DuckDB in which plans are run, with models that add up their features: {@code m} (a, b →
 * score), {@code clf} (a, b → label, probability) and {@code words} (s, a → score, the length of s
 * and a).
 */
final class Warehouse implements PlanningContext, AutoCloseable {
  private final Connection connection;
  private final Settings settings = new Settings();
  private final List<String> parameterTypes = new ArrayList<>();
  private final List<String> parameterValues = new ArrayList<>();

  Warehouse() throws SQLException {
    connection = DriverManager.getConnection("jdbc:duckdb:");
  }

  void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  void parameter(String type, String value) {
    parameterTypes.add(type);
    parameterValues.add(value);
  }

  @Override
  public List<Optional<Range>> ranges(List<String> table, List<String> columns) {
    return Collections.nCopies(columns.size(), Optional.empty());
  }

  @Override
  public Sample sample(String sql, List<String> types, int most) {
    return new Sample(0, 0);
  }

  @Override
  public Map<ModelProfile.Slot, Numbers> necessary(
      ModelVersion model, List<Output> outputs, OutputBound bound) {
    return Map.of();
  }

  @Override
  public ModelProfile profile(ModelVersion model, List<Output> outputs, Domains domains) {
    return ModelProfile.opaque(false, 0);
  }

  @Override
  public CostConstants costs() {
    return CostConstants.STANDARD;
  }

  @Override
  public Settings settings() {
    return settings;
  }

  @Override
  public boolean ordersByDefault() {
    return true;
  }

  @Override
  public Optional<Constant> parameter(int ordinal) {
    return Optional.empty();
  }

  @Override
  public List<String> parameterTypes() {
    return parameterTypes;
  }

  @Override
  public List<Column> describe(String sql, List<String> types) {
    String bound = sql;
    for (int k = types.size(); k > 0; k--) {
      bound = bound.replace("$" + k, "CAST(NULL AS " + types.get(k - 1) + ")");
    }
    List<Column> columns = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("DESCRIBE " + bound)) {
      while (rows.next()) {
        columns.add(new Column(rows.getString(1), rows.getString(2)));
      }
    } catch (SQLException e) {
      throw new AuspexException(ErrorCode.WAREHOUSE, e.getMessage()).causedBy(e);
    }
    return columns;
  }

  @Override
  public long rows(String sql, List<String> types) {
    throw new UnsupportedOperationException("only the cut is tried on this warehouse");
  }

  @Override
  public Constant constant(String sql) {
    throw new UnsupportedOperationException("only the cut is tried on this warehouse");
  }

  @Override
  public String parse(String sql) {
    throw new UnsupportedOperationException("only the cut is tried on this warehouse");
  }

  @Override
  public String print(String tree) {
    throw new UnsupportedOperationException("only the cut is tried on this warehouse");
  }

  @Override
  public Optional<Table> table(List<String> name) {
    return Optional.empty();
  }

  @Override
  public RemoteTable remoteTable(List<String> name) {
    return RemoteTables.named(name);
  }

  @Override
  public TableKeys keys(List<String> name) {
    return TableKeys.NONE;
  }

  @Override
  public List<FunctionInfo> functions(String name) {
    boolean random = name.equalsIgnoreCase("random");
    return random ? List.of(new FunctionInfo("random", "scalar", true, "")) : List.of();
  }

  @Override
  public ModelVersion model(String name, Optional<String> version) {
    if (version.isPresent() && !version.get().equals("3")) {
      throw new AuspexException(ErrorCode.VERSION_NOT_FOUND, name, version.get(), "1 and 3");
    }
    Input pair = new Input("x", ElementType.FLOAT, List.of(-1L, 2L), List.of("a", "b"));
    Output score = output("score", ElementType.FLOAT, List.of(-1L, 1L));
    Output label = output("label", ElementType.STRING, List.of(-1L));
    Output probability = output("probability", ElementType.FLOAT, List.of(-1L, 2L));
    Signature signature =
        switch (Names.fold(name)) {
          case "m" -> new Signature(List.of(pair), List.of(score));
          case "clf" -> new Signature(List.of(pair), List.of(label, probability));
          case "words" ->
              new Signature(
                  List.of(
                      new Input("s", ElementType.STRING, List.of(-1L, 1L), List.of("s")),
                      new Input("a", ElementType.FLOAT, List.of(-1L, 1L), List.of("a"))),
                  List.of(score));
          default -> throw new AuspexException(ErrorCode.MODEL_NOT_FOUND, name, "");
        };
    String digest = (Integer.toHexString(name.hashCode()) + "0".repeat(64)).substring(0, 64);
    return new ModelVersion(
        Names.fold(name),
        3,
        digest,
        List.of(),
        1,
        Instant.EPOCH,
        17,
        "test",
        "",
        signature,
        ModelOptions.NONE);
  }

  private static Output output(String name, ElementType type, List<Long> shape) {
    return new Output(name, name, type, shape, Optional.empty());
  }

  /** The rows of a plan's root, its streams computed first, one row a line. */
  List<String> run(Fragment root) throws SQLException {
    prepare(root, new HashSet<>());
    for (PredictStream stream : root.streams()) {
      if (!stream.landed()) {
        assertThat(scans(bound(root), stream.name())).as(root.sql()).isLessThan(2);
      }
    }
    return rows(bound(root));
  }

  private int scans(String sql, String stream) throws SQLException {
    String plan = String.join("\n", rows("EXPLAIN " + sql));
    return (plan + " ").split("\\b" + stream + "\\b", -1).length - 1;
  }

  List<String> rows(String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int k = 1; k <= columns; k++) {
          row.add(result.getString(k));
        }
        rows.add(String.join("|", row));
      }
    }
    return rows;
  }

  private void prepare(Fragment fragment, Set<String> seen) throws SQLException {
    for (InlineFunction function : fragment.functions()) {
      execute(macro(function));
    }
    for (PredictStream stream : fragment.streams()) {
      assertThat(seen.add(stream.name())).as("one consumer").isTrue();
      prepare(stream.input(), seen);
      String input = stream.name() + "_in";
      execute("CREATE TEMP TABLE \"" + input + "\" AS " + bound(stream.input()));
      List<String> columns = rows("SELECT column_name FROM (DESCRIBE \"" + input + "\")");
      execute(
          "CREATE TEMP TABLE \"" + stream.name() + "\" AS " + predicted(stream, input, columns));
    }
  }

  private static String predicted(PredictStream stream, String input, List<String> columns) {
    List<String> features =
        stream.features().stream().map(f -> Names.quote(columns.get(f.column()))).toList();
    List<String> select = new ArrayList<>();
    for (int k = 0; k < stream.passing(); k++) {
      assertThat(columns.get(k)).isEqualTo(stream.columns().get(k).name());
      select.add(Names.quote(columns.get(k)));
    }
    for (int k = 0; k < stream.outputs().size(); k++) {
      Column column = stream.columns().get(stream.passing() + k);
      select.add(value(stream.outputs().get(k), features) + " AS " + Names.quote(column.name()));
    }
    return "SELECT " + String.join(", ", select) + " FROM \"" + input + "\"";
  }

  private static String value(Output output, List<String> features) {
    String sum =
        features.stream()
            .map(
                f ->
                    "CASE WHEN typeof("
                        + f
                        + ") = 'VARCHAR' THEN len(CAST("
                        + f
                        + " AS VARCHAR)) ELSE TRY_CAST("
                        + f
                        + " AS FLOAT) END")
            .collect(Collectors.joining(" + "));
    return switch (output.column()) {
      case "label" -> "'L' || CAST(" + sum + " AS INTEGER)";
      case "probability" -> "CAST([" + sum + ", 0] AS FLOAT[2])";
      default -> "CAST(" + sum + " AS FLOAT)";
    };
  }

  private static String macro(InlineFunction function) {
    List<String> names =
        IntStream.range(0, function.features().size()).mapToObj(k -> "p" + k).toList();
    List<Output> outputs = function.outputs();
    String body =
        outputs.size() == 1 && outputs.get(0).isScalar()
            ? value(outputs.get(0), names)
            : outputs.stream()
                .map(output -> Names.literal(output.column()) + ": " + value(output, names))
                .collect(Collectors.joining(", ", "CAST({", "} AS VARCHAR)"));
    return "CREATE OR REPLACE MACRO "
        + Names.quote(function.name())
        + "("
        + String.join(", ", names)
        + ") AS "
        + body;
  }

  private String bound(Fragment fragment) {
    String sql = fragment.sql();
    for (int k = fragment.parameters().size(); k > 0; k--) {
      sql = sql.replace("$" + k, parameterValues.get(fragment.parameters().get(k - 1)));
    }
    return sql;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
