package io.auspex.sql.lexer;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;
import io.auspex.catalog.Names;
import io.auspex.catalog.Position;
import io.auspex.sql.lexer.Token.Kind;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * The significant tokens of a text, by their ordinals. Every question may be asked of any ordinal:
 * beyond the last token the answer is no, or the text's end. Immutable.
 */
public final class Tokens {
  private final String text;
  private final List<Token> tokens;
  private final int[] closing;

  private Tokens(String text, List<Token> tokens) {
    this.text = text;
    this.tokens = tokens;
    this.closing = matchBrackets();
  }

  public static Tokens of(String text) {
    return new Tokens(text, Lexer.tokens(text).stream().filter(Token::isSignificant).toList());
  }

  public String text() {
    return text;
  }

  public int size() {
    return tokens.size();
  }

  /** The kind of token {@code i}, or null beyond the last. */
  public Kind kind(int i) {
    return has(i) ? tokens.get(i).kind() : null;
  }

  /** Offset of the first character of token {@code i}; the text's length beyond the last. */
  public int start(int i) {
    return has(i) ? tokens.get(i).start() : text.length();
  }

  /** Offset after the last character of token {@code i}. */
  public int end(int i) {
    return has(i) ? tokens.get(i).end() : text.length();
  }

  /** Token {@code i} as written; empty beyond the last. */
  public String spelling(int i) {
    return text.substring(start(i), end(i));
  }

  /** The text of the tokens from {@code first} to before {@code end}, as written. */
  public String spelling(int first, int end) {
    return first >= end ? "" : text.substring(start(first), end(end - 1));
  }

  /** Whether token {@code i} is one of these words, unquoted. */
  public boolean isWord(int i, String... words) {
    if (kind(i) != Kind.WORD) {
      return false;
    }
    String spelling = spelling(i);
    return Arrays.stream(words).anyMatch(spelling::equalsIgnoreCase);
  }

  /** Whether the tokens from {@code i} on are these words, one after the other. */
  public boolean isWords(int i, String... words) {
    for (int k = 0; k < words.length; k++) {
      if (!isWord(i + k, words[k])) {
        return false;
      }
    }
    return true;
  }

  /** Whether token {@code i} is this operator or punctuation. */
  public boolean is(int i, String symbol) {
    return (kind(i) == Kind.PUNCTUATION || kind(i) == Kind.OPERATOR) && spelling(i).equals(symbol);
  }

  /** Whether token {@code i} can be a name. */
  public boolean isName(int i) {
    return kind(i) == Kind.WORD || kind(i) == Kind.QUOTED;
  }

  /** The name that token {@code i} is, without its quotes. */
  public String name(int i) {
    String spelling = spelling(i);
    return kind(i) == Kind.QUOTED ? Names.unquote(spelling) : spelling;
  }

  /** The value of the plain string literal {@code '…'} that token {@code i} is. */
  public String string(int i) {
    String spelling = spelling(i);
    return spelling.substring(1, spelling.length() - 1).replace("''", "'");
  }

  /** Whether token {@code i} opens a bracket. */
  public boolean opens(int i) {
    return is(i, "(") || is(i, "[") || is(i, "{");
  }

  /** The token that closes the bracket opened at {@code i}; {@link #size} if none does. */
  public int closing(int i) {
    return closing[i];
  }

  /** The place of token {@code i}. */
  public Position position(int i) {
    return Position.of(text, start(i));
  }

  /** Throws SYNTAX where a string, a quoted name or a comment has no end. */
  public void requireTerminated() {
    for (Token token : Lexer.tokens(text)) {
      if (!token.terminated()) {
        String what =
            switch (token.kind()) {
              case COMMENT -> "This comment";
              case QUOTED -> "This quoted name";
              default -> "This string";
            };
        throw new AuspexException(ErrorCode.SYNTAX, what + " has no end. Close it.")
            .at(Position.of(text, token.start()));
      }
    }
  }

  private boolean has(int i) {
    return i >= 0 && i < tokens.size();
  }

  private int[] matchBrackets() {
    int[] matches = new int[tokens.size()];
    Arrays.fill(matches, tokens.size());
    Deque<Integer> open = new ArrayDeque<>();
    for (int i = 0; i < tokens.size(); i++) {
      if (opens(i)) {
        open.push(i);
      } else if ((is(i, ")") || is(i, "]") || is(i, "}")) && !open.isEmpty()) {
        matches[open.pop()] = i;
      }
    }
    return matches;
  }
}
