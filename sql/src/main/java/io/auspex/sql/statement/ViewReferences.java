package io.auspex.sql.statement;

import io.auspex.catalog.Names;
import io.auspex.sql.lexer.Tokens;
import io.auspex.sql.statement.Shape.Call;
import io.auspex.sql.statement.Shape.Cte;
import io.auspex.sql.statement.Shape.Item;
import io.auspex.sql.statement.Shape.Nested;
import io.auspex.sql.statement.Shape.Query;
import io.auspex.sql.statement.Shape.Span;
import io.auspex.sql.statement.Shape.TableName;
import io.auspex.sql.statement.Shape.With;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The names in a query that mean tables and views, not items of its WITH. */
final class ViewReferences {
  private final Tokens tokens;
  private final List<TableName> found = new ArrayList<>();
  private boolean describes;

  private ViewReferences(Tokens tokens) {
    this.tokens = tokens;
  }

  /** Those whose rows are read, in the order of the text. */
  static List<TableName> tables(Shape shape) {
    ViewReferences references = new ViewReferences(shape.tokens());
    references.collect(shape.query(), Set.of());
    return List.copyOf(references.found);
  }

  /** Those that mean tables of other databases, described ones included. */
  static List<TableName> ofSources(Shape shape, Views views) {
    ViewReferences references = new ViewReferences(shape.tokens());
    references.describes = true;
    references.collect(shape.query(), Set.of());
    return references.found.stream()
        .filter(table -> views.ofSource(table.name()).isPresent())
        .toList();
  }

  /** Those that mean views over predictions. */
  static List<TableName> of(Shape shape, Views views) {
    return tables(shape).stream().filter(table -> views.named(table.name()).isPresent()).toList();
  }

  private void collect(Query query, Set<String> hidden) {
    Set<String> inside = new HashSet<>(hidden);
    if (query.with().isPresent()) {
      With with = query.with().get();
      if (with.recursive()) {
        with.ctes().forEach(cte -> inside.add(Names.fold(cte.name())));
      }
      for (Cte cte : with.ctes()) {
        collect(cte.query(), Set.copyOf(inside));
        inside.add(Names.fold(cte.name()));
      }
    }
    collect(query.body(), inside);
  }

  private void collect(Span span, Set<String> hidden) {
    for (Item item : span.items()) {
      if (item instanceof Nested nested) {
        collect(nested.query(), hidden);
      } else if (item instanceof Call call) {
        call.arguments().forEach(argument -> collect(argument, hidden));
      } else if (item instanceof TableName table && isRead(table, hidden)) {
        found.add(table);
      }
    }
  }

  /** DuckDB describes a view by its stand-in. */
  private boolean isRead(TableName table, Set<String> hidden) {
    boolean isHidden = table.name().size() == 1 && hidden.contains(Names.fold(table.name().get(0)));
    if (tokens.isWords(table.first() - 3, "SHOW", "TABLES", "FROM")) {
      return false;
    }
    boolean isDescribed = tokens.isWord(table.first() - 1, "DESCRIBE", "DESC", "SHOW");
    return !isHidden && (!isDescribed || describes);
  }
}
