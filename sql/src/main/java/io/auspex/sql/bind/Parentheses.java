package io.auspex.sql.bind;

import io.auspex.sql.lexer.Tokens;

/** Parentheses of a printed text. */
final class Parentheses {
  private Parentheses() {}

  /** Whether the first closes at the very end. */
  static boolean surround(String printed) {
    return surround(Tokens.of(printed));
  }

  static boolean surround(Tokens tokens) {
    return tokens.is(0, "(") && tokens.closing(0) == tokens.size() - 1;
  }
}
