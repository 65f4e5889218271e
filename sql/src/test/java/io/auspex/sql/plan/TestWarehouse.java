package io.auspex.sql.plan;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.Column;
import io.auspex.catalog.CostConstants;
import io.auspex.catalog.ErrorCode;
import io.auspex.catalog.ModelVersion;
import io.auspex.catalog.Names;
import io.auspex.catalog.Output;
import io.auspex.catalog.Setting;
import io.auspex.catalog.Settings;
import io.auspex.sql.context.PlanningContext;
import io.auspex.sql.context.RemoteTable;
import io.auspex.sql.context.RemoteTables;
import io.auspex.sql.context.TableKeys;
import io.auspex.sql.fragment.Fragment;
import io.auspex.sql.fragment.InlineFunction;
import io.auspex.sql.fragment.PredictStream;
import io.auspex.sql.tree.PhysicalTree;
import io.auspex.udf.domain.Domain.Numbers;
import io.auspex.udf.domain.Domains;
import io.auspex.udf.predict.ModelProfile;
import io.auspex.udf.predict.OutputBound;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.duckdb.DuckDBConnection;

/** DuckDB in memory, with streams as temporary tables that a macro fills. */
final class TestWarehouse implements PlanningContext, AutoCloseable {
  private final Connection connection;
  private final Settings settings = new Settings();
  private List<String> parameterTypes = List.of();
  private List<Object> parameters = List.of();

  TestWarehouse() {
    try {
      connection = (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:");
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
    Models.MACROS.forEach(this::run);
    settings.set(Setting.PREDICT_STRATEGY, "stream");
  }

  /** With 20 flights of five carriers, some unknown, six planes, and a table of odd names. */
  static TestWarehouse ofFlights() {
    TestWarehouse warehouse = new TestWarehouse();
    warehouse.run(
        "CREATE TABLE flights AS SELECT i AS id, ['AA', 'UA', NULL, 'DL'][i % 4 + 1] AS carrier,"
            + " 'P' || (i % 7) AS tail, i * 100 AS distance,"
            + " CASE WHEN i % 5 = 0 THEN NULL ELSE i / 3 END AS delay, i % 12 + 1 AS month,"
            + " DATE '2013-01-01' + i::INTEGER AS day, i % 3 = 0 AS early"
            + " FROM range(1, 21) t(i)");
    warehouse.run(
        "CREATE TABLE planes AS SELECT 'P' || i AS tail, 1990 + i AS year, i * 10 AS seats"
            + " FROM range(0, 6) t(i)");
    warehouse.run(
        "CREATE TABLE \"odd names\" AS SELECT i AS \"sel ect\", i * 1.5 AS \"Größe\","
            + " i AS distance, i AS \"DELAY\" FROM range(3) t(i)");
    warehouse.run("CREATE MACRO place_of(x) AS row_number() OVER (ORDER BY x)");
    return warehouse;
  }

  void parameters(List<String> types, List<Object> values) {
    parameterTypes = types;
    parameters = values;
  }

  void run(String sql) {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException failure) {
      throw new IllegalStateException(sql, failure);
    }
  }

  /** The rows of a query, each value as text; column names first. */
  List<List<String>> texts(String sql, List<Integer> ordinals) {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < ordinals.size(); i++) {
        statement.setObject(i + 1, parameters.get(ordinals.get(i)));
      }
      try (ResultSet result = statement.executeQuery()) {
        return rows(result);
      }
    } catch (SQLException failure) {
      throw new IllegalStateException(sql, failure);
    }
  }

  private static List<List<String>> rows(ResultSet result) throws SQLException {
    int width = result.getMetaData().getColumnCount();
    List<List<String>> rows = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (int i = 1; i <= width; i++) {
      names.add(result.getMetaData().getColumnName(i));
    }
    rows.add(names);
    while (result.next()) {
      List<String> row = new ArrayList<>();
      for (int i = 1; i <= width; i++) {
        row.add(String.valueOf(result.getObject(i)));
      }
      rows.add(row);
    }
    return rows;
  }

  /** What a plan's fragment gives, its streams first. */
  List<List<String>> rows(Fragment fragment) {
    prepare(fragment);
    return texts(fragment.sql(), fragment.parameters());
  }

  private void prepare(Fragment fragment) {
    fragment.functions().forEach(this::register);
    fragment.streams().forEach(this::land);
  }

  /** A macro in place of an inline function, with the notation of its value. */
  private void register(InlineFunction function) {
    String arguments =
        IntStream.range(0, function.features().size())
            .mapToObj(i -> "a" + i)
            .collect(Collectors.joining(", "));
    List<String> values =
        function.outputs().stream()
            .map(
                output ->
                    "predict_"
                        + function.model().model()
                        + '_'
                        + output.column()
                        + '('
                        + arguments
                        + ')')
            .toList();
    String value = values.get(0);
    if (values.size() > 1) {
      String fields =
          values.stream().collect(Collectors.joining(") || ',' || to_json(", "to_json(", ")"));
      value = "CASE WHEN " + value + " IS NOT NULL THEN '(' || " + fields + " || ')' END";
    }
    run(
        "CREATE OR REPLACE MACRO "
            + Names.quote(function.name())
            + "("
            + arguments
            + ") AS "
            + value);
  }

  private void land(PredictStream stream) {
    prepare(stream.input());
    String sql = stream.input().sql();
    for (int i = 0; i < stream.input().parameters().size(); i++) {
      Object value = parameters.get(stream.input().parameters().get(i));
      sql = sql.replace("$" + (i + 1), Names.literal(value.toString()));
    }
    List<String> inputs = names(describe(sql, List.of()));
    List<String> columns = new ArrayList<>();
    for (int i = 0; i < stream.passing(); i++) {
      columns.add(Names.quote(inputs.get(i)));
    }
    String arguments =
        stream.features().stream()
            .map(feature -> Names.quote(inputs.get(feature.column())))
            .collect(Collectors.joining(", "));
    for (int i = 0; i < stream.outputs().size(); i++) {
      Output output = stream.outputs().get(i);
      String name = stream.columns().get(stream.passing() + i).name();
      columns.add(
          "predict_"
              + stream.model().model()
              + '_'
              + output.column()
              + '('
              + arguments
              + ") AS "
              + Names.quote(name));
    }
    run(
        "CREATE OR REPLACE TEMP TABLE "
            + Names.quote(stream.name())
            + " AS SELECT "
            + String.join(", ", columns)
            + " FROM ("
            + sql
            + ")");
  }

  private static List<String> names(List<Column> columns) {
    return columns.stream().map(Column::name).toList();
  }

  @Override
  public List<Column> describe(String sql, List<String> types) {
    try (PreparedStatement statement =
            connection.prepareStatement("DESCRIBE " + bound(sql, types));
        ResultSet result = statement.executeQuery()) {
      List<Column> columns = new ArrayList<>();
      while (result.next()) {
        columns.add(new Column(result.getString(1), result.getString(2)));
      }
      return columns;
    } catch (SQLException failure) {
      throw new AuspexException(ErrorCode.WAREHOUSE, failure.getMessage());
    }
  }

  @Override
  public long rows(String sql, List<String> types) {
    String plan = texts("EXPLAIN (FORMAT JSON) " + bound(sql, types), List.of()).get(1).get(1);
    return PhysicalTree.rows(plan);
  }

  @Override
  public Constant constant(String sql) {
    List<String> value =
        texts("SELECT typeof(x), CAST(x AS VARCHAR) FROM (SELECT " + sql + ") AS t(x)", List.of())
            .get(1);
    return new Constant(value.get(0), value.get(1));
  }

  @Override
  public String parse(String sql) {
    return texts("SELECT json_serialize_sql(" + Names.literal(sql) + ")", List.of()).get(1).get(0);
  }

  @Override
  public String print(String tree) {
    return texts("SELECT json_deserialize_sql(" + Names.literal(tree) + ")", List.of())
        .get(1)
        .get(0);
  }

  private static String bound(String sql, List<String> types) {
    String bound = sql;
    for (int i = 0; i < types.size(); i++) {
      bound = bound.replace("$" + (i + 1), "CAST(NULL AS " + types.get(i) + ")");
    }
    return bound;
  }

  @Override
  public Optional<Table> table(List<String> name) {
    String quoted = name.stream().map(Names::quote).collect(Collectors.joining("."));
    try {
      List<Column> columns = describe("SELECT * FROM " + quoted, List.of());
      String last = name.get(name.size() - 1);
      String database = texts("SELECT current_database()", List.of()).get(1).get(0);
      long rows = Long.parseLong(texts("SELECT count(*) FROM " + quoted, List.of()).get(1).get(0));
      return Optional.of(new Table(List.of(database, "main", last), columns, rows));
    } catch (AuspexException none) {
      return Optional.empty();
    }
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
    String sql =
        "SELECT DISTINCT function_name, function_type, coalesce(stability, '') = 'VOLATILE',"
            + " coalesce(macro_definition, '')"
            + " FROM duckdb_functions() WHERE lower(function_name) = "
            + Names.literal(Names.fold(name));
    return texts(sql, List.of()).stream()
        .skip(1)
        .map(
            row ->
                new FunctionInfo(
                    row.get(0), row.get(1), Boolean.parseBoolean(row.get(2)), row.get(3)))
        .toList();
  }

  @Override
  public ModelVersion model(String name, Optional<String> version) {
    return Models.ALL.stream()
        .filter(model -> model.model().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(() -> new AuspexException(ErrorCode.MODEL_NOT_FOUND, name, ""));
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
  public void close() {
    try {
      connection.close();
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }
}
