package io.auspex.engine.source;

import io.auspex.engine.source.type.PostgresTypes;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** PostgreSQL's catalog. */
final class PostgresTables implements SourceTables.Dictionary {
  private static final String LIST =
      """
      SELECT n.nspname, c.relname, c.relkind IN ('v', 'm')
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition
        AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname !~ '^pg_t'
        AND has_schema_privilege(n.oid, 'USAGE')
      ORDER BY 1, 2""";

  private static final String TABLE =
      """
      SELECT c.oid, c.reltuples
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname = ? AND c.relname = ? AND c.relkind IN ('r', 'p', 'v', 'm', 'f')""";

  /**
   * Domains are followed to what they are over. Types that are not the system's have no name here:
   * they may be called as one of those.
   */
  private static final String COLUMNS =
      """
      WITH RECURSIVE base(attnum, type, modifier, dimensions) AS (
        SELECT attnum, atttypid, atttypmod, attndims::int FROM pg_attribute
        WHERE attrelid = ? AND attnum > 0 AND NOT attisdropped
        UNION ALL
        SELECT b.attnum, t.typbasetype, t.typtypmod, t.typndims
        FROM base b JOIN pg_type t ON t.oid = b.type WHERE t.typtype = 'd'
      ), named AS (
        SELECT b.attnum, b.modifier, b.dimensions,
          CASE WHEN t.typcategory = 'A' AND t.typlen = -1 AND t.typelem <> 0
            THEN '_' || CASE WHEN e.typnamespace = 'pg_catalog'::regnamespace
              THEN e.typname ELSE '' END
            WHEN t.typnamespace = 'pg_catalog'::regnamespace THEN t.typname::text
            ELSE '' END AS type
        FROM base b JOIN pg_type t ON t.oid = b.type LEFT JOIN pg_type e ON e.oid = t.typelem
        WHERE t.typtype <> 'd'
      )
      SELECT a.attname, n.type, n.modifier, n.dimensions, NOT a.attnotnull,
        format_type(a.atttypid, a.atttypmod),
        CASE WHEN o.collname <> 'default' THEN o.collname::text
          WHEN o.collname IS NULL THEN NULL
          ELSE (SELECT CASE WHEN to_jsonb(d) ->> 'datlocprovider' = 'i' THEN 'icu' ELSE
              d.datcollate::text END
            FROM pg_database d WHERE d.datname = current_database()) END
      FROM pg_attribute a JOIN named n USING (attnum)
      LEFT JOIN pg_collation o ON o.oid = a.attcollation
      WHERE a.attrelid = ?
      ORDER BY a.attnum""";

  private static final String KEY =
      """
      SELECT a.attname
      FROM pg_index i, unnest(i.indkey) WITH ORDINALITY k(attnum, place), pg_attribute a
      WHERE i.indrelid = ? AND i.indisprimary AND a.attrelid = i.indrelid AND a.attnum = k.attnum
      ORDER BY k.place""";

  @Override
  public String defaultSchema(Connection connection) throws SQLException {
    return Answers.texts(connection, "SELECT coalesce(current_schema(), 'public')").get(0);
  }

  @Override
  public List<SourceTable.Listed> list(Connection connection) throws SQLException {
    return Answers.tables(connection, LIST);
  }

  @Override
  public Optional<SourceTable> describe(Connection connection, String schema, String table)
      throws SQLException {
    record Found(long id, long estimate) {}

    List<Found> tables =
        Answers.list(
            connection,
            row -> new Found(row.getLong(1), (long) row.getDouble(2)),
            TABLE,
            schema,
            table);
    if (tables.isEmpty()) {
      return Optional.empty();
    }
    long id = tables.get(0).id();
    long estimate = tables.get(0).estimate();
    return Optional.of(
        new SourceTable(
            schema,
            table,
            Answers.list(connection, PostgresTables::column, COLUMNS, id, id),
            estimate < 0 ? OptionalLong.empty() : OptionalLong.of(estimate),
            Answers.texts(connection, KEY, id)));
  }

  private static SourceColumn column(ResultSet row) throws SQLException {
    return new SourceColumn(
        row.getString(1),
        PostgresTypes.of(row.getString(2), row.getInt(3), row.getInt(4)).sql(),
        row.getString(6),
        row.getBoolean(5),
        Optional.ofNullable(row.getString(7)));
  }
}
