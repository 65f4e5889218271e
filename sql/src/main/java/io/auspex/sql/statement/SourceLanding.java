package io.auspex.sql.statement;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;
import io.auspex.sql.lexer.Tokens;
import io.auspex.sql.statement.Sink.IntoSource;
import io.auspex.sql.statement.Sink.IntoSource.Assignment;
import io.auspex.sql.statement.Sink.IntoSource.Conflict;
import io.auspex.sql.statement.Sink.IntoSource.Mode;
import io.auspex.sql.statement.Statement.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code CREATE TABLE AS} and {@code INSERT} whose target is a table of a source. Their queries are
 * planned whatever they read, since their rows go to where DuckDB cannot put them.
 */
final class SourceLanding {
  private static final String ON_SOURCE = "on a source's table";

  private final Router router;
  private final Tokens tokens;

  SourceLanding(Router router, Tokens tokens) {
    this.router = router;
    this.tokens = tokens;
  }

  /**
   * {@code CREATE [OR REPLACE] TABLE [IF NOT EXISTS] name [(column, …, PRIMARY KEY (column, …))] AS
   * query}.
   *
   * @param query the token after AS
   */
  Statement create(
      QualifiedName name, boolean orReplace, boolean temporary, boolean ifNotExists, int query) {
    int at = name.end();
    if (temporary) {
      throw unsupported(at - 1, "TEMPORARY", "Leave it out, or leave out the source's name.");
    } else if (!router.startsQuery(query)) {
      throw unsupported(
          at, "CREATE TABLE without a query", "Write CREATE TABLE … AS SELECT … LIMIT 0.");
    }
    int end = tokens.size();
    if (tokens.isWords(end - 3, "WITH", "NO", "DATA")) {
      throw unsupported(end - 3, "WITH NO DATA", "End the query with LIMIT 0.");
    } else if (tokens.isWords(end - 2, "WITH", "DATA")) {
      end -= 2;
    }
    Columns columns = columns(at);
    router.refuseParameters(0, query);
    return new Query(
        router.queryText(query, end),
        new IntoSource(
            name.parts(),
            orReplace ? Mode.REPLACE : Mode.CREATE,
            ifNotExists,
            columns.names(),
            false,
            columns.primaryKey(),
            Optional.empty(),
            tokens.position(at - 1)));
  }

  private record Columns(List<String> names, List<String> primaryKey) {}

  /** What stands in parentheses after the table's name, if they are there. */
  private Columns columns(int opening) {
    List<String> names = new ArrayList<>();
    List<String> key = new ArrayList<>();
    if (!tokens.is(opening, "(")) {
      return new Columns(names, key);
    }
    int closing = tokens.closing(opening);
    int at = opening + 1;
    while (at < closing) {
      int next = at + 1;
      if (tokens.isWords(at, "PRIMARY", "KEY") && tokens.is(at + 2, "(") && key.isEmpty()) {
        key.addAll(names(at + 2));
        next = tokens.closing(at + 2) + 1;
      } else if (tokens.isName(at)) {
        names.add(tokens.name(at));
      } else {
        throw syntax(at);
      }
      if (next != closing && !tokens.is(next, ",")) {
        throw unsupported(
            at,
            "A column with a type",
            "Name columns alone, and CAST in the query; PRIMARY KEY (…) may follow them.");
      }
      at = next + 1;
    }
    return new Columns(names, key);
  }

  /**
   * {@code INSERT INTO name [(columns)] [BY NAME | BY POSITION] query [ON CONFLICT …]}.
   *
   * @param first the token INSERT
   */
  Statement insert(int first, QualifiedName name, int query, int end) {
    if (tokens.isWord(first + 1, "OR")) {
      throw unsupported(
          first + 1,
          "INSERT OR " + tokens.spelling(first + 2),
          "Write ON CONFLICT (key) DO UPDATE SET … or DO NOTHING.");
    } else if (query >= end) {
      throw unsupported(name.end(), "INSERT without a query", "Give it a SELECT or VALUES.");
    }
    boolean byName = false;
    List<String> columns = List.of();
    for (int i = name.end(); i < query; i++) {
      if (tokens.is(i, "(")) {
        columns = names(i);
        i = tokens.closing(i);
      } else if (tokens.isWords(i, "BY", "NAME")) {
        byName = true;
        i++;
      } else if (tokens.isWords(i, "BY", "POSITION")) {
        i++;
      } else {
        throw unsupported(i, "\"" + tokens.spelling(i) + "\" in INSERT", "Leave it out.");
      }
    }
    Optional<Conflict> conflict = conflict(end);
    router.refuseParameters(first, query);
    router.refuseParameters(end, tokens.size());
    return new Query(
        router.queryText(query, end),
        new IntoSource(
            name.parts(),
            Mode.INSERT,
            false,
            columns,
            byName,
            List.of(),
            conflict,
            tokens.position(name.end() - 1)));
  }

  /**
   * What follows the query: {@code ON CONFLICT (keys) DO UPDATE SET … | DO NOTHING}, or nothing.
   */
  private Optional<Conflict> conflict(int from) {
    if (from >= tokens.size()) {
      return Optional.empty();
    } else if (!tokens.isWords(from, "ON", "CONFLICT")) {
      throw unsupported(from, "RETURNING", "Leave it out, and read the table afterwards.");
    } else if (!tokens.is(from + 2, "(")) {
      throw unsupported(
          from, "ON CONFLICT without a key", "Name the key's columns: ON CONFLICT (…).");
    }
    List<String> keys = names(from + 2);
    int action = tokens.closing(from + 2) + 1;
    if (tokens.isWords(action, "DO", "NOTHING") && action + 2 == tokens.size()) {
      return Optional.of(new Conflict(keys, List.of()));
    } else if (!tokens.isWords(action, "DO", "UPDATE", "SET")) {
      throw unsupported(
          action,
          "\"" + tokens.spelling(action, tokens.size()) + "\" after ON CONFLICT (…)",
          "Write DO UPDATE SET column = EXCLUDED.column, …, or DO NOTHING.");
    }
    List<Assignment> assignments = new ArrayList<>();
    int at = action + 3;
    do {
      assignments.add(assignment(at));
      at += 6;
    } while (tokens.is(at - 1, ",") && at < tokens.size());
    if (at - 1 != tokens.size()) {
      throw unsupported(
          at - 1, "\"" + tokens.spelling(at - 1) + "\" in DO UPDATE", "End the statement before.");
    }
    return Optional.of(new Conflict(keys, assignments));
  }

  /** {@code column = EXCLUDED.column}. */
  private Assignment assignment(int at) {
    boolean copies =
        tokens.isName(at)
            && tokens.is(at + 1, "=")
            && tokens.isWord(at + 2, "EXCLUDED")
            && tokens.is(at + 3, ".")
            && tokens.isName(at + 4);
    if (!copies) {
      throw unsupported(
          at,
          "Anything but column = EXCLUDED.column in DO UPDATE",
          "Compute the value in the query.");
    }
    return new Assignment(tokens.name(at), tokens.name(at + 4));
  }

  /** The names in the parentheses that open at a token, with commas between. */
  private List<String> names(int opening) {
    List<String> names = new ArrayList<>();
    int closing = tokens.closing(opening);
    for (int i = opening + 1; i < closing; i += 2) {
      boolean divided = i + 1 == closing || tokens.is(i + 1, ",");
      if (!tokens.isName(i) || !divided) {
        throw syntax(i);
      }
      names.add(tokens.name(i));
    }
    if (names.isEmpty()) {
      throw syntax(closing);
    }
    return names;
  }

  private AuspexException syntax(int at) {
    return new AuspexException(
            ErrorCode.SYNTAX, "Expected the names of columns, with commas between.")
        .at(tokens.position(at));
  }

  private AuspexException unsupported(int token, String what, String instead) {
    return router.unsupported(token, what, ON_SOURCE, instead);
  }
}
