package io.auspex.sql.statement;

import io.auspex.sql.lexer.Tokens;
import java.util.ArrayList;
import java.util.List;

/** A name of one to three parts, and the token after it. */
record QualifiedName(List<String> parts, int end) {

  static QualifiedName at(Tokens tokens, int first) {
    List<String> parts = new ArrayList<>();
    int at = first;
    if (tokens.isName(at)) {
      parts.add(tokens.name(at++));
      while (tokens.is(at, ".") && tokens.isName(at + 1)) {
        parts.add(tokens.name(at + 1));
        at += 2;
      }
    }
    return new QualifiedName(List.copyOf(parts), at);
  }
}
