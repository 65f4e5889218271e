package io.auspex.sql.parser;

import static io.auspex.sql.parser.generated.AuspexParserConstants.*;

import io.auspex.sql.parser.generated.Token;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Texts that our grammar would cut into other words than DuckDB does, or whose words mean something
 * else there.
 */
final class LexicalMisreadings {

  /** Operators and literals that Calcite knows with another meaning or precedence. */
  private static final Set<Integer> FOREIGN =
      Set.of(
          LBRACE,
          LBRACE_D,
          LBRACE_T,
          LBRACE_TS,
          LBRACE_FN,
          HINT_BEG,
          CARET,
          AMPERSAND,
          VERTICAL_BAR,
          LEFTSHIFT,
          LAMBDA,
          COLON,
          DOUBLE_PERIOD,
          DOLLAR,
          COLLATION_ID,
          PREFIXED_STRING_LITERAL,
          UNICODE_STRING_LITERAL,
          C_STYLE_ESCAPED_STRING_LITERAL,
          BINARY_STRING_LITERAL,
          UNICODE_QUOTED_IDENTIFIER);

  /** Words that are values without parentheses to Calcite, but perhaps columns to DuckDB. */
  private static final Set<Integer> VALUE_WORDS =
      Set.of(
          CURRENT_CATALOG,
          CURRENT_DATE,
          CURRENT_PATH,
          CURRENT_ROLE,
          CURRENT_SCHEMA,
          CURRENT_TIME,
          CURRENT_TIMESTAMP,
          CURRENT_USER,
          LOCALTIME,
          LOCALTIMESTAMP,
          SESSION_USER,
          SYSTEM_USER,
          USER);

  /** Clauses and operators that both have, but not in the same sense. */
  private static final Set<Integer> CLAUSE_WORDS =
      Set.of(
          ANY,
          COLLATE,
          CUBE,
          GROUPING,
          LATERAL,
          MATCH_RECOGNIZE,
          NATURAL,
          PIVOT,
          QUALIFY,
          RECURSIVE,
          ROLLUP,
          SET_MINUS,
          SIMILAR,
          SOME,
          STREAM,
          SYMMETRIC,
          TABLESAMPLE,
          UNNEST,
          UNPIVOT);

  /** Operators and joins of DuckDB that are mere names, and thus aliases, to our grammar. */
  private static final Set<String> DUCKDB_WORDS =
      Set.of(
          "ANTI",
          "COLUMNS",
          "EXCLUDE",
          "GLOB",
          "ISNULL",
          "LAMBDA",
          "NOTNULL",
          "POSITIONAL",
          "RENAME",
          "SEMI",
          "SUMMARIZE",
          "TUPLE",
          "UNPACK",
          "VARIADIC");

  private static final Set<Integer> NUMBERS =
      Set.of(UNSIGNED_INTEGER_LITERAL, DECIMAL_NUMERIC_LITERAL, APPROX_NUMERIC_LITERAL);

  /** More digits than a BIGINT surely holds. */
  private static final int LONGEST_NUMBER = 18;

  private LexicalMisreadings() {}

  static void refuse(List<Token> tokens) {
    Token previous = null;
    for (Token token : tokens) {
      refuseForeign(token);
      refuseWord(token);
      refuseNumber(token);
      refuseParameterName(token);
      refuseNestedComment(token);
      if (previous != null) {
        refuseGlued(previous, token);
      }
      previous = token;
    }
  }

  private static void refuseForeign(Token token) {
    if (FOREIGN.contains(token.kind)) {
      throw new NotUnderstood(token.image);
    }
  }

  private static void refuseWord(Token token) {
    boolean plain = token.kind == IDENTIFIER;
    String word = token.image.toUpperCase(Locale.ROOT);
    if (VALUE_WORDS.contains(token.kind)
        || CLAUSE_WORDS.contains(token.kind)
        || (plain && DUCKDB_WORDS.contains(word))) {
      throw new NotUnderstood(word);
    }
  }

  /** Larger ones are HUGEINT or DOUBLE in DuckDB. */
  private static void refuseNumber(Token token) {
    boolean exact = NUMBERS.contains(token.kind) && token.kind != APPROX_NUMERIC_LITERAL;
    if (exact && token.image.length() > LONGEST_NUMBER) {
      throw new NotUnderstood("the number " + token.image);
    }
  }

  /** {@code $1}, {@code $name} and {@code $$text$$} are names to our grammar. */
  private static void refuseParameterName(Token token) {
    if (token.kind == IDENTIFIER && token.image.startsWith("$")) {
      throw new NotUnderstood(token.image);
    }
  }

  /** DuckDB may count the beginnings of comments; our grammar ends at the first end. */
  private static void refuseNestedComment(Token token) {
    for (Token comment = token.specialToken; comment != null; comment = comment.specialToken) {
      if (comment.image.indexOf("/*", 2) >= 0) {
        throw new NotUnderstood("a comment within a comment");
      }
    }
  }

  /** {@code 1_000}, {@code 0xFF} and {@code ?1} are one word to DuckDB, two to our grammar. */
  private static void refuseGlued(Token first, Token second) {
    boolean glued = first.endLine == second.beginLine && first.endColumn + 1 == second.beginColumn;
    boolean opens = NUMBERS.contains(first.kind) || first.kind == HOOK;
    if (glued && opens && Character.isJavaIdentifierPart(second.image.charAt(0))) {
      throw new NotUnderstood(first.image + second.image);
    }
  }
}
