package io.auspex.engine.source.write;

import io.auspex.engine.source.Answers;
import io.auspex.engine.source.SourceSystem;
import io.auspex.engine.source.write.PostgresKept.Comment;
import io.auspex.engine.source.write.PostgresKept.Grant;
import io.auspex.engine.source.write.PostgresKept.Part;
import io.auspex.engine.source.write.PostgresKept.Reference;
import io.auspex.engine.source.write.PostgresKept.Sequence;
import io.auspex.engine.source.write.PostgresKept.View;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Questions to PostgreSQL's catalogs about one table. The search path must be empty.
 *
 * @param columns those the table will have: what needs others is left out
 */
record PostgresCatalog(Connection connection, long table, Set<String> columns) {
  /** The names of the columns that an array of numbers means. */
  private static final String NAMES_OF =
      "ARRAY(SELECT a.attname::text FROM pg_catalog.pg_attribute a WHERE a.attrelid = %s"
          + " AND a.attnum = ANY (%s))";

  private static String quote(String name) {
    return SourceSystem.POSTGRESQL.quote(name);
  }

  private <T> List<T> list(Answers.Row<T> row, String sql) throws SQLException {
    List<T> read = new ArrayList<>(Statements.list(connection, row, sql, table));
    read.removeIf(part -> part == null);
    return read;
  }

  private boolean areKept(ResultSet row, String column) throws SQLException {
    return columns.containsAll(List.of((String[]) row.getArray(column).getArray()));
  }

  String owner() throws SQLException {
    return quote(
        list(
                row -> row.getString(1),
                "SELECT pg_catalog.pg_get_userbyid(relowner) FROM pg_catalog.pg_class"
                    + " WHERE oid = ?")
            .get(0));
  }

  /** Whether somebody else owns it. */
  boolean isOthers() throws SQLException {
    return list(
            row -> row.getBoolean(1),
            "SELECT pg_catalog.pg_get_userbyid(relowner) <> current_user"
                + " FROM pg_catalog.pg_class WHERE oid = ?")
        .get(0);
  }

  List<Part> constraints() throws SQLException {
    return list(
        row ->
            areKept(row, "names")
                ? new Part(
                    switch (row.getString("contype")) {
                      case "p" -> Part.Kind.PRIMARY_KEY;
                      case "u", "x" -> Part.Kind.CONSTRAINT_WITH_INDEX;
                      case "f" ->
                          row.getBoolean("is_own")
                              ? Part.Kind.SELF_REFERENCE
                              : Part.Kind.CONSTRAINT;
                      default -> Part.Kind.CONSTRAINT;
                    },
                    row.getString("name"),
                    row.getString("definition"))
                : null,
        "SELECT c.contype, c.conrelid = c.confrelid AS is_own,"
            + " pg_catalog.quote_ident(c.conname) AS name,"
            + " pg_catalog.pg_get_constraintdef(c.oid) AS definition, "
            + NAMES_OF.formatted("c.conrelid", "c.conkey")
            + " AS names FROM pg_catalog.pg_constraint c WHERE c.conrelid = ?"
            + " AND c.contype IN ('p', 'u', 'x', 'c', 'f')"
            + " ORDER BY pg_catalog.strpos('puxcf', c.contype::text), c.conname");
  }

  /** Indexes that are no constraint's. */
  List<Part> indexes() throws SQLException {
    return list(
        row -> {
          String head = row.getString("head");
          String definition = row.getString("definition");
          if (!areKept(row, "names") || !definition.startsWith(head)) {
            return null;
          }
          return new Part(
              row.getBoolean("indisunique") ? Part.Kind.UNIQUE_INDEX : Part.Kind.INDEX,
              row.getString("name"),
              definition.substring(head.length()));
        },
        """
        SELECT i.indisunique, q.name, pg_catalog.pg_get_indexdef(i.indexrelid) AS definition,
               'CREATE ' || CASE WHEN i.indisunique THEN 'UNIQUE ' ELSE '' END || 'INDEX '
                 || q.name || ' ON ' || pg_catalog.quote_ident(n.nspname) || '.'
                 || pg_catalog.quote_ident(t.relname) || ' ' AS head,
               ARRAY(SELECT a.attname::text
                     FROM pg_catalog.pg_depend d JOIN pg_catalog.pg_attribute a
                       ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
                     WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
                       AND d.objid = i.indexrelid AND d.refobjid = i.indrelid
                       AND d.refobjsubid > 0) AS names
        FROM pg_catalog.pg_index i
        JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
        JOIN pg_catalog.pg_class t ON t.oid = i.indrelid
        JOIN pg_catalog.pg_namespace n ON n.oid = t.relnamespace
        CROSS JOIN LATERAL (SELECT pg_catalog.quote_ident(x.relname) AS name) q
        WHERE i.indrelid = ? AND i.indisvalid AND NOT EXISTS (
          SELECT 1 FROM pg_catalog.pg_constraint c
          WHERE c.conindid = i.indexrelid AND c.contype IN ('p', 'u', 'x'))
        ORDER BY NOT i.indisunique, q.name
        """);
  }

  /** What follows {@code ALTER TABLE t}: NOT NULL, defaults. */
  List<String> columnChanges() throws SQLException {
    List<String> changes = new ArrayList<>();
    list(
            row -> {
              String name = row.getString("attname");
              String change = "ALTER COLUMN " + quote(name) + " ";
              if (!columns.contains(name)) {
                return List.<String>of();
              }
              List<String> ofColumn = new ArrayList<>();
              if (row.getBoolean("attnotnull")) {
                ofColumn.add(change + "SET NOT NULL");
              }
              String initial = row.getString("initial");
              if (initial != null) {
                ofColumn.add(change + "SET DEFAULT " + initial);
              }
              return ofColumn;
            },
            """
            SELECT a.attname, a.attnotnull,
                   CASE WHEN a.attgenerated = '' THEN
                     pg_catalog.pg_get_expr(d.adbin, d.adrelid) END AS initial
            FROM pg_catalog.pg_attribute a LEFT JOIN pg_catalog.pg_attrdef d
              ON d.adrelid = a.attrelid AND d.adnum = a.attnum
            WHERE a.attrelid = ? AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum
            """)
        .forEach(changes::addAll);
    return changes;
  }

  /** What follows {@code ALTER TABLE t}; it changes with each row that others insert. */
  List<String> identities() throws SQLException {
    return list(
        row ->
            columns.contains(row.getString("attname"))
                ? "ALTER COLUMN %s ADD GENERATED %s AS IDENTITY (START WITH %d)"
                    .formatted(
                        quote(row.getString("attname")),
                        row.getString("attidentity").equals("a") ? "ALWAYS" : "BY DEFAULT",
                        next(row.getString("identity_sequence")))
                : null,
        """
        SELECT attname, attidentity, pg_catalog.pg_get_serial_sequence(
                 attrelid::pg_catalog.regclass::text, attname) AS identity_sequence
        FROM pg_catalog.pg_attribute
        WHERE attrelid = ? AND attnum > 0 AND NOT attisdropped AND attidentity <> ''
        """);
  }

  private long next(String sequence) throws SQLException {
    return Statements.list(
            connection,
            row -> row.getLong(1),
            "SELECT last_value + CASE WHEN is_called THEN 1 ELSE 0 END FROM " + sequence)
        .get(0);
  }

  List<String> options() throws SQLException {
    return list(
        row -> row.getString(1),
        "SELECT unnest(reloptions) FROM pg_catalog.pg_class WHERE oid = ?");
  }

  List<Grant> grants() throws SQLException {
    List<Grant> grants =
        list(
            row -> grant(row, Optional.empty()),
            "SELECT a.privilege_type, a.is_grantable, "
                + "CASE a.grantee WHEN 0 THEN 'PUBLIC'"
                + " ELSE pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(a.grantee)) END AS to_whom"
                + " FROM pg_catalog.pg_class c, LATERAL pg_catalog.aclexplode(c.relacl) a"
                + " WHERE c.oid = ? ORDER BY 3, 1");
    grants.addAll(
        list(
            row -> {
              String column = row.getString("attname");
              return columns.contains(column) ? grant(row, Optional.of(quote(column))) : null;
            },
            "SELECT a.privilege_type, a.is_grantable, t.attname, "
                + "CASE a.grantee WHEN 0 THEN 'PUBLIC'"
                + " ELSE pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(a.grantee)) END AS to_whom"
                + " FROM pg_catalog.pg_attribute t, LATERAL pg_catalog.aclexplode(t.attacl) a"
                + " WHERE t.attrelid = ? AND NOT t.attisdropped ORDER BY t.attnum, 4, 1"));
    return grants;
  }

  private static Grant grant(ResultSet row, Optional<String> column) throws SQLException {
    return new Grant(
        row.getString("privilege_type"),
        column,
        row.getString("to_whom"),
        row.getBoolean("is_grantable"));
  }

  List<Comment> comments() throws SQLException {
    return list(
        row -> {
          String column = row.getString("attname");
          if (column != null && !columns.contains(column)) {
            return null;
          }
          return new Comment(
              Optional.ofNullable(column).map(PostgresCatalog::quote), row.getString("text"));
        },
        "SELECT a.attname, pg_catalog.quote_literal(d.description) AS text"
            + " FROM pg_catalog.pg_description d LEFT JOIN pg_catalog.pg_attribute a"
            + " ON d.objsubid > 0 AND a.attrelid = d.objoid AND a.attnum = d.objsubid"
            + " WHERE d.classoid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objoid = ?"
            + " ORDER BY d.objsubid");
  }

  /** Those of serial columns; an identity's own goes with its column. */
  List<Sequence> sequences() throws SQLException {
    return list(
        row ->
            columns.contains(row.getString("attname"))
                ? new Sequence(row.getString("name"), quote(row.getString("attname")))
                : null,
        "SELECT d.objid::pg_catalog.regclass::text AS name, a.attname"
            + " FROM pg_catalog.pg_depend d JOIN pg_catalog.pg_class s"
            + " ON s.oid = d.objid AND s.relkind = 'S'"
            + " JOIN pg_catalog.pg_attribute a ON a.attrelid = d.refobjid"
            + " AND a.attnum = d.refobjsubid"
            + " WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass"
            + " AND d.refobjid = ? AND d.deptype = 'a'");
  }

  List<String> triggers() throws SQLException {
    return list(
        row -> row.getString(1),
        "SELECT pg_catalog.pg_get_triggerdef(oid) FROM pg_catalog.pg_trigger"
            + " WHERE tgrelid = ? AND NOT tgisinternal ORDER BY tgname");
  }

  List<View> views() throws SQLException {
    return list(
        row ->
            new View(
                row.getString("name"),
                row.getString("options"),
                // The semicolon goes, since a check option may follow.
                row.getString("definition").strip().replaceFirst(";$", "")),
        """
        SELECT DISTINCT v.oid::pg_catalog.regclass::text AS name,
               pg_catalog.array_to_string(v.reloptions, ', ') AS options,
               pg_catalog.pg_get_viewdef(v.oid) AS definition
        FROM pg_catalog.pg_depend d
        JOIN pg_catalog.pg_rewrite r ON r.oid = d.objid
        JOIN pg_catalog.pg_class v ON v.oid = r.ev_class
        WHERE d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass
          AND d.refobjid = ? AND v.relkind = 'v' ORDER BY 1
        """);
  }

  /** Foreign keys of other tables; where the columns they refer to go, they cannot be kept. */
  List<Reference> references() throws SQLException {
    return list(
        row ->
            new Reference(
                row.getString("referring"), row.getString("name"), row.getString("definition")),
        "SELECT conrelid::pg_catalog.regclass::text AS referring,"
            + " pg_catalog.quote_ident(conname) AS name,"
            + " pg_catalog.pg_get_constraintdef(oid) AS definition"
            + " FROM pg_catalog.pg_constraint WHERE confrelid = ? AND contype = 'f'"
            + " AND conrelid <> confrelid AND conparentid = 0 ORDER BY 1, 2");
  }
}
