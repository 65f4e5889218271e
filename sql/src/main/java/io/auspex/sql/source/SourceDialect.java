package io.auspex.sql.source;

import static io.auspex.sql.context.RemoteSystem.SQLITE;

import io.auspex.sql.context.NotUnderstood;
import io.auspex.sql.context.RemoteColumn;
import io.auspex.sql.context.RemoteSystem;
import io.auspex.sql.context.RemoteTable;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** How SQL is written for another database. Immutable. */
public final class SourceDialect {
  private static final Set<SourceType> KEYS =
      Set.of(SourceType.INTEGER, SourceType.TEXT, SourceType.DATE);

  private final RemoteSystem system;

  private SourceDialect(RemoteSystem system) {
    this.system = system;
  }

  public static SourceDialect of(RemoteSystem system) {
    return new SourceDialect(system);
  }

  public RemoteSystem system() {
    return system;
  }

  /** The name in the quotes of the system, so that any name is an identifier. */
  public String quote(String name) {
    return system == RemoteSystem.MARIADB
        ? '`' + name.replace("`", "``") + '`'
        : '"' + name.replace("\"", "\"\"") + '"';
  }

  /** The table's full name. */
  public String name(RemoteTable table) {
    return table.path().stream().map(this::quote).collect(Collectors.joining("."));
  }

  /** A query of all columns and rows of a table. */
  public String whole(RemoteTable table) {
    return "SELECT " + columns(table.columns()) + " FROM " + name(table);
  }

  private String columns(List<RemoteColumn> columns) {
    return columns.stream().map(column -> quote(column.name())).collect(Collectors.joining(", "));
  }

  /**
   * A value as a literal.
   *
   * @param type its type in DuckDB
   * @param value its text in DuckDB; null for NULL
   * @throws NotUnderstood where a literal might not be the same value there
   */
  public String literal(String type, String value) {
    if (value == null) {
      throw new NotUnderstood("NULL");
    }
    return switch (SourceType.of(type)) {
      case INTEGER -> signed(value);
      case DECIMAL -> system == RemoteSystem.SQLITE ? unknown(type) : signed(value);
      case DOUBLE ->
          system == RemoteSystem.POSTGRESQL && Double.isFinite(Double.parseDouble(value))
              ? "CAST('" + value + "' AS double precision)"
              : unknown(type);
      case TEXT -> text(value);
      case DATE, TIMESTAMP -> time(type, value);
      case BOOLEAN -> system == RemoteSystem.POSTGRESQL ? value : unknown(type);
      case OTHER -> unknown(type);
    };
  }

  private static String unknown(String type) {
    throw new NotUnderstood("a value of type " + type);
  }

  private static String signed(String number) {
    return number.startsWith("-") ? '(' + number + ')' : number;
  }

  /** Our sessions with MariaDB have backslashes escape; with PostgreSQL, they may or may not. */
  private String text(String value) {
    boolean hasBackslash = value.indexOf('\\') >= 0;
    boolean isUnknown = value.indexOf('\0') >= 0 || hasLoneSurrogate(value);
    if (isUnknown || hasBackslash && system == RemoteSystem.GENERIC) {
      return unknown("VARCHAR with this character");
    }
    String quoted = '\'' + value.replace("'", "''") + '\'';
    String escaped = quoted.replace("\\", "\\\\");
    return switch (system) {
      case POSTGRESQL -> hasBackslash ? 'E' + escaped : quoted;
      case MARIADB -> escaped;
      case SQLITE, GENERIC -> quoted;
    };
  }

  private static boolean hasLoneSurrogate(String value) {
    return !StandardCharsets.UTF_8.newEncoder().canEncode(value);
  }

  /** Within the years that all systems have. */
  private String time(String type, String value) {
    boolean isKnown = system != SQLITE && system != RemoteSystem.GENERIC;
    if (!isKnown
        || !value.matches("(?!0000)\\d{4}-\\d\\d-\\d\\d( \\d\\d:\\d\\d:\\d\\d(\\.\\d+)?)?")) {
      return unknown(type);
    }
    return type + " '" + value + "'";
  }

  /** Whether a column equals values of a type there wherever it equals them here. */
  public boolean takesKeys(RemoteColumn column, String keyType) {
    SourceType type = SourceType.of(column, system);
    return KEYS.contains(type) && type == SourceType.of(keyType);
  }

  /**
   * Those rows of a query of which a column has one of these values.
   *
   * @param keys as DuckDB writes them, without NULL
   * @return empty where not all of them can be said
   */
  public Optional<String> having(
      String sql, List<RemoteColumn> columns, String column, Collection<String> keys) {
    RemoteColumn key =
        columns.stream().filter(c -> c.name().equals(column)).findFirst().orElseThrow();
    try {
      String list =
          keys.stream().map(value -> literal(key.type(), value)).collect(Collectors.joining(", "));
      String condition = keys.isEmpty() ? "1 = 0" : quote(column) + " IN (" + list + ")";
      return Optional.of(
          "SELECT " + columns(columns) + " FROM (" + sql + ") AS asked WHERE " + condition);
    } catch (NotUnderstood refused) {
      return Optional.empty();
    }
  }
}
