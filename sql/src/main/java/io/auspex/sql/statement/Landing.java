package io.auspex.sql.statement;

import io.auspex.sql.lexer.Token.Kind;
import io.auspex.sql.lexer.Tokens;
import io.auspex.sql.statement.Statement.CreateView;
import io.auspex.sql.statement.Statement.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** {@code CREATE TABLE AS}, {@code CREATE VIEW}, {@code INSERT} and {@code COPY} of a query. */
final class Landing {
  /** Options of COPY that make a folder of files. */
  private static final Set<String> FOLDER_OPTIONS =
      Set.of("PARTITION_BY", "PER_THREAD_OUTPUT", "FILE_SIZE_BYTES");

  private final Router router;
  private final Tokens tokens;
  private final int first;

  Landing(Router router, Tokens tokens, int first) {
    this.router = router;
    this.tokens = tokens;
    this.first = first;
  }

  Statement read() {
    if (tokens.isWord(first, "INSERT")) {
      return insert();
    } else if (tokens.isWord(first, "COPY")) {
      return copy();
    }
    boolean orReplace = tokens.isWords(first + 1, "OR", "REPLACE");
    int at = first + (orReplace ? 3 : 1);
    boolean temporary = tokens.isWord(at, "TEMP", "TEMPORARY");
    int what = at + (temporary ? 1 : 0);
    boolean ifNotExists = tokens.isWords(what + 1, "IF", "NOT", "EXISTS");
    QualifiedName name = QualifiedName.at(tokens, what + (ifNotExists ? 4 : 1));
    int query = afterAs(name.end());
    if (tokens.isWord(what, "TABLE") && router.isOfSource(name.parts())) {
      return new SourceLanding(router, tokens)
          .create(name, orReplace, temporary, ifNotExists, query);
    }
    new SourceRefusals(router, tokens, first).check();
    if (tokens.isWord(what, "TABLE") && router.startsQuery(query)) {
      return createTable(name, orReplace, temporary, ifNotExists, query);
    } else if (tokens.isWord(what, "VIEW") && router.startsQuery(query)) {
      return createView(name, orReplace, temporary, ifNotExists, query);
    }
    return other("in CREATE " + tokens.spelling(what).toUpperCase(Locale.ROOT));
  }

  private Statement createTable(
      QualifiedName name, boolean orReplace, boolean temporary, boolean ifNotExists, int query) {
    int end = tokens.size();
    if (tokens.isWords(end - 3, "WITH", "NO", "DATA")) {
      end -= 3;
    } else if (tokens.isWords(end - 2, "WITH", "DATA")) {
      end -= 2;
    }
    if (isPassThrough(query, end)) {
      return router.passThrough();
    }
    checkAround(query, end);
    Sink sink =
        new Sink.CreateTable(
            name.parts(), orReplace, temporary, ifNotExists, before(query), after(end));
    return new Query(router.queryText(query, end), sink);
  }

  private Statement createView(
      QualifiedName name, boolean orReplace, boolean temporary, boolean ifNotExists, int query) {
    Router inside = router.inside(name.parts());
    boolean ours = query < tokens.size() && inside.isOurs(Shape.of(tokens, query, tokens.size()));
    if (!ours && !router.isView(name.parts())) {
      return router.passThrough();
    }
    checkAround(query, tokens.size());
    router.refuseParameters(query, tokens.size());
    List<String> columns = new ArrayList<>();
    if (tokens.is(name.end(), "(")) {
      for (int i = name.end() + 1; i < tokens.closing(name.end()); i++) {
        if (tokens.isName(i)) {
          columns.add(tokens.name(i));
        }
      }
    }
    return new CreateView(
        orReplace,
        ifNotExists,
        temporary,
        name.parts(),
        List.copyOf(columns),
        inside.queryText(query, tokens.size()));
  }

  private Statement insert() {
    int into = tokens.isWord(first + 1, "OR") ? first + 3 : first + 1;
    QualifiedName name = QualifiedName.at(tokens, into + 1);
    int query = name.end();
    while (query < tokens.size() && !router.startsQuery(query)) {
      query = tokens.opens(query) ? tokens.closing(query) + 1 : query + 1;
    }
    int end = query;
    while (end < tokens.size() && !endsInserted(end)) {
      end = tokens.opens(end) ? Math.min(tokens.closing(end) + 1, tokens.size()) : end + 1;
    }
    if (router.isOfSource(name.parts())) {
      return new SourceLanding(router, tokens).insert(first, name, query, end);
    } else if (query >= end) {
      return other("in INSERT outside its query");
    } else if (isPassThrough(query, end)) {
      router.refuseOurs(end, tokens.size(), "after the query of INSERT");
      return router.passThrough();
    }
    checkAround(query, end);
    Sink sink = new Sink.Insert(name.parts(), returning(end), before(query), after(end));
    return new Query(router.queryText(query, end), sink);
  }

  private boolean endsInserted(int i) {
    return tokens.isWords(i, "ON", "CONFLICT") || tokens.isWord(i, "RETURNING");
  }

  private boolean returning(int from) {
    int at = from;
    while (at < tokens.size() && !tokens.isWord(at, "RETURNING")) {
      at = tokens.opens(at) ? tokens.closing(at) + 1 : at + 1;
    }
    return at < tokens.size();
  }

  private Statement copy() {
    boolean parenthesized = tokens.is(first + 1, "(");
    QualifiedName table = QualifiedName.at(tokens, first + 1);
    int query = parenthesized ? first + 2 : first + 1;
    int end = parenthesized ? tokens.closing(first + 1) : table.end();
    int to = parenthesized ? end + 1 : end;
    boolean ofView =
        !parenthesized && (router.isView(table.parts()) || router.isOfSource(table.parts()));
    if (!tokens.isWord(to, "TO")) {
      new SourceRefusals(router, tokens, first).check();
    }
    if (!tokens.isWord(to, "TO") || (!ofView && isPassThrough(query, end))) {
      return other("in COPY outside its query");
    }
    checkAround(query, end);
    if (tokens.kind(to + 1) != Kind.STRING || !tokens.spelling(to + 1).startsWith("'")) {
      throw router.unsupported(
          to + 1, "This target", "in COPY of predictions", "Write the file's name as '…'.");
    }
    QueryText text = ofView ? router.viewText(table, query) : router.queryText(query, end);
    return new Query(text, copyTo(to + 1));
  }

  private Sink copyTo(int file) {
    boolean with = tokens.isWord(file + 1, "WITH") && tokens.is(file + 2, "(");
    boolean partitioned = false;
    for (int i = file + 1; i < tokens.size(); i++) {
      String option = tokens.isName(i) ? tokens.name(i).toUpperCase(Locale.ROOT) : "";
      partitioned |= FOLDER_OPTIONS.contains(option);
      if (option.startsWith("RETURN_")) {
        throw router.unsupported(
            i, option, "in COPY of predictions", "It answers with the number of rows.");
      }
    }
    return new Sink.CopyTo(tokens.string(file), partitioned, after(file + (with ? 2 : 1)));
  }

  private Statement other(String where) {
    router.refuseOurs(first, tokens.size(), where);
    return router.passThrough();
  }

  private boolean isPassThrough(int query, int end) {
    return query >= end || !router.isOurs(Shape.of(tokens, query, end));
  }

  private void checkAround(int query, int end) {
    String where = "outside the query of " + tokens.spelling(first).toUpperCase(Locale.ROOT);
    router.refuseOurs(first, query, where);
    router.refuseOurs(end, tokens.size(), where);
    router.refuseParameters(first, query);
    router.refuseParameters(end, tokens.size());
  }

  private String before(int query) {
    return tokens.text().substring(tokens.start(first), tokens.start(query));
  }

  private String after(int end) {
    return tokens.spelling(end, tokens.size());
  }

  /** The token after the AS that stands at no depth; beyond the last if there is none. */
  private int afterAs(int from) {
    int at = from;
    while (at < tokens.size() && !tokens.isWord(at, "AS")) {
      at = tokens.opens(at) ? tokens.closing(at) + 1 : at + 1;
    }
    return at + 1;
  }
}
