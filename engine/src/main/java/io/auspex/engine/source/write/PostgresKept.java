package io.auspex.engine.source.write;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What others have made of a table of PostgreSQL, and what the one that replaces it is to have.
 * Read from its catalogs, in the words of its own {@code pg_get_…def} functions; names in them are
 * whole where the search path is empty.
 *
 * @param number the table's, by which it is known to be the same one later
 * @param owner quoted
 * @param parts constraints and indexes, those first that others need
 * @param comments statements with a hole for the table's name
 */
record PostgresKept(
    long number,
    String owner,
    boolean isOthers,
    List<Part> parts,
    List<String> columnChanges,
    List<String> options,
    List<Grant> grants,
    List<Comment> comments,
    List<Sequence> sequences,
    List<String> triggers,
    List<View> views,
    List<Reference> references) {

  /**
   * A constraint or an index.
   *
   * @param name quoted
   * @param definition what stands behind {@code ADD CONSTRAINT name}, or behind the table's name in
   *     {@code CREATE INDEX}
   */
  record Part(Kind kind, String name, String definition) {
    enum Kind {
      PRIMARY_KEY,
      CONSTRAINT_WITH_INDEX,
      UNIQUE_INDEX,
      INDEX,
      CONSTRAINT,
      /** A foreign key to the table itself: it can be made only under its own name. */
      SELF_REFERENCE
    }
  }

  /** A right, on the table or one of its columns. */
  record Grant(String right, Optional<String> column, String grantee, boolean isGrantable) {}

  /** What is said of the table or one of its columns; a literal. */
  record Comment(Optional<String> column, String text) {}

  /** A sequence that a column owns. */
  record Sequence(String name, String column) {}

  /** A view that reads the table: it is made again over the new one, and keeps its own rights. */
  record View(String name, String options, String definition) {}

  /** A foreign key of another table that refers to this one. */
  record Reference(String table, String name, String definition) {}

  /** The table's number; empty where there is no such table. */
  static Optional<Long> number(Connection connection, String schema, String table)
      throws SQLException {
    return Statements.list(
            connection,
            row -> row.getLong(1),
            "SELECT c.oid FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n"
                + " ON n.oid = c.relnamespace WHERE n.nspname = ? AND c.relname = ?",
            schema,
            table)
        .stream()
        .findFirst();
  }

  /**
   * Reads what is to be kept.
   *
   * @param columns the new table's; what is of others goes with them
   * @param declaresKey whether the statement names a primary key itself
   */
  static PostgresKept read(
      Connection connection, long number, List<String> columns, boolean declaresKey)
      throws SQLException {
    PostgresCatalog catalog = new PostgresCatalog(connection, number, new HashSet<>(columns));
    List<Part> parts = new ArrayList<>(catalog.constraints());
    parts.addAll(catalog.indexes());
    if (declaresKey) {
      parts.removeIf(part -> part.kind() == Part.Kind.PRIMARY_KEY);
    }
    return new PostgresKept(
        number,
        catalog.owner(),
        catalog.isOthers(),
        List.copyOf(parts),
        catalog.columnChanges(),
        catalog.options(),
        catalog.grants(),
        catalog.comments(),
        catalog.sequences(),
        catalog.triggers(),
        catalog.views(),
        catalog.references());
  }

  /**
   * What of a table cannot be moved to another one, such as its row security policies; empty where
   * there is nothing of the kind.
   */
  static Optional<String> hindrance(Connection connection, long number) throws SQLException {
    Set<String> found = new HashSet<>();
    found.addAll(
        Statements.list(
            connection,
            row -> row.getString(1),
            """
            SELECT CASE WHEN c.relkind = 'p' THEN 'is partitioned'
                        WHEN c.relispartition THEN 'is a partition'
                        WHEN c.relrowsecurity OR c.relforcerowsecurity THEN 'has row security'
                        WHEN EXISTS (SELECT 1 FROM pg_catalog.pg_policy p WHERE p.polrelid = c.oid)
                          THEN 'has row security policies'
                        WHEN EXISTS (SELECT 1 FROM pg_catalog.pg_inherits i
                                     WHERE c.oid IN (i.inhrelid, i.inhparent))
                          THEN 'inherits, or is inherited from'
                        WHEN EXISTS (SELECT 1 FROM pg_catalog.pg_rewrite r
                                     WHERE r.ev_class = c.oid) THEN 'has rules'
                        WHEN EXISTS (SELECT 1 FROM pg_catalog.pg_publication_rel p
                                     WHERE p.prrelid = c.oid) THEN 'is part of a publication'
                        WHEN EXISTS (
                          SELECT 1 FROM pg_catalog.pg_depend d
                          JOIN pg_catalog.pg_rewrite r ON r.oid = d.objid
                          JOIN pg_catalog.pg_class v ON v.oid = r.ev_class
                          WHERE d.classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass
                            AND d.refobjid = c.oid AND v.relkind = 'm')
                          THEN 'is read by a materialized view'
                   END
            FROM pg_catalog.pg_class c WHERE c.oid = ?
            """,
            number));
    found.remove(null);
    return found.stream().findFirst();
  }
}
