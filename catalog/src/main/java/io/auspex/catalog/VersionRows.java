package io.auspex.catalog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Writes and reads the rows that make up one version of a model. */
final class VersionRows {
  private static final List<String> TABLES =
      List.of(
          "model_version",
          "model_input",
          "model_output",
          "model_option",
          "model_data",
          "model_alias");

  private final Sql sql;

  VersionRows(Sql sql) {
    this.sql = sql;
  }

  void insert(long modelId, int version, Registration registration, Instant createdAt) {
    sql.run(
        "INSERT INTO auspex.model_version VALUES (?, ?, ?, ?, ?, ?, nullif(?, ''), ?, ?)",
        modelId,
        version,
        registration.digest(),
        registration.bytes(),
        registration.opset(),
        registration.producer(),
        registration.comment(),
        createdAt.atOffset(ZoneOffset.UTC),
        registration.signature().batching().rows());
    registration
        .data()
        .forEach(
            digest ->
                sql.run(
                    "INSERT INTO auspex.model_data VALUES (?, ?, ?)", modelId, version, digest));
    insertInputs(modelId, version, registration.signature().inputs());
    insertOutputs(modelId, version, registration.signature().outputs());
    registration
        .options()
        .values()
        .forEach(
            (key, value) ->
                sql.run(
                    "INSERT INTO auspex.model_option VALUES (?, ?, ?, ?)",
                    modelId,
                    version,
                    key,
                    value));
  }

  private void insertInputs(long modelId, int version, List<Input> inputs) {
    for (int i = 0; i < inputs.size(); i++) {
      Input input = inputs.get(i);
      sql.run(
          "INSERT INTO auspex.model_input VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
          modelId,
          version,
          i,
          input.name(),
          input.type().name(),
          input.shape(),
          input.features(),
          input.columnType(),
          input.axis());
    }
  }

  private void insertOutputs(long modelId, int version, List<Output> outputs) {
    for (int i = 0; i < outputs.size(); i++) {
      Output output = outputs.get(i);
      sql.run(
          "INSERT INTO auspex.model_output VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
          modelId,
          version,
          i,
          output.name(),
          output.column(),
          output.type().name(),
          output.shape(),
          output.keyType().map(ElementType::name).orElse(null),
          output.sqlType(),
          output.axis());
    }
  }

  Optional<ModelVersion> read(long modelId, int version) {
    return sql
        .ask(
            row ->
                version(
                    row,
                    data(modelId, version),
                    signature(row, modelId, version),
                    options(modelId, version)),
            "SELECT model.name, version.* FROM auspex.model_version version"
                + " JOIN auspex.model model ON model.model_id = version.model_id"
                + " WHERE version.model_id = ? AND version.version = ?",
            modelId,
            version)
        .stream()
        .findFirst();
  }

  private static ModelVersion version(
      ResultSet row, List<String> data, Signature signature, ModelOptions options)
      throws SQLException {
    String comment = row.getString("comment");
    return new ModelVersion(
        row.getString("name"),
        row.getInt("version"),
        row.getString("digest"),
        data,
        row.getLong("bytes"),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getLong("opset"),
        row.getString("producer"),
        comment == null ? "" : comment,
        signature,
        options);
  }

  private List<String> data(long modelId, int version) {
    return sql.ask(
        row -> row.getString(1),
        "SELECT digest FROM auspex.model_data WHERE model_id = ? AND version = ? ORDER BY digest",
        modelId,
        version);
  }

  private Signature signature(ResultSet row, long modelId, int version) throws SQLException {
    Batching batching = new Batching(row.getLong("batch_rows"));
    List<Input> inputs =
        sql.ask(
            VersionRows::input,
            "SELECT * FROM auspex.model_input WHERE model_id = ? AND version = ? ORDER BY ordinal",
            modelId,
            version);
    List<Output> outputs =
        sql.ask(
            VersionRows::output,
            "SELECT * FROM auspex.model_output WHERE model_id = ? AND version = ? ORDER BY ordinal",
            modelId,
            version);
    return new Signature(inputs, outputs, batching);
  }

  private static Input input(ResultSet row) throws SQLException {
    return new Input(
        row.getString("name"),
        ElementType.valueOf(row.getString("type")),
        Sql.list(Long.class, row.getArray("shape")),
        Sql.list(String.class, row.getArray("features")),
        row.getInt("axis"));
  }

  private static Output output(ResultSet row) throws SQLException {
    return new Output(
        row.getString("name"),
        row.getString("column_name"),
        ElementType.valueOf(row.getString("type")),
        Sql.list(Long.class, row.getArray("shape")),
        Optional.ofNullable(row.getString("key_type")).map(ElementType::valueOf),
        row.getInt("axis"));
  }

  private ModelOptions options(long modelId, int version) {
    return new ModelOptions(
        sql
            .ask(
                row -> Map.entry(row.getString("key"), row.getString("value")),
                "SELECT key, value FROM auspex.model_option WHERE model_id = ? AND version = ?",
                modelId,
                version)
            .stream()
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  void delete(long modelId, int version) {
    for (String table : TABLES) {
      sql.run(
          "DELETE FROM auspex." + table + " WHERE model_id = ? AND version = ?", modelId, version);
    }
  }

  void deleteAll(long modelId) {
    TABLES.forEach(
        table -> sql.run("DELETE FROM auspex." + table + " WHERE model_id = ?", modelId));
  }
}
