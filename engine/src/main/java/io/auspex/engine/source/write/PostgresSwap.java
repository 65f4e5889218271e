package io.auspex.engine.source.write;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;
import io.auspex.engine.source.SourceSystem;
import io.auspex.engine.source.write.PostgresKept.Comment;
import io.auspex.engine.source.write.PostgresKept.Grant;
import io.auspex.engine.source.write.PostgresKept.Part;
import io.auspex.engine.source.write.PostgresKept.Reference;
import io.auspex.engine.source.write.PostgresKept.Sequence;
import io.auspex.engine.source.write.PostgresKept.View;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * Puts a staging table of PostgreSQL in the place of its target. What takes long, indexes and
 * constraints, is made before, under names for a time; the transaction that swaps only renames.
 */
final class PostgresSwap {
  private static final int LONGEST_NAME = 63;

  private final Staging staging;
  private final Optional<PostgresKept> kept;

  private PostgresSwap(Staging staging, Optional<PostgresKept> kept) {
    this.staging = staging;
    this.kept = kept;
  }

  /**
   * @param replaced the number of the table that is replaced; empty where there is none
   */
  static PostgresSwap of(Connection connection, Staging staging, Optional<Long> replaced)
      throws SQLException {
    Optional<PostgresKept> kept =
        replaced.isPresent()
            ? Optional.of(read(connection, staging, replaced.get()))
            : Optional.empty();
    return new PostgresSwap(staging, kept);
  }

  private static PostgresKept read(Connection connection, Staging staging, long number)
      throws SQLException {
    boolean declaresKey = !staging.target().primaryKey().isEmpty();
    return PostgresKept.read(connection, number, staging.names(), declaresKey);
  }

  /** What is made of the staging table beforehand. */
  List<String> preparations() {
    List<String> statements = new ArrayList<>();
    String table = "ALTER TABLE " + staging.rows() + " ";
    List<String> key = staging.target().primaryKey();
    if (!key.isEmpty()) {
      statements.add(
          table + "ADD CONSTRAINT " + part(0) + " PRIMARY KEY (" + staging.list(key) + ")");
    }
    kept.ifPresent(
        others -> {
          others.columnChanges().forEach(change -> statements.add(table + change));
          others.options().forEach(option -> statements.add(table + "SET (" + option + ")"));
          for (int i = 0; i < others.parts().size(); i++) {
            addition(others.parts().get(i), i + 1).ifPresent(statements::add);
          }
        });
    return statements;
  }

  private String part(int number) {
    return staging.quote(staging.name().part(number));
  }

  private Optional<String> addition(Part part, int number) {
    String table = staging.rows();
    return switch (part.kind()) {
      case UNIQUE_INDEX ->
          Optional.of(
              "CREATE UNIQUE INDEX " + part(number) + " ON " + table + " " + part.definition());
      case INDEX ->
          Optional.of("CREATE INDEX " + part(number) + " ON " + table + " " + part.definition());
      case PRIMARY_KEY, CONSTRAINT_WITH_INDEX, CONSTRAINT ->
          Optional.of(
              "ALTER TABLE " + table + " ADD CONSTRAINT " + part(number) + " " + part.definition());
      case SELF_REFERENCE -> Optional.empty();
    };
  }

  /** Runs in the connection's transaction, which the caller commits. */
  void run(Connection connection) throws SQLException {
    SourceTarget target = staging.target();
    Optional<Long> number = PostgresKept.number(connection, target.schema(), target.table());
    if (number.isPresent() && target.mode() == SourceTarget.Mode.CREATE) {
      throw new AuspexException(ErrorCode.TABLE_EXISTS, target.fullName());
    }
    List<String> identities = List.of();
    if (number.isPresent()) {
      Statements.run(connection, "LOCK TABLE " + staging.table() + " IN ACCESS EXCLUSIVE MODE");
      PostgresKept now = read(connection, staging, number.get());
      requireSame(Optional.of(now));
      identities =
          new PostgresCatalog(connection, number.get(), new HashSet<>(staging.names()))
              .identities();
      Statements.run(connection, rename(staging.table(), staging.name().old()));
    } else {
      requireSame(Optional.empty());
    }
    Statements.run(connection, rename(staging.rows(), target.table()));
    Statements.runAll(connection, kept.map(this::handedOver).orElse(List.of()));
    Statements.runAll(connection, namedParts(connection));
    for (String identity : identities) {
      Statements.run(connection, "ALTER TABLE " + staging.table() + " " + identity);
    }
    Statements.run(connection, "COMMENT ON TABLE " + staging.table() + " IS NULL");
    if (kept.isPresent()) {
      Statements.runAll(connection, withdrawn(connection));
      Statements.runAll(connection, added(kept.get()));
    }
  }

  /** Rights that a new table has by default, and the replaced one need not have had. */
  private List<String> withdrawn(Connection connection) throws SQLException {
    SourceTarget target = staging.target();
    long number = PostgresKept.number(connection, target.schema(), target.table()).orElseThrow();
    return new PostgresCatalog(connection, number, new HashSet<>(staging.names()))
        .grants().stream()
            .map(Grant::grantee)
            .distinct()
            .map(who -> "REVOKE ALL ON TABLE " + staging.table() + " FROM " + who)
            .toList();
  }

  private void requireSame(Optional<PostgresKept> now) {
    if (!now.equals(kept)) {
      throw new AuspexException(
          ErrorCode.WRITE_CHANGED, staging.target().fullName(), staging.target().source().name());
    }
  }

  private String rename(String table, String name) {
    return "ALTER TABLE " + table + " RENAME TO " + staging.quote(name);
  }

  /** What goes from the old table to the new one, after which the old one is dropped. */
  private List<String> handedOver(PostgresKept others) {
    List<String> statements = new ArrayList<>();
    if (others.isOthers()) {
      statements.add("ALTER TABLE " + staging.table() + " OWNER TO " + others.owner());
    }
    for (View view : others.views()) {
      String options = view.options() == null ? "" : " WITH (" + view.options() + ")";
      statements.add(
          "CREATE OR REPLACE VIEW " + view.name() + options + " AS " + view.definition());
    }
    for (Sequence sequence : others.sequences()) {
      statements.add(
          "ALTER SEQUENCE %s OWNED BY %s.%s"
              .formatted(sequence.name(), staging.table(), sequence.column()));
    }
    for (Reference reference : others.references()) {
      statements.add("ALTER TABLE " + reference.table() + " DROP CONSTRAINT " + reference.name());
    }
    statements.add(
        "DROP TABLE "
            + SourceSystem.POSTGRESQL.quote(staging.target().schema(), staging.name().old()));
    return statements;
  }

  /** Indexes and constraints get their names, which are free once the old table is gone. */
  private List<String> namedParts(Connection connection) throws SQLException {
    List<String> statements = new ArrayList<>();
    if (!staging.target().primaryKey().isEmpty()) {
      statements.add(renamedConstraint(0, staging.quote(keyName(connection))));
    }
    List<Part> parts = kept.map(PostgresKept::parts).orElse(List.of());
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      switch (part.kind()) {
        case UNIQUE_INDEX, INDEX ->
            statements.add(
                "ALTER INDEX %s.%s RENAME TO %s"
                    .formatted(staging.quote(staging.target().schema()), part(i + 1), part.name()));
        case PRIMARY_KEY, CONSTRAINT_WITH_INDEX, CONSTRAINT ->
            statements.add(renamedConstraint(i + 1, part.name()));
        case SELF_REFERENCE ->
            statements.add(
                "ALTER TABLE %s ADD CONSTRAINT %s %s"
                    .formatted(staging.table(), part.name(), part.definition()));
      }
    }
    return statements;
  }

  private String renamedConstraint(int number, String name) {
    return "ALTER TABLE %s RENAME CONSTRAINT %s TO %s"
        .formatted(staging.table(), part(number), name);
  }

  /** What PostgreSQL itself would call the key. */
  private String keyName(Connection connection) throws SQLException {
    String table = staging.target().table();
    for (int number = 0; ; number++) {
      String suffix = "_pkey" + (number == 0 ? "" : number);
      int length = Math.min(table.length(), LONGEST_NAME - suffix.length());
      String name = table.substring(0, length) + suffix;
      if (PostgresKept.number(connection, staging.target().schema(), name).isEmpty()) {
        return name;
      }
    }
  }

  /** What is added to the new table under its own name. */
  private List<String> added(PostgresKept others) {
    String table = staging.table();
    List<String> statements = new ArrayList<>();
    for (Grant grant : others.grants()) {
      statements.add(
          "GRANT %s%s ON TABLE %s TO %s%s"
              .formatted(
                  grant.right(),
                  grant.column().map(column -> " (" + column + ")").orElse(""),
                  table,
                  grant.grantee(),
                  grant.isGrantable() ? " WITH GRANT OPTION" : ""));
    }
    for (Comment comment : others.comments()) {
      statements.add(
          comment
                  .column()
                  .map(column -> "COMMENT ON COLUMN " + table + "." + column)
                  .orElse("COMMENT ON TABLE " + table)
              + " IS "
              + comment.text());
    }
    statements.addAll(others.triggers());
    for (Reference reference : others.references()) {
      statements.add(
          "ALTER TABLE %s ADD CONSTRAINT %s %s"
              .formatted(reference.table(), reference.name(), reference.definition()));
    }
    return statements;
  }
}
