package io.auspex.engine;

import io.auspex.catalog.Position;
import io.auspex.sql.lexer.Lexer;
import io.auspex.sql.lexer.Redaction;
import io.auspex.sql.lexer.Scripts;
import java.util.List;

/**
 * SQL text as whoever reads it from a user needs it: divided into statements, and into tokens.
 * Takes any text, however unfinished, and never fails.
 */
public final class Script {
  private Script() {}

  /**
   * A statement of a script, without its semicolon.
   *
   * @param offset where in the script it begins
   */
  public record Piece(String text, int offset) {}

  /**
   * A token.
   *
   * @param start 0-based offset of its first character, in UTF-16 units
   * @param end offset after its last character
   * @param closed false for a string, quoted name or comment that the text's end cuts off
   */
  public record Token(Kind kind, int start, int end, boolean closed) {}

  /** What a token is. */
  public enum Kind {
    SPACE,
    COMMENT,
    /** A keyword or an unquoted name. */
    WORD,
    /** A name in double quotes. */
    QUOTED_NAME,
    STRING,
    NUMBER,
    /** Operators, brackets, commas, parameters. */
    SYMBOL
  }

  /** The statements of a script, without those that are empty. */
  public static List<Piece> split(String text) {
    return Scripts.split(text).statements().stream()
        .map(part -> new Piece(part.text(), part.start()))
        .toList();
  }

  /** The statements of a text, in order, without their semicolons. */
  public static List<String> texts(String text) {
    return split(text).stream().map(Piece::text).toList();
  }

  /** Whether no statement is begun and not ended by a semicolon. */
  public static boolean isComplete(String text) {
    return Scripts.split(text).complete();
  }

  /** Tokens that cover the text without gaps. */
  public static List<Token> tokens(String text) {
    return Lexer.tokens(text).stream()
        .map(token -> new Token(kind(token), token.start(), token.end(), token.terminated()))
        .toList();
  }

  /** The text as it may be kept and shown: with {@code '***'} for passwords in it. */
  public static String withoutSecrets(String text) {
    return Redaction.of(text).shown();
  }

  /** The place in {@link #withoutSecrets} of a place in the text. */
  public static Position placeWithoutSecrets(String text, Position place) {
    Redaction redaction = Redaction.of(text);
    return redaction.isEmpty()
        ? place
        : Position.of(redaction.shown(), redaction.offset(place.offset(text)));
  }

  private static Kind kind(io.auspex.sql.lexer.Token token) {
    return switch (token.kind()) {
      case WHITESPACE -> Kind.SPACE;
      case COMMENT -> Kind.COMMENT;
      case WORD -> Kind.WORD;
      case QUOTED -> Kind.QUOTED_NAME;
      case STRING -> Kind.STRING;
      case NUMBER -> Kind.NUMBER;
      case PARAMETER, OPERATOR, PUNCTUATION -> Kind.SYMBOL;
    };
  }
}
