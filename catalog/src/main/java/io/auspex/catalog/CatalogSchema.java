package io.auspex.catalog;

import java.util.List;

/** The catalog's own tables, and the view {@code auspex.models} that users read. */
final class CatalogSchema {
  private static final int FORMAT = 6;

  /**
   * The view names its tables without the database: DuckDB binds them in the view's own, also after
   * the warehouse's file was renamed.
   */
  private static final String MODELS =
      """
      SELECT model.name,
             version.version,
             version.version = model.default_version AS is_default,
             coalesce((SELECT list(alias ORDER BY alias) FROM auspex.model_alias aliased
                       WHERE aliased.model_id = model.model_id
                         AND aliased.version = version.version), []) AS aliases,
             version.comment,
             (SELECT string_agg(CASE WHEN len(features) = 0 THEN input.name || ' ' || column_type
                                     ELSE array_to_string(list_transform(features,
                                            lambda feature: feature || ' ' || column_type), ', ')
                                END, ', ' ORDER BY ordinal)
              FROM auspex.model_input input
              WHERE input.model_id = model.model_id AND input.version = version.version) AS inputs,
             (SELECT string_agg(column_name || ' ' || column_type, ', ' ORDER BY ordinal)
              FROM auspex.model_output output
              WHERE output.model_id = model.model_id AND output.version = version.version) AS outputs,
             version.digest, version.bytes, version.created_at, version.opset, version.producer
      FROM auspex.model model
      JOIN auspex.model_version version ON version.model_id = model.model_id
      """;

  private static final String MODEL_DATA =
      "model_data (model_id BIGINT, version INTEGER, digest VARCHAR)";

  private static final String SOURCE =
      "source (name VARCHAR, folded VARCHAR, url VARCHAR, user_name VARCHAR, secret_kind VARCHAR,"
          + " secret VARCHAR, option_keys VARCHAR[], option_values VARCHAR[])";
  private static final String CALIBRATION =
      "calibration (machine VARCHAR, constant VARCHAR, nanos DOUBLE, measured_at TIMESTAMPTZ)";

  private static final List<String> TABLES =
      List.of(
          "revision (format INTEGER, changes BIGINT)",
          "model (model_id BIGINT, name VARCHAR, folded VARCHAR, default_version INTEGER,"
              + " last_version INTEGER)",
          "model_version (model_id BIGINT, version INTEGER, digest VARCHAR, bytes BIGINT,"
              + " opset BIGINT, producer VARCHAR, comment VARCHAR, created_at TIMESTAMPTZ,"
              + " batch_rows BIGINT)",
          "model_input (model_id BIGINT, version INTEGER, ordinal INTEGER, name VARCHAR,"
              + " type VARCHAR, shape BIGINT[], features VARCHAR[], column_type VARCHAR, axis INTEGER)",
          "model_output (model_id BIGINT, version INTEGER, ordinal INTEGER, name VARCHAR,"
              + " column_name VARCHAR, type VARCHAR, shape BIGINT[], key_type VARCHAR,"
              + " column_type VARCHAR, axis INTEGER)",
          "model_option (model_id BIGINT, version INTEGER, key VARCHAR, value VARCHAR)",
          MODEL_DATA,
          "model_alias (model_id BIGINT, alias VARCHAR, folded VARCHAR, version INTEGER)",
          "predict_view (id VARCHAR, database_name VARCHAR, schema_name VARCHAR, name VARCHAR,"
              + " columns VARCHAR[], sql VARCHAR)",
          SOURCE,
          CALIBRATION);

  private final Sql sql;
  private final String database;

  CatalogSchema(Sql sql, String database) {
    this.sql = sql;
    this.database = database;
  }

  boolean exists() {
    return !sql.query(
            row -> row.getString(1),
            "SELECT table_name FROM duckdb_tables() WHERE database_name = ?"
                + " AND schema_name = 'auspex' AND table_name = 'revision'",
            database)
        .isEmpty();
  }

  /** Creates what is not there, in the caller's transaction. */
  void create() {
    String schema = Names.quote(database) + ".auspex";
    sql.run("CREATE SCHEMA IF NOT EXISTS " + schema);
    TABLES.forEach(table -> sql.run("CREATE TABLE IF NOT EXISTS auspex." + table));
    sql.run(
        "INSERT INTO auspex.revision SELECT ?, 0 WHERE NOT EXISTS (FROM auspex.revision)", FORMAT);
    sql.runAsWritten("CREATE VIEW IF NOT EXISTS " + schema + ".models AS " + MODELS);
  }

  /**
   * Whether an earlier Auspex laid out the tables.
   *
   * @throws AuspexException WAREHOUSE_UNREADABLE where a later one did
   */
  boolean isOld() {
    int found =
        sql.first(row -> row.getInt(1), "SELECT max(format) FROM auspex.revision").orElse(0);
    if (found > FORMAT) {
      throw new AuspexException(
          ErrorCode.WAREHOUSE_UNREADABLE,
          database,
          "a newer Auspex wrote it (catalog format " + found + ", this one knows " + FORMAT + ").");
    }
    return found < FORMAT;
  }

  /** The error of a warehouse that can only be read, and would have to be brought up to date. */
  AuspexException isTooOld() {
    return new AuspexException(
        ErrorCode.WAREHOUSE_UNREADABLE,
        database,
        "an older Auspex wrote it. Open it once for writing.");
  }

  /** Brings the tables up to date, in the caller's transaction. */
  void upgrade() {
    sql.run(
        "ALTER TABLE auspex.model_version ADD COLUMN IF NOT EXISTS batch_rows BIGINT DEFAULT "
            + Batching.ANY.rows());
    for (String table : List.of("model_input", "model_output")) {
      sql.run("ALTER TABLE auspex." + table + " ADD COLUMN IF NOT EXISTS axis INTEGER DEFAULT 0");
    }
    sql.run("CREATE TABLE IF NOT EXISTS auspex." + MODEL_DATA);
    sql.run("CREATE TABLE IF NOT EXISTS auspex." + SOURCE);
    sql.run("CREATE TABLE IF NOT EXISTS auspex." + CALIBRATION);
    sql.run("UPDATE auspex.revision SET format = ?", FORMAT);
  }
}
