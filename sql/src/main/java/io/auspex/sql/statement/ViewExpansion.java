package io.auspex.sql.statement;

import io.auspex.catalog.Names;
import io.auspex.catalog.PredictView;
import io.auspex.sql.lexer.Tokens;
import io.auspex.sql.statement.QueryText.Edit;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Puts the views of our catalog that a query names into its WITH clause, since DuckDB does not know
 * them.
 */
final class ViewExpansion {
  private final Views views;

  /** The WITH entries, each after those it reads. */
  private final Map<PredictView, String> entries = new LinkedHashMap<>();

  private final Set<PredictView> open = new HashSet<>();

  private ViewExpansion(Views views) {
    this.views = views;
  }

  /** The references to views, in the order of the text. */
  static List<TableName> references(Shape shape, Views views) {
    List<TableName> found = new ArrayList<>();
    if (!views.isEmpty()) {
      new ViewExpansion(views).collect(shape.query(), Set.of(), found);
    }
    return found;
  }

  /**
   * The edits that let the query, whose tokens are those of the shape, find the views it names.
   * Empty if it names none.
   */
  static List<Edit> edits(Shape shape, Views views) {
    List<TableName> references = references(shape, views);
    if (references.isEmpty()) {
      return List.of();
    }
    Tokens tokens = shape.tokens();
    ViewExpansion expansion = new ViewExpansion(views);
    expansion.addEntries(references);
    List<Edit> edits = new ArrayList<>();
    int cause = tokens.start(references.get(0).first());
    edits.add(expansion.withClause(shape, cause));
    for (TableName reference : references) {
      if (reference.name().size() > 1) {
        int start = tokens.start(reference.first());
        String name = Names.quote(expansion.viewOf(reference).name());
        edits.add(new Edit(start, tokens.end(reference.end() - 1), name, start));
      }
    }
    return edits;
  }

  private Edit withClause(Shape shape, int cause) {
    Tokens tokens = shape.tokens();
    Query query = shape.query();
    String list = String.join(", ", entries.values());
    if (query.with().isPresent()) {
      With with = query.with().get();
      int at = tokens.start(with.first() + (with.recursive() ? 2 : 1));
      return new Edit(at, at, list + ", ", cause);
    }
    boolean described = tokens.isWord(query.first(), "DESCRIBE", "DESC", "SHOW", "SUMMARIZE");
    int first = query.first() + (described ? 1 : 0);
    boolean onlyName =
        query.body().items().get(0) instanceof TableName name && name.first() == first;
    int at = tokens.start(first);
    return new Edit(at, at, "WITH " + list + (onlyName ? " FROM " : " "), cause);
  }

  private void addEntries(List<TableName> references) {
    for (TableName reference : references) {
      PredictView view = viewOf(reference);
      if (!entries.containsKey(view) && open.add(view)) {
        entries.put(view, entry(view));
      }
    }
  }

  private String entry(PredictView view) {
    Shape shape = Shape.of(view.sql());
    List<TableName> references = references(shape, views);
    addEntries(references);
    QueryText body = new QueryText(view.sql(), 0, view.sql().length(), renamed(shape, references));
    String columns =
        view.columns().isEmpty()
            ? ""
            : view.columns().stream().map(Names::quote).collect(Collectors.joining(", ", "(", ")"));
    return Names.quote(view.name()) + columns + " AS (" + body.text() + "\n)";
  }

  private List<Edit> renamed(Shape shape, List<TableName> references) {
    Tokens tokens = shape.tokens();
    return references.stream()
        .map(
            reference ->
                new Edit(
                    tokens.start(reference.first()),
                    tokens.end(reference.end() - 1),
                    Names.quote(viewOf(reference).name()),
                    0))
        .toList();
  }

  private PredictView viewOf(TableName reference) {
    return views.named(reference.name()).orElseThrow();
  }

  private void collect(Query query, Set<String> hidden, List<TableName> found) {
    Set<String> inside = new HashSet<>(hidden);
    if (query.with().isPresent()) {
      With with = query.with().get();
      if (with.recursive()) {
        with.ctes().forEach(cte -> inside.add(Names.fold(cte.name())));
      }
      for (Cte cte : with.ctes()) {
        collect(cte.query(), Set.copyOf(inside), found);
        inside.add(Names.fold(cte.name()));
      }
    }
    collect(query.body(), inside, found);
  }

  private void collect(Span span, Set<String> hidden, List<TableName> found) {
    for (Item item : span.items()) {
      if (item instanceof Nested nested) {
        collect(nested.query(), hidden, found);
      } else if (item instanceof Call call) {
        call.arguments().forEach(argument -> collect(argument, hidden, found));
      } else if (item instanceof TableName table) {
        boolean isHidden =
            table.name().size() == 1 && hidden.contains(Names.fold(table.name().get(0)));
        if (!isHidden && views.named(table.name()).isPresent()) {
          found.add(table);
        }
      }
    }
  }
}
