package io.auspex.engine.source;

import io.auspex.catalog.Source;
import java.util.List;
import java.util.Locale;

/** The kinds of databases there are, as their URLs tell: how each writes names and literals. */
public enum SourceSystem {
  POSTGRESQL('"', "jdbc:postgresql:"),
  /** MySQL, too, whose URLs the same driver takes. */
  MARIADB('`', "jdbc:mariadb:", "jdbc:mysql:"),
  SQLITE('"', "jdbc:sqlite:"),
  /** Whatever else has a JDBC driver; standard SQL is all that is known of it. */
  GENERIC('"');

  private final char quote;
  private final List<String> prefixes;

  SourceSystem(char quote, String... prefixes) {
    this.quote = quote;
    this.prefixes = List.of(prefixes);
  }

  public static SourceSystem of(Source source) {
    return of(source.url());
  }

  public static SourceSystem of(String url) {
    String folded = url.toLowerCase(Locale.ROOT);
    for (SourceSystem system : values()) {
      if (system.prefixes.stream().anyMatch(folded::startsWith)) {
        return system;
      }
    }
    return GENERIC;
  }

  /** The name as an identifier of the system's SQL, whatever is in it. */
  public String quote(String name) {
    String mark = String.valueOf(quote);
    return mark + name.replace(mark, mark + mark) + mark;
  }

  /** {@code schema.table}, quoted; the table alone where the schema is empty. */
  public String quote(String schema, String table) {
    return schema.isEmpty() ? quote(table) : quote(schema) + "." + quote(table);
  }

  /** A string literal, with the sessions' settings as {@link SourceConnections} makes them. */
  public String literal(String value) {
    String quoted = value.replace("'", "''");
    return "'" + (this == MARIADB ? quoted.replace("\\", "\\\\") : quoted) + "'";
  }
}
