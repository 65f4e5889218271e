package io.auspex.sql.lexer;

import io.auspex.sql.lexer.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * Divides a text of DuckDB's SQL into tokens that cover it without gaps. It takes any text and
 * never fails: what is cut off is marked as not {@linkplain Token#terminated terminated}.
 */
public final class Lexer {
  private static final String PUNCTUATION = "()[]{},;.";
  private static final String OPERATOR = "~!@#^&|`+-*/%<>=";

  /** An operator that ends in + or - must have one of these in it, as in PostgreSQL. */
  private static final String SIGNED_OPERATOR = "~!@#^&|`%";

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int at;
  private boolean terminated;

  private Lexer(String text) {
    this.text = text;
  }

  /** The tokens of the text, whitespace and comments among them. */
  public static List<Token> tokens(String text) {
    Lexer lexer = new Lexer(text);
    while (lexer.at < text.length()) {
      int start = lexer.at;
      lexer.terminated = true;
      Kind kind = lexer.next();
      lexer.tokens.add(new Token(kind, start, lexer.at, lexer.terminated));
    }
    return List.copyOf(lexer.tokens);
  }

  private Kind next() {
    char c = peek(0);
    if (isSpace(c)) {
      return whitespace();
    } else if (startsWith("--")) {
      return lineComment();
    } else if (startsWith("/*")) {
      return blockComment();
    } else if (c == '\'') {
      return string(0, false);
    } else if (peek(1) == '\'' && "eExXbB".indexOf(c) >= 0) {
      return string(1, c == 'e' || c == 'E');
    } else if (c == '"') {
      return quotedName();
    } else if (c == '$') {
      return dollar();
    } else if (c == '?') {
      return questionMark();
    } else if (isDigit(c) || (c == '.' && isDigit(peek(1)) && !followsName())) {
      return number();
    } else if (isNameStart(c)) {
      return word();
    } else if (OPERATOR.indexOf(c) >= 0) {
      return operator();
    }
    return punctuation();
  }

  private Kind whitespace() {
    while (at < text.length() && isSpace(peek(0))) {
      at++;
    }
    return Kind.WHITESPACE;
  }

  private Kind lineComment() {
    while (at < text.length() && peek(0) != '\n' && peek(0) != '\r') {
      at++;
    }
    return Kind.COMMENT;
  }

  private Kind blockComment() {
    int depth = 0;
    do {
      if (startsWith("/*")) {
        depth++;
        at += 2;
      } else if (startsWith("*/")) {
        depth--;
        at += 2;
      } else {
        at++;
      }
    } while (depth > 0 && at < text.length());
    at = Math.min(at, text.length());
    terminated = depth == 0;
    return Kind.COMMENT;
  }

  private Kind string(int prefix, boolean escapes) {
    at += prefix;
    quoted('\'', escapes);
    return Kind.STRING;
  }

  private Kind quotedName() {
    quoted('"', false);
    return Kind.QUOTED;
  }

  /** From the opening quote to the closing one; a doubled quote stands for itself. */
  private void quoted(char quote, boolean escapes) {
    at++;
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (escapes && c == '\\') {
        at++;
      } else if (c == quote && peek(0) == quote) {
        at++;
      } else if (c == quote) {
        return;
      }
    }
    at = text.length();
    terminated = false;
  }

  /** {@code $tag$…$tag$}, or a parameter. */
  private Kind dollar() {
    int end = at + 1;
    while (end < text.length() && isNamePart(text.charAt(end)) && text.charAt(end) != '$') {
      end++;
    }
    boolean tag = end == at + 1 || !isDigit(text.charAt(at + 1));
    if (tag && end < text.length() && text.charAt(end) == '$') {
      String delimiter = text.substring(at, end + 1);
      int close = text.indexOf(delimiter, end + 1);
      terminated = close >= 0;
      at = terminated ? close + delimiter.length() : text.length();
      return Kind.STRING;
    }
    at = end;
    return Kind.PARAMETER;
  }

  private Kind questionMark() {
    at++;
    while (isDigit(peek(0))) {
      at++;
    }
    return Kind.PARAMETER;
  }

  private Kind number() {
    if (peek(0) == '0' && "xXbBoO".indexOf(peek(1)) >= 0 && isLetterOrDigit(peek(2))) {
      at += 2;
      while (isLetterOrDigit(peek(0)) || peek(0) == '_') {
        at++;
      }
      return Kind.NUMBER;
    }
    digits();
    if (peek(0) == '.' && peek(1) != '.') {
      at++;
      digits();
    }
    int sign = peek(1) == '+' || peek(1) == '-' ? 1 : 0;
    if ((peek(0) == 'e' || peek(0) == 'E') && isDigit(peek(1 + sign))) {
      at += 1 + sign;
      digits();
    }
    return Kind.NUMBER;
  }

  private void digits() {
    while (isDigit(peek(0)) || (peek(0) == '_' && isDigit(peek(1)))) {
      at++;
    }
  }

  private Kind word() {
    while (at < text.length() && isNamePart(peek(0))) {
      at++;
    }
    return Kind.WORD;
  }

  private Kind operator() {
    int end = at + 1;
    while (end < text.length()
        && OPERATOR.indexOf(text.charAt(end)) >= 0
        && !text.startsWith("--", end)
        && !text.startsWith("/*", end)) {
      end++;
    }
    while (end > at + 1 && isSign(text.charAt(end - 1)) && !mayEndInSign(end)) {
      end--;
    }
    at = end;
    return Kind.OPERATOR;
  }

  private boolean mayEndInSign(int end) {
    return text.substring(at, end).chars().anyMatch(c -> SIGNED_OPERATOR.indexOf(c) >= 0);
  }

  private static boolean isSign(char c) {
    return c == '+' || c == '-';
  }

  private Kind punctuation() {
    if (startsWith("::") || startsWith(":=")) {
      at += 2;
      return Kind.OPERATOR;
    }
    at++;
    return Kind.PUNCTUATION;
  }

  /** Whether a name ends right here, so that {@code t.1} is no number. */
  private boolean followsName() {
    if (tokens.isEmpty()) {
      return false;
    }
    Token previous = tokens.get(tokens.size() - 1);
    return previous.kind() == Kind.WORD || previous.kind() == Kind.QUOTED;
  }

  private boolean startsWith(String prefix) {
    return text.startsWith(prefix, at);
  }

  private char peek(int ahead) {
    return at + ahead < text.length() ? text.charAt(at + ahead) : '\0';
  }

  private static boolean isSpace(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\uFEFF';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isLetterOrDigit(char c) {
    return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean isNameStart(char c) {
    return (isLetterOrDigit(c) && !isDigit(c)) || c == '_' || (c >= 0x80 && !isSpace(c));
  }

  private static boolean isNamePart(char c) {
    return isNameStart(c) || isDigit(c) || c == '$';
  }
}
