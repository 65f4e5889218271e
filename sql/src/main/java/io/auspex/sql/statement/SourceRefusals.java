package io.auspex.sql.statement;

import io.auspex.sql.lexer.Tokens;
import java.util.Locale;

/**
 * Statements that would change a table of a source, or take a source's name, and are neither ours
 * nor DuckDB's to run: each is refused with what to do instead.
 */
final class SourceRefusals {
  private static final String ON_SOURCE = "on a source's table";
  private static final String THERE = "run it in that database itself.";

  private final Router router;
  private final Tokens tokens;
  private final int first;

  SourceRefusals(Router router, Tokens tokens, int first) {
    this.router = router;
    this.tokens = tokens;
    this.first = first;
  }

  /** Throws UNSUPPORTED where the statement from token {@code first} on is one of these. */
  void check() {
    switch (tokens.spelling(first).toUpperCase(Locale.ROOT)) {
      case "UPDATE" ->
          refuse(first + 1, "Write INSERT … ON CONFLICT (key) DO UPDATE SET …, or " + THERE);
      case "DELETE" ->
          refuse(
              after(first + 1, "FROM"),
              "Write what stays with CREATE OR REPLACE TABLE … AS SELECT, or " + THERE);
      case "MERGE" ->
          refuse(
              after(first + 1, "INTO"),
              "Write INSERT … ON CONFLICT (key) DO UPDATE SET …, or " + THERE);
      case "INSERT" -> refuse(after(first + 1, "INTO"), "Put the WITH after INSERT INTO ….");
      case "TRUNCATE" ->
          refuse(
              after(first + 1, "TABLE"),
              "Write CREATE OR REPLACE TABLE … AS SELECT … LIMIT 0, or " + THERE);
      case "ALTER" -> refuse(named(first + 2), "Write CREATE OR REPLACE TABLE … AS, or " + THERE);
      case "DROP" -> drop();
      case "CREATE" -> create();
      case "COPY" ->
          refuse(first + 1, "Write INSERT INTO … SELECT * FROM 'file', or CREATE TABLE … AS.");
      case "COMMENT" -> refuse(first + 3, "If it is to stay, " + THERE);
      case "ANALYZE", "VACUUM" -> refuse(first + 1, "If it is of use, " + THERE);
      case "USE" -> {
        if (tokens.isName(first + 1) && router.isSource(tokens.name(first + 1))) {
          throw router.unsupported(
              first, "USE", "with a source", "Name its tables whole: source.schema.table.");
        }
      }
      case "ATTACH" -> refuseName(tokens.size() - 1, true);
      default -> {
        // It changes no table, or not by name.
      }
    }
  }

  private void create() {
    boolean orReplace = tokens.isWords(first + 1, "OR", "REPLACE");
    int what = first + (orReplace ? 3 : 1);
    if (tokens.isWord(what, "SCHEMA")) {
      int name = named(what + 1);
      refuse(name, "If it is to be there, " + THERE);
      refuseName(name, false);
    } else if (tokens.isWord(what, "UNIQUE", "INDEX")) {
      for (int i = what; i < tokens.size(); i++) {
        if (tokens.isWord(i, "ON")) {
          refuse(i + 1, "The indexes of a table that is replaced are kept; " + THERE);
          return;
        }
      }
    } else if (!tokens.isWord(what, "TABLE")) {
      boolean temporary = tokens.isWord(what, "TEMP", "TEMPORARY");
      refuse(named(what + (temporary ? 2 : 1)), "Only tables are made there.");
    }
  }

  private void drop() {
    int name = named(first + 2);
    if (tokens.isWord(first + 1, "TABLE")) {
      refuse(name, "Drop one table at a time, and without CASCADE.");
    } else {
      refuse(name, "If it is to go, " + THERE);
    }
  }

  /** The new database's or schema's name must be no source's. */
  private void refuseName(int name, boolean follows) {
    for (int i = follows ? first + 1 : name; i <= name; i++) {
      boolean isName = !follows || tokens.isWord(i - 1, "AS");
      if (isName && tokens.isName(i) && router.isSource(tokens.name(i)) && !tokens.is(i + 1, ".")) {
        throw router.unsupported(
            i, "The name " + tokens.name(i), "here", "A source has it: choose another.");
      }
    }
  }

  private void refuse(int name, String instead) {
    if (router.isOfSource(router.qualifiedName(name))) {
      throw router.unsupported(
          name, tokens.spelling(first).toUpperCase(Locale.ROOT), ON_SOURCE, instead);
    }
  }

  private int after(int i, String word) {
    return tokens.isWord(i, word) ? i + 1 : i;
  }

  /** The token after {@code IF [NOT] EXISTS}, where that stands. */
  private int named(int i) {
    int exists = tokens.isWord(i + 1, "NOT") ? i + 2 : i + 1;
    return tokens.isWord(i, "IF") && tokens.isWord(exists, "EXISTS") ? exists + 1 : i;
  }
}
