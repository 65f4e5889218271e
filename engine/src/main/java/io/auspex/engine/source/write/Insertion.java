package io.auspex.engine.source.write;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;
import io.auspex.engine.source.write.SourceTarget.Upsert;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/** The statements that bring rows from a staging table into a table that is there already. */
record Insertion(Staging staging) {

  /** {@code INSERT INTO target (…) SELECT … FROM staging}. */
  String plain() {
    String values =
        staging.columns().stream()
            .map(
                column ->
                    column.isCast()
                        ? "CAST(%s AS %s)".formatted(staging.quote(column.name()), column.landsAs())
                        : staging.quote(column.name()))
            .collect(Collectors.joining(", "));
    return "INSERT INTO %s (%s) SELECT %s FROM %s"
        .formatted(staging.table(), staging.list(staging.names()), values, staging.rows());
  }

  /** With the clause that PostgreSQL and SQLite have alike. */
  String onConflict() {
    // Without a WHERE, SQLite takes ON for a join's.
    return staging
        .target()
        .upsert()
        .map(upsert -> plain() + " WHERE true" + onConflict(upsert))
        .orElse(plain());
  }

  private String onConflict(Upsert upsert) {
    String keys = " ON CONFLICT (" + staging.list(upsert.keys()) + ") DO ";
    return upsert.updates()
        ? upsert.assignments().stream()
            .map(set -> staging.quote(set.column()) + " = excluded." + staging.quote(set.from()))
            .collect(Collectors.joining(", ", keys + "UPDATE SET ", ""))
        : keys + "NOTHING";
  }

  /** MariaDB's, which looks at all unique keys. */
  String onDuplicateKey() {
    return staging
        .target()
        .upsert()
        .map(upsert -> plain() + " ON DUPLICATE KEY UPDATE " + onDuplicateKey(upsert))
        .orElse(plain());
  }

  private String onDuplicateKey(Upsert upsert) {
    if (!upsert.updates()) {
      String key = staging.quote(upsert.keys().get(0));
      return key + " = " + staging.table() + "." + key;
    }
    return upsert.assignments().stream()
        .map(set -> staging.quote(set.column()) + " = VALUES(" + staging.quote(set.from()) + ")")
        .collect(Collectors.joining(", "));
  }

  /** Standard SQL's. */
  String merge() {
    return staging.target().upsert().map(this::merge).orElse(plain());
  }

  private String merge(Upsert upsert) {
    String on =
        upsert.keys().stream()
            .map(staging::quote)
            .map(key -> "t." + key + " = s." + key)
            .collect(Collectors.joining(" AND "));
    String update =
        upsert.assignments().stream()
            .map(set -> staging.quote(set.column()) + " = s." + staging.quote(set.from()))
            .collect(Collectors.joining(", "));
    return "MERGE INTO %s t USING %s s ON (%s)%s WHEN NOT MATCHED THEN INSERT (%s) VALUES (%s)"
        .formatted(
            staging.table(),
            staging.rows(),
            on,
            upsert.updates() ? " WHEN MATCHED THEN UPDATE SET " + update : "",
            staging.list(staging.names()),
            staging.names().stream()
                .map(name -> "s." + staging.quote(name))
                .collect(Collectors.joining(", ")));
  }

  /**
   * Refuses rows of which two would update the same row, as DuckDB and PostgreSQL do: elsewhere,
   * whichever came last would silently win.
   */
  void requireDistinctKeys(Connection connection) throws SQLException {
    List<String> keys =
        staging.target().upsert().filter(Upsert::updates).map(Upsert::keys).orElse(List.of());
    if (keys.isEmpty()) {
      return;
    }
    String list = staging.list(keys);
    String known =
        keys.stream().map(staging::quote).collect(Collectors.joining(" IS NOT NULL AND "));
    if (Statements.has(
        connection,
        "SELECT count(*) FROM %s WHERE %s IS NOT NULL GROUP BY %s HAVING count(*) > 1"
            .formatted(staging.rows(), known, list))) {
      throw new AuspexException(
          ErrorCode.WRITE_RULE,
          staging.target().fullName(),
          staging.target().source().name(),
          "several of them have the same key (" + String.join(", ", keys) + ")");
    }
  }
}
