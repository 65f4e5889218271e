package io.auspex.sql.lexer;

/**
 * A token of a text.
 *
 * @param start 0-based offset of its first character, in UTF-16 units
 * @param end offset after its last character
 * @param terminated false for a string, quoted name or comment that the text's end cuts off
 */
public record Token(Kind kind, int start, int end, boolean terminated) {

  /** What a token is. */
  public enum Kind {
    WHITESPACE,
    /** {@code -- …} or {@code /* … *}{@code /}, which nests. */
    COMMENT,
    /** An unquoted identifier or a keyword. */
    WORD,
    /** An identifier in double quotes. */
    QUOTED,
    /** {@code '…'}, {@code E'…'}, {@code x'…'}, {@code b'…'} or {@code $tag$…$tag$}. */
    STRING,
    NUMBER,
    /** {@code ?}, {@code ?1}, {@code $1} or {@code $name}. */
    PARAMETER,
    OPERATOR,
    /** Brackets, commas, semicolons, dots and colons, one character each. */
    PUNCTUATION
  }

  /** Whether it is more than space between others. */
  public boolean isSignificant() {
    return kind != Kind.WHITESPACE && kind != Kind.COMMENT;
  }
}
