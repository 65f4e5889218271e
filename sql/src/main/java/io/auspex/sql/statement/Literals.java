package io.auspex.sql.statement;

import io.auspex.sql.lexer.Tokens;

/** Values of literals. */
final class Literals {
  private Literals() {}

  /** The value of the plain string literal {@code '…'} at token {@code i}. */
  static String string(Tokens tokens, int i) {
    String spelling = tokens.spelling(i);
    return spelling.substring(1, spelling.length() - 1).replace("''", "'");
  }
}
