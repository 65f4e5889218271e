package io.auspex.engine;

import io.auspex.catalog.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A small table that we know ourselves, as a query, so that it is a result set like any other. */
final class Rows {
  private final List<String> columns;
  private final List<String> rows = new ArrayList<>();

  Rows(String... columns) {
    this.columns = List.of(columns);
  }

  /** Adds a row of text; null for NULL. */
  Rows add(String... values) {
    List<String> literals = new ArrayList<>();
    for (String value : values) {
      literals.add(value == null ? "CAST(NULL AS VARCHAR)" : Names.literal(value));
    }
    rows.add("(" + String.join(", ", literals) + ")");
    return this;
  }

  String sql() {
    if (rows.isEmpty()) {
      return columns.stream()
          .map(column -> "CAST(NULL AS VARCHAR) AS " + Names.quote(column))
          .collect(Collectors.joining(", ", "SELECT ", " LIMIT 0"));
    }
    return "SELECT * FROM (VALUES "
        + String.join(", ", rows)
        + ") AS t("
        + columns.stream().map(Names::quote).collect(Collectors.joining(", "))
        + ")";
  }
}
