package io.auspex.sql.statement;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;
import io.auspex.sql.lexer.Token.Kind;
import io.auspex.sql.lexer.Tokens;
import io.auspex.sql.statement.Shape.Span;
import io.auspex.sql.statement.Shape.TableName;
import io.auspex.sql.statement.Shape.With;
import io.auspex.sql.statement.Statement.Begin;
import io.auspex.sql.statement.Statement.Commit;
import io.auspex.sql.statement.Statement.DropSourceTable;
import io.auspex.sql.statement.Statement.DropView;
import io.auspex.sql.statement.Statement.Explain;
import io.auspex.sql.statement.Statement.PassThrough;
import io.auspex.sql.statement.Statement.Rollback;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds out what one statement is. */
final class Router {
  private final Tokens tokens;
  private final Views views;
  private final boolean everyQuery;

  Router(Tokens tokens, Views views, boolean everyQuery) {
    this.tokens = tokens;
    this.views = views;
    this.everyQuery = everyQuery;
  }

  /** For what stands in the query of a view. */
  Router inside(List<String> view) {
    return new Router(tokens, views.inside(view), everyQuery);
  }

  /** Whether it is one that a grammar of ours reads. */
  boolean isCatalogStatement() {
    int what = tokens.isWords(0, "CREATE", "OR", "REPLACE") ? 3 : 1;
    boolean creates = tokens.isWord(0, "CREATE") && tokens.isWord(what, "MODEL", "SOURCE");
    boolean changes = tokens.isWords(0, "ALTER", "MODEL") || drops();
    boolean shows =
        tokens.isWord(0, "SHOW") && tokens.isWord(1, "MODELS", "SOURCES", "CALIBRATION");
    boolean names = tokens.isWord(0, "DESCRIBE", "DESC") && tokens.isWord(1, "MODEL", "SOURCE");
    boolean explains = tokens.isWords(0, "EXPLAIN", "MODEL");
    return what == 3 && creates
        || shows && tokens.size() == 2
        || (creates || changes || names || explains) && tokens.isName(what + 1)
        || showsTablesOfSource()
        || tokens.isWord(0, "CALIBRATE");
  }

  private boolean drops() {
    return tokens.isWord(0, "DROP") && tokens.isWord(1, "MODEL", "SOURCE");
  }

  private boolean showsTablesOfSource() {
    return tokens.isWords(0, "SHOW", "TABLES", "FROM")
        && tokens.size() == 4
        && tokens.isName(3)
        && views.isSource(tokens.name(3));
  }

  Statement route(int first) {
    if (tokens.isWords(first, "ALTER", "SOURCE") && tokens.isName(first + 2)) {
      throw unsupported(
          first, "ALTER", "on a source", "Say anew what it is, with CREATE OR REPLACE SOURCE.");
    } else if (tokens.isWord(first, "EXPLAIN")) {
      return explain(first);
    } else if (tokens.isWord(first, "SET", "RESET", "SHOW", "PRAGMA")) {
      return new SettingStatement(tokens, first).read().orElseGet(() -> query(first));
    } else if (tokens.isWord(first, "BEGIN") || tokens.isWords(first, "START", "TRANSACTION")) {
      return new Begin(tokens.text());
    } else if (tokens.isWord(first, "COMMIT", "END")) {
      return new Commit(tokens.text());
    } else if (tokens.isWord(first, "ROLLBACK", "ABORT")) {
      return new Rollback(tokens.text());
    } else if (tokens.isWord(first, "DROP")) {
      return drop(first);
    } else if (tokens.isWord(first, "CREATE", "INSERT", "COPY")) {
      return new Landing(this, tokens, first).read();
    } else if (tokens.isWord(first, "USE", "ATTACH")) {
      new SourceRefusals(this, tokens, first).check();
      return passThrough();
    }
    return query(first);
  }

  /** What DuckDB shall do with it. */
  Statement passThrough() {
    return new PassThrough(tokens.text());
  }

  private Statement explain(int first) {
    boolean analyze = tokens.isWord(first + 1, "ANALYZE");
    int inner = first + (analyze ? 2 : 1);
    boolean options = tokens.is(inner, "(") && !startsQuery(inner);
    Statement explained = route(options ? tokens.closing(inner) + 1 : inner);
    if (explained instanceof PassThrough) {
      return explained;
    } else if (options) {
      throw unsupported(inner, "This option of EXPLAIN", "with PREDICT", "Leave it out.");
    }
    return new Explain(analyze, explained);
  }

  private Statement drop(int first) {
    boolean ifExists = tokens.isWords(first + 2, "IF", "EXISTS");
    int name = first + (ifExists ? 4 : 2);
    QualifiedName table = QualifiedName.at(tokens, name);
    int end = table.end() + (tokens.isWord(table.end(), "RESTRICT") ? 1 : 0);
    boolean whole = tokens.isWord(first + 1, "TABLE") && end == tokens.size();
    if (whole && isOfSource(table.parts())) {
      return new DropSourceTable(table.parts(), ifExists, tokens.position(name));
    }
    new SourceRefusals(this, tokens, first).check();
    boolean ours = tokens.isWord(first + 1, "VIEW") && isView(qualifiedName(name));
    return ours
        ? new DropView(qualifiedName(name), ifExists, tokens.position(name))
        : passThrough();
  }

  private Statement query(int first) {
    if (tokens.isWord(first, "PREDICT") && tokens.is(first + 1, "(")) {
      throw unsupported(
          first, "PREDICT", "as a statement of its own", "Write SELECT * FROM PREDICT(…).");
    }
    Shape shape = Shape.of(tokens, first, tokens.size());
    int change = changeAfterWith(shape);
    new SourceRefusals(this, tokens, change).check();
    if (!startsQuery(first) || change > first) {
      refuseOurs(shape, "in " + tokens.spelling(first).toUpperCase(Locale.ROOT));
      return passThrough();
    }
    return isOurs(shape)
        ? new Statement.Query(queryText(first, tokens.size()), new Sink.Client())
        : passThrough();
  }

  /** Whether a query or the like begins at {@code i}. */
  boolean startsQuery(int i) {
    return new ShapeReader(tokens).startsQuery(i, true);
  }

  /** Where the statement begins that follows a WITH and is no query; its first token otherwise. */
  private int changeAfterWith(Shape shape) {
    return shape
        .query()
        .with()
        .map(With::end)
        .filter(end -> tokens.isWord(end, "INSERT", "UPDATE", "DELETE", "MERGE"))
        .orElse(shape.query().first());
  }

  /** Whether the query is to be planned by us. */
  boolean isOurs(Shape shape) {
    int first = shape.query().first();
    boolean plain = tokens.isWord(first, "SELECT", "WITH", "FROM") || tokens.is(first, "(");
    return (everyQuery && plain) || namesOurs(shape);
  }

  private boolean namesOurs(Shape shape) {
    return !shape.calls().isEmpty()
        || !ViewReferences.of(shape, views).isEmpty()
        || !ViewReferences.ofSources(shape, views).isEmpty();
  }

  /** Whether a source has this name. */
  boolean isSource(String name) {
    return views.isSource(name);
  }

  /** Whether a table of another database has this name. */
  boolean isOfSource(List<String> name) {
    return views.isOfSource(name);
  }

  /** Whether a view of ours has this name. */
  boolean isView(List<String> name) {
    return views.named(name).isPresent();
  }

  /** The query from token {@code first} to {@code end}, with the views it names. */
  QueryText queryText(int first, int end) {
    return withViews(Shape.of(tokens, first, end));
  }

  /** The rows of the view, or of the other database's table, whose name stands at {@code first}. */
  QueryText viewText(QualifiedName name, int first) {
    Span span =
        new Span(first, name.end(), List.of(new TableName(first, name.end(), name.parts())));
    Shape.Query query = new Shape.Query(first, name.end(), Optional.empty(), span, List.of());
    return withViews(new Shape(tokens, query, false));
  }

  private QueryText withViews(Shape shape) {
    int start = tokens.start(shape.query().first());
    int end = tokens.end(shape.query().end() - 1);
    return new QueryText(tokens.text(), start, end, ViewExpansion.edits(shape, views));
  }

  /**
   * Throws UNSUPPORTED where PREDICT, a view of ours or a source's table stands in this part of the
   * statement.
   */
  void refuseOurs(int first, int end, String where) {
    refuseOurs(Shape.of(tokens, first, end), where);
  }

  private void refuseOurs(Shape shape, String where) {
    if (!shape.calls().isEmpty()) {
      throw unsupported(
          shape.calls().get(0).name(),
          "PREDICT",
          where,
          "Put the predictions into a table first, with CREATE TABLE … AS SELECT.");
    }
    for (TableName reference : ViewReferences.of(shape, views)) {
      throw unsupported(
          reference.first(),
          "The view " + tokens.spelling(reference.first(), reference.end()),
          where,
          "It has predictions in it: put its rows into a table first, with CREATE TABLE … AS.");
    }
    for (TableName table : ViewReferences.ofSources(shape, views)) {
      throw unsupported(
          table.first(),
          "The table " + tokens.spelling(table.first(), table.end()) + " of another database",
          where,
          "Put its rows into a table first, with CREATE TABLE … AS.");
    }
  }

  /** Throws UNSUPPORTED where a parameter stands in this part of the statement. */
  void refuseParameters(int first, int end) {
    for (int i = first; i < end; i++) {
      if (tokens.kind(i) == Kind.PARAMETER) {
        throw unsupported(
            i, "A parameter", "outside the query of a statement with PREDICT", "Write the value.");
      }
    }
  }

  AuspexException unsupported(int token, String what, String where, String instead) {
    return new AuspexException(ErrorCode.UNSUPPORTED, what, where, instead)
        .at(tokens.position(token));
  }

  /** The name at {@code i}, its parts as written; empty if there is none. */
  List<String> qualifiedName(int i) {
    return QualifiedName.at(tokens, i).parts();
  }
}
