package io.auspex.engine;

import io.auspex.catalog.ElementType;
import io.auspex.catalog.Input;
import io.auspex.catalog.Names;
import io.auspex.catalog.Output;
import io.auspex.catalog.Signature;
import io.auspex.udf.onnx.ModelFile;
import io.auspex.udf.predict.PlainSession;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A model with a table {@code observations} for it: of each of its features random values, odd ones
 * and NULLs, and beside them columns that only pass.
 *
 * @param outputs the names of its outputs, which are those of its columns
 */
record ScoredModel(Path file, List<Feature> features, List<String> outputs) {
  private static final String PASSING = "id, mood, big, place, tags";

  /** A column of {@code observations}; the model takes it in {@code input}. */
  private record Feature(String column, Input input) {
    String quoted() {
      return Names.quote(column);
    }
  }

  static ScoredModel of(Path file, User user, int rows) throws SQLException {
    Signature signature = ModelFile.read(file).signature();
    List<Feature> features = new ArrayList<>();
    boolean named = true;
    for (Input input : signature.inputs()) {
      named &= input.width() == 1 || !input.features().isEmpty();
      for (int i = 0; i < input.width(); i++) {
        String column = input.features().isEmpty() ? "f" + i : input.features().get(i);
        features.add(new Feature(input.width() == 1 ? input.name() : column, input));
      }
    }
    List<String> outputs = signature.outputs().stream().map(Output::name).toList();
    ScoredModel model = new ScoredModel(file, features, outputs);
    String clause = named ? "" : " FEATURES (" + model.columns() + ")";
    user.run("CREATE MODEL scored FROM '" + file + "'" + clause, model.table(rows));
    return model;
  }

  private String columns() {
    return features.stream().map(Feature::quoted).collect(Collectors.joining(", "));
  }

  private String table(int rows) {
    StringBuilder sql =
        new StringBuilder(
            """
            CREATE TABLE observations AS SELECT i AS id,
              (['calm', 'wild', NULL])[1 + i % 3]::ENUM ('calm', 'wild') AS mood,
              170141183460469231731687303715884105727::HUGEINT - i AS big,
              {'x': i, 'y': 'é' || i} AS place,
              CASE WHEN i % 7 > 0 THEN range(i % 4) END AS tags""");
    for (int i = 0; i < features.size(); i++) {
      String value = value(features.get(i).input().type(), i);
      sql.append(",\n  ").append(value).append(" AS ").append(features.get(i).quoted());
    }
    return sql.append(" FROM range(" + rows + ") t(i)").toString();
  }

  /** An expression of {@code i}; the same in every run. */
  private static String value(ElementType type, int column) {
    String hash = "(hash(i, " + column + ", 'odd') % 29)";
    String random = "(hash(i, " + column + ") % 200001)::DOUBLE";
    return switch (type) {
      case FLOAT, DOUBLE ->
          switch (column % 4) {
            case 0 -> floating(hash, random, type.sqlType());
            case 1 -> floating(hash, random, "DOUBLE");
            case 2 ->
                "CASE WHEN " + hash + " > 2 THEN (" + random + "/1e4 - 10)::DECIMAL(9, 4) END";
            default -> "CASE WHEN " + hash + " > 2 THEN (" + random + "/1e4 - 10)::INTEGER END";
          };
      case STRING ->
          "(['Delphi', 'Roma', 'basic', 'plus', '', 'Yes', 'No', 'DSL', 'UA', 'é', '日本', '🦆', NULL,"
              + " repeat('long ', 100), 'Two year'])[1 + (hash(i, "
              + column
              + ") % 15)::BIGINT]";
      case BOOL -> "CASE WHEN " + hash + " > 2 THEN " + hash + " % 2 = 0 END";
      default ->
          "(CASE "
              + hash
              + " WHEN 0 THEN NULL ELSE "
              + random
              + " % 100 - 50 END)::"
              + type.sqlType();
    };
  }

  private static String floating(String hash, String random, String type) {
    String odd =
        " WHEN 0 THEN NULL WHEN 1 THEN 'NaN' WHEN 2 THEN 'Infinity' WHEN 3 THEN '-Infinity'"
            + " WHEN 4 THEN -0.0 WHEN 5 THEN 1e-45 WHEN 6 THEN 3.4e38 WHEN 7 THEN -1e30";
    return "(CASE " + hash + odd + " ELSE " + random + " / 1e4 - 10 END)::" + type;
  }

  /** Rows with so large a number that a sum of floats may leave their range, and come back. */
  Set<String> farRows(User user) throws SQLException {
    String isFar =
        features.stream()
            .filter(feature -> feature.input().type().isFloatingPoint())
            .map(Feature::quoted)
            .map(name -> "(abs(" + name + ") > 1e38 AND isfinite(" + name + "::DOUBLE))")
            .collect(Collectors.joining(" OR ", "", ""));
    return isFar.isEmpty()
        ? Set.of()
        : user.query("SELECT id FROM observations WHERE " + isFar).rows().stream()
            .map(row -> row.get(0))
            .collect(Collectors.toSet());
  }

  String tableQuery() {
    String predicted = outputs.stream().map(Names::quote).collect(Collectors.joining(", "));
    return "SELECT "
        + PASSING
        + ", "
        + predicted
        + " FROM PREDICT(MODEL scored, TABLE observations)"
        + " ORDER BY id";
  }

  String scalarQuery() {
    String call = "PREDICT(MODEL scored, " + columns() + ")";
    String predicted =
        outputs.size() == 1
            ? call + " AS p"
            : outputs.stream()
                .map(output -> call + "." + Names.quote(output))
                .collect(Collectors.joining(", "));
    return "SELECT " + PASSING + ", " + predicted + " FROM observations ORDER BY id";
  }

  /** Reads the table for the oracle. */
  Oracle oracle(User user) throws SQLException {
    List<Map<String, List<Object>>> observations = new ArrayList<>();
    Set<Integer> none = new HashSet<>();
    String casts =
        features.stream()
            .map(f -> "CAST(" + f.quoted() + " AS " + f.input().type().sqlType() + ")")
            .collect(Collectors.joining(", "));
    try (Statement statement = user.connection().createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT " + casts + " FROM observations ORDER BY id")) {
      while (rows.next()) {
        Map<String, List<Object>> row = new HashMap<>();
        for (int i = 0; i < features.size(); i++) {
          Input input = features.get(i).input();
          Object value = rows.getObject(i + 1);
          if (value == null && !input.type().isFloatingPoint()) {
            none.add(observations.size());
          }
          row.computeIfAbsent(input.name(), name -> new ArrayList<>())
              .add(value == null ? missing(input.type()) : value);
        }
        observations.add(row);
      }
    }
    return new Oracle(file, outputs, observations, none, new HashMap<>());
  }

  /**
   * What ONNX Runtime gives for the table when it is called directly.
   *
   * @param observations a row's values, by the model's inputs
   * @param none the rows whose prediction is NULL
   */
  record Oracle(
      Path file,
      List<String> outputs,
      List<Map<String, List<Object>>> observations,
      Set<Integer> none,
      Map<Integer, Map<String, List<String>>> known) {

    /** Of each output the texts of its values, computed in batches of so many rows. */
    Map<String, List<String>> ofBatches(int rows) throws Exception {
      if (!known.containsKey(rows)) {
        known.put(rows, compute(rows));
      }
      return known.get(rows);
    }

    private Map<String, List<String>> compute(int batchRows) throws Exception {
      Map<String, List<String>> predictions = new HashMap<>();
      try (PlainSession session = new PlainSession(file)) {
        for (int from = 0; from < observations.size(); from += batchRows) {
          int to = Math.min(from + batchRows, observations.size());
          Map<String, List<Object>> inputs = new HashMap<>();
          for (Map<String, List<Object>> row : observations.subList(from, to)) {
            row.forEach(
                (name, values) ->
                    inputs.computeIfAbsent(name, added -> new ArrayList<>()).addAll(values));
          }
          session
              .run(inputs, to - from)
              .forEach(
                  (name, texts) ->
                      predictions.computeIfAbsent(name, added -> new ArrayList<>()).addAll(texts));
        }
      }
      predictions.values().forEach(texts -> none.forEach(row -> texts.set(row, null)));
      return predictions;
    }
  }

  private static Object missing(ElementType type) {
    return switch (type) {
      case FLOAT, DOUBLE -> Double.NaN;
      case STRING -> "";
      case BOOL -> false;
      default -> 0L;
    };
  }
}
