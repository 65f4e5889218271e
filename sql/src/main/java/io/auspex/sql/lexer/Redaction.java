package io.auspex.sql.lexer;

import io.auspex.catalog.Names;
import io.auspex.catalog.SourceUrl;
import io.auspex.sql.lexer.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What of a text must not be kept or shown, since it is, or may be, a password: of a {@code CREATE
 * SOURCE} every string that is known to be nothing else; of any text what stands after {@code
 * PASSWORD}, the keys of DuckDB's {@code CREATE SECRET}, and addresses with passwords in them. It
 * takes any text, however unfinished, and hides too much rather than too little. Immutable.
 */
public final class Redaction {
  private static final String HIDDEN = "'***'";

  /** Shorter ones are parts of words; replacing them would only spoil a sentence. */
  private static final int SHORTEST = 3;

  /** The clauses of {@code CREATE SOURCE} whose strings are to be seen. */
  private static final Set<String> OPEN = Set.of("url", "user", "env", "file", "source");

  /** What may follow a password there. */
  private static final String[] CLAUSES = {"URL", "USER", "PASSWORD", "WITH"};

  private static final Pattern SECRET_KEY =
      Pattern.compile(".*(password|passwd|pwd|passphrase|secret|token|credential|private).*");

  private final String text;
  private final Tokens tokens;
  private final List<Span> spans = new ArrayList<>();

  private record Span(int start, int end) {}

  private Redaction(String text) {
    this.text = text;
    this.tokens = Tokens.of(text);
    int first = 0;
    for (int i = 0; i <= tokens.size(); i++) {
      if (i == tokens.size() || tokens.is(i, ";")) {
        hide(first, i);
        first = i + 1;
      }
    }
  }

  /** What is to be hidden of a text of one or more statements. */
  public static Redaction of(String text) {
    return new Redaction(text);
  }

  /** Whether there is nothing to hide. */
  public boolean isEmpty() {
    return spans.isEmpty();
  }

  /** The text with {@code '***'} for what is hidden. */
  public String shown() {
    StringBuilder shown = new StringBuilder();
    int at = 0;
    for (Span span : spans) {
      shown.append(text, at, span.start()).append(HIDDEN);
      at = span.end();
    }
    return shown.append(text, at, text.length()).toString();
  }

  /** Where in {@link #shown} the character at {@code offset} of the text is. */
  public int offset(int offset) {
    int shift = 0;
    for (Span span : spans) {
      if (offset < span.end()) {
        return Math.min(offset, span.start()) + shift;
      }
      shift += HIDDEN.length() - (span.end() - span.start());
    }
    return offset + shift;
  }

  /** Whether the character at {@code offset} of the text is hidden. */
  public boolean hides(int offset) {
    return spans.stream().anyMatch(span -> span.start() <= offset && offset < span.end());
  }

  /** Another text, such as an error's, without what is hidden here. */
  public String applyTo(String other) {
    String shown = other;
    for (Span span : spans) {
      String hidden = text.substring(span.start(), span.end());
      Tokens parts = Tokens.of(hidden);
      for (int i = 0; i < parts.size(); i++) {
        shown = without(parts.spelling(i), shown);
      }
    }
    return shown;
  }

  /** Without a token, also where it is repeated without its quotes. */
  private static String without(String token, String other) {
    String inside = token.replaceAll("^[^'\"]?['\"]|['\"]$", "");
    String shown = other;
    for (String form : List.of(token, inside, inside.replace("''", "'"))) {
      shown = form.length() < SHORTEST ? shown : shown.replace(form, "***");
    }
    return shown;
  }

  /** One statement, from token {@code first} to before {@code end}. */
  private void hide(int first, int end) {
    boolean secret = creates(first, "SECRET");
    boolean source = creates(first, "SOURCE") || !secret && looksLikeSource(first, end);
    for (int i = first; i < end; i++) {
      int value = value(i);
      boolean isValue = tokens.kind(i) == Kind.STRING || tokens.kind(i) == Kind.QUOTED;
      if (source && tokens.isWord(i, "PASSWORD") && !isReadable(value)) {
        hide(tokens.start(value), tokens.end(end - 1), value < end);
        return;
      } else if (source && isValue && (!isOpen(i) || hasPassword(i))) {
        hide(tokens.start(i), tokens.end(i), true);
      } else if (!source && isString(i) && (hasPassword(i) || followsKey(i, secret))) {
        hide(tokens.start(i), tokens.end(i), true);
      }
    }
  }

  private void hide(int start, int end, boolean isThere) {
    if (isThere) {
      spans.add(new Span(start, end));
    }
  }

  /** Whether the statement is {@code CREATE [OR REPLACE] [PERSISTENT …] what}. */
  private boolean creates(int first, String what) {
    int at = first + (tokens.isWords(first + 1, "OR", "REPLACE") ? 3 : 1);
    at += tokens.isWord(at, "PERSISTENT", "TEMPORARY", "TEMP") ? 1 : 0;
    return tokens.isWord(first, "CREATE") && tokens.isWord(at, what);
  }

  /** A mistyped {@code CREATE SOURCE}, or one that is explained. */
  private boolean looksLikeSource(int first, int end) {
    boolean address = false;
    boolean password = false;
    for (int i = first; i < end; i++) {
      address |= isString(i) && tokens.spelling(i).startsWith("'jdbc:");
      password |= tokens.isWord(i, "PASSWORD");
    }
    return address && password && tokens.isWord(first, "CREATE", "EXPLAIN");
  }

  /** The token after a key, its sign of equality or its FROM. */
  private int value(int key) {
    boolean sign = tokens.is(key + 1, "=") || tokens.is(key + 1, ":=") || tokens.is(key + 1, "=>");
    return key + (sign || tokens.isWord(key + 1, "FROM") ? 2 : 1);
  }

  /** Whether what follows PASSWORD is a string and then another clause, as it should be. */
  private boolean isReadable(int value) {
    int string = tokens.isWord(value, "ENV", "FILE") ? value + 1 : value;
    int next = string + 1;
    boolean ends = next == tokens.size() || tokens.is(next, ";") || tokens.is(next, ")");
    return isString(string) && (ends || tokens.isWord(next, CLAUSES));
  }

  private boolean isString(int i) {
    return tokens.kind(i) == Kind.STRING;
  }

  /** In a {@code CREATE SOURCE}: whether it is known to be no password. */
  private boolean isOpen(int i) {
    if (tokens.is(i + 1, "=")) {
      return true;
    } else if (tokens.is(i - 1, "=")) {
      return tokens.isName(i - 2) && !isSecretKey(i - 2);
    }
    return tokens.kind(i - 1) == Kind.WORD && OPEN.contains(Names.fold(tokens.spelling(i - 1)));
  }

  private boolean hasPassword(int i) {
    return SourceUrl.holdsPassword(tokens.spelling(i));
  }

  /**
   * Whether the key of the string is that of a password; in {@code CREATE SECRET}, of any secret.
   */
  private boolean followsKey(int i, boolean secret) {
    for (int key = i - 2; key < i; key++) {
      if (value(key) == i && tokens.isName(key)) {
        boolean password = Names.fold(tokens.name(key)).equals("password");
        return password || secret && isSecretKey(key);
      }
    }
    return false;
  }

  private boolean isSecretKey(int i) {
    return SECRET_KEY.matcher(Names.fold(tokens.name(i))).matches();
  }
}
