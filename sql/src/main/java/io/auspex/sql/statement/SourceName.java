package io.auspex.sql.statement;

import io.auspex.catalog.Names;
import io.auspex.sql.lexer.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The name of another database's table, {@code source.schema.table} or {@code source.table}, as one
 * name, which {@link QueryText#text} has in its place: DuckDB can parse it, and whoever plans the
 * query knows by it alone what is ours.
 *
 * @param parts as written; two or three, the first is the source's
 */
public record SourceName(List<String> parts) {
  private static final String PREFIX = "__auspex_source ";

  public SourceName {
    parts = List.copyOf(parts);
  }

  /** The table that a name stands for, where it is such a name. */
  public static Optional<SourceName> of(List<String> name) {
    if (name.size() != 1 || !name.get(0).startsWith(PREFIX)) {
      return Optional.empty();
    }
    Tokens tokens = Tokens.of(name.get(0).substring(PREFIX.length()));
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < tokens.size(); i += 2) {
      parts.add(tokens.name(i));
    }
    return Optional.of(new SourceName(parts));
  }

  /** The one name for it. */
  public String name() {
    return PREFIX + parts.stream().map(Names::quote).collect(Collectors.joining("."));
  }

  /** What a FROM clause calls it where the query gives it no other name. */
  public String table() {
    return parts.get(parts.size() - 1);
  }

  /** As it is written. */
  @Override
  public String toString() {
    return String.join(".", parts);
  }
}
