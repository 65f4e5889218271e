package io.auspex.engine.source;

import io.auspex.engine.source.type.PostgresTypes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
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
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT coalesce(current_schema(), 'public')")) {
      rows.next();
      return rows.getString(1);
    }
  }

  @Override
  public List<SourceTable.Listed> list(Connection connection) throws SQLException {
    List<SourceTable.Listed> tables = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(LIST)) {
      while (rows.next()) {
        tables.add(
            new SourceTable.Listed(rows.getString(1), rows.getString(2), rows.getBoolean(3)));
      }
    }
    return tables;
  }

  @Override
  public Optional<SourceTable> describe(Connection connection, String schema, String table)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(TABLE)) {
      statement.setString(1, schema);
      statement.setString(2, table);
      try (ResultSet rows = statement.executeQuery()) {
        if (!rows.next()) {
          return Optional.empty();
        }
        long id = rows.getLong(1);
        long estimate = (long) rows.getDouble(2);
        return Optional.of(
            new SourceTable(
                schema,
                table,
                columns(connection, id),
                estimate < 0 ? OptionalLong.empty() : OptionalLong.of(estimate),
                key(connection, id)));
      }
    }
  }

  private static List<SourceColumn> columns(Connection connection, long id) throws SQLException {
    List<SourceColumn> columns = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
      statement.setLong(1, id);
      statement.setLong(2, id);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          String type = PostgresTypes.of(rows.getString(2), rows.getInt(3), rows.getInt(4)).sql();
          columns.add(
              new SourceColumn(
                  rows.getString(1),
                  type,
                  rows.getString(6),
                  rows.getBoolean(5),
                  Optional.ofNullable(rows.getString(7))));
        }
      }
    }
    return columns;
  }

  private static List<String> key(Connection connection, long id) throws SQLException {
    List<String> key = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(KEY)) {
      statement.setLong(1, id);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          key.add(rows.getString(1));
        }
      }
    }
    return key;
  }
}
