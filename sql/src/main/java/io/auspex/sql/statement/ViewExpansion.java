package io.auspex.sql.statement;

import io.auspex.catalog.Names;
import io.auspex.catalog.PredictView;
import io.auspex.sql.lexer.Token.Kind;
import io.auspex.sql.lexer.Tokens;
import io.auspex.sql.statement.QueryText.Edit;
import io.auspex.sql.statement.Shape.Query;
import io.auspex.sql.statement.Shape.TableName;
import io.auspex.sql.statement.Shape.With;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Puts the views of our catalog that a query names into its WITH clause, since DuckDB does not know
 * them. There they have names that nobody else uses, and each reference is known by the name that
 * was written. A table of another database gets the one name that {@link SourceName} gives it.
 */
final class ViewExpansion {
  /** The words that may follow a table which is given no other name. */
  private static final String[] AFTER_TABLE = {
    "ANTI",
    "ASOF",
    "AT",
    "CROSS",
    "EXCEPT",
    "FETCH",
    "FOR",
    "FULL",
    "GROUP",
    "HAVING",
    "INNER",
    "INTERSECT",
    "INTO",
    "JOIN",
    "LEFT",
    "LIMIT",
    "NATURAL",
    "OFFSET",
    "ON",
    "ORDER",
    "PIVOT",
    "PIVOT_LONGER",
    "PIVOT_WIDER",
    "POSITIONAL",
    "QUALIFY",
    "RETURNING",
    "RIGHT",
    "SELECT",
    "SEMI",
    "TABLESAMPLE",
    "UNION",
    "UNPIVOT",
    "USING",
    "WHERE",
    "WINDOW",
    "WITH"
  };

  private final Map<String, String> names = new HashMap<>();
  private final Set<String> open = new HashSet<>();

  /** The WITH entries, each after those it reads. */
  private final List<String> entries = new ArrayList<>();

  private ViewExpansion() {}

  /**
   * The edits that let the query, whose tokens are those of the shape, find the views it names; in
   * a view's query, also the tables. Empty if it names none.
   */
  static List<Edit> edits(Shape shape, Views views) {
    ViewExpansion expansion = new ViewExpansion();
    List<Edit> edits = new ArrayList<>(expansion.references(shape, views));
    if (!expansion.entries.isEmpty()) {
      TableName cause = ViewReferences.of(shape, views).get(0);
      edits.addAll(expansion.withClause(shape, shape.tokens().start(cause.first())));
    } else if (!edits.isEmpty() && isName(shape.query(), shape.query().first())) {
      // COPY of a source's table.
      int at = shape.tokens().start(shape.query().first());
      edits.add(new Edit(at, at, "FROM ", at));
    }
    edits.sort(Comparator.comparingInt(Edit::start).thenComparingInt(Edit::end));
    return edits;
  }

  private List<Edit> withClause(Shape shape, int cause) {
    Tokens tokens = shape.tokens();
    Query query = shape.query();
    String list = String.join(", ", entries);
    if (query.with().isPresent()) {
      With with = query.with().get();
      int at = tokens.start(with.first() + (with.recursive() ? 2 : 1));
      return List.of(new Edit(at, at, list + ", ", cause));
    } else if (tokens.isWord(query.first(), "DESCRIBE", "DESC", "SHOW", "SUMMARIZE")) {
      return described(shape, list, cause);
    }
    int at = tokens.start(query.first());
    boolean onlyName = isName(query, query.first());
    return List.of(new Edit(at, at, "WITH " + list + (onlyName ? " FROM " : " "), cause));
  }

  /** DuckDB describes no query that begins with WITH, but one in parentheses. */
  private static List<Edit> described(Shape shape, String list, int cause) {
    Tokens tokens = shape.tokens();
    int first = shape.query().first() + 1;
    int start = tokens.start(first);
    int end = tokens.end(shape.query().end() - 1);
    boolean onlyName = isName(shape.query(), first);
    return List.of(
        new Edit(start, start, "(WITH " + list + (onlyName ? " FROM " : " FROM ("), cause),
        new Edit(end, end, onlyName ? ")" : "))", cause));
  }

  private static boolean isName(Query query, int at) {
    return query.body().items().get(0) instanceof TableName name && name.first() == at;
  }

  private List<Edit> references(Shape shape, Views views) {
    List<Edit> edits = new ArrayList<>();
    for (TableName table : ViewReferences.ofSources(shape, views)) {
      edits.addAll(columnsOf(shape, table));
      String name = Names.quote(views.ofSource(table.name()).orElseThrow().name());
      edits.add(reference(shape, table, name));
    }
    for (TableName table : ViewReferences.tables(shape)) {
      if (views.named(table.name()).isPresent()) {
        edits.addAll(columnsOf(shape, table));
      }
      views
          .named(table.name())
          .map(view -> reference(shape, table, nameOf(view, views)))
          .or(() -> views.qualified(table.name()).map(name -> edit(shape, table, name)))
          .ifPresent(edits::add);
    }
    return edits.stream().distinct().sorted(Comparator.comparingInt(Edit::start)).toList();
  }

  /** {@code schema.view.column} is a column of what is called {@code view} now. */
  private static List<Edit> columnsOf(Shape shape, TableName table) {
    Tokens tokens = shape.tokens();
    int length = table.end() - table.first();
    List<Edit> edits = new ArrayList<>();
    for (int i = shape.query().first(); length > 1 && i < shape.query().end(); i++) {
      if (i != table.first()
          && !tokens.is(i - 1, ".")
          && tokens.is(i + length, ".")
          && isSame(tokens, i, table.first(), length)) {
        int start = tokens.start(i);
        edits.add(new Edit(start, tokens.start(i + length - 1), "", start));
      }
    }
    return edits;
  }

  private static boolean isSame(Tokens tokens, int one, int other, int length) {
    for (int i = 0; i < length; i++) {
      boolean areNames = tokens.isName(one + i) && tokens.isName(other + i);
      if (areNames
          ? !Names.fold(tokens.name(one + i)).equals(Names.fold(tokens.name(other + i)))
          : !tokens.is(one + i, ".") || !tokens.is(other + i, ".")) {
        return false;
      }
    }
    return true;
  }

  private static Edit reference(Shape shape, TableName table, String name) {
    Tokens tokens = shape.tokens();
    String alias = Names.quote(table.name().get(table.name().size() - 1));
    boolean statement = tokens.isWord(table.first() - 1, "TABLE");
    if (statement && !tokens.is(table.first() - 2, ",")) {
      int start = tokens.start(table.first() - 1);
      int end = tokens.end(table.end() - 1);
      return new Edit(start, end, "FROM " + name + " AS " + alias, tokens.start(table.first()));
    } else if (statement
        || isAliased(shape, table)
        || tokens.isWord(table.first() - 1, "DESCRIBE", "DESC", "SHOW")) {
      return edit(shape, table, name);
    }
    boolean summarized =
        tokens.isWord(table.first() - 1, "SUMMARIZE") && table.first() - 1 > shape.query().first();
    String aliased = name + " AS " + alias;
    return edit(shape, table, summarized ? "(FROM " + aliased + ")" : aliased);
  }

  private static boolean isAliased(Shape shape, TableName table) {
    Tokens tokens = shape.tokens();
    int after = table.end();
    boolean isName =
        tokens.kind(after) == Kind.QUOTED
            || (tokens.kind(after) == Kind.WORD && !tokens.isWord(after, AFTER_TABLE));
    return tokens.is(table.first() - 1, ":") || (isName && after < shape.query().end());
  }

  private static Edit edit(Shape shape, TableName table, String text) {
    Tokens tokens = shape.tokens();
    int start = tokens.start(table.first());
    return new Edit(start, tokens.end(table.end() - 1), text, start);
  }

  /** The name of the view's WITH entry. One that reads itself is left to DuckDB to refuse. */
  private String nameOf(PredictView view, Views views) {
    String known = names.get(view.id());
    if (known != null || !open.add(view.id())) {
      return known == null ? Names.quote(view.name()) : known;
    }
    String body = body(view, views.inside(List.of(view.database(), view.schema(), view.name())));
    String name = Names.quote("__auspex_view_" + (entries.size() + 1));
    String columns =
        view.columns().isEmpty()
            ? ""
            : view.columns().stream().map(Names::quote).collect(Collectors.joining(", ", "(", ")"));
    entries.add(name + columns + " AS (" + body + "\n)");
    names.put(view.id(), name);
    return name;
  }

  private String body(PredictView view, Views views) {
    List<Edit> edits = references(Shape.of(view.sql()), views);
    return new QueryText(view.sql(), 0, view.sql().length(), edits).text();
  }
}
