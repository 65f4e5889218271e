package io.auspex.sql.unparse;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The statement's parameters on their way through the plan: in a text they are marked with the
 * ordinal they have in the statement, until {@link #numbered} gives each fragment its own {@code
 * $1}, {@code $2}, ….
 */
public final class ParameterMarks {
  /** Of the private use area, which no query may contain. */
  private static final String MARK = "\uE001";

  private static final Pattern MARKED = Pattern.compile(MARK + "(\\d+)" + MARK);

  private static final Pattern VALUE =
      Pattern.compile("CAST\\(" + MARK + "(\\d+)" + MARK + " AS [^()]*(?:\\([^()]*\\))?\\)");

  private ParameterMarks() {}

  /**
   * A parameter as a value of its type.
   *
   * @param ordinal 0-based, in the statement
   */
  public static String value(int ordinal, String type) {
    return "CAST(" + MARK + ordinal + MARK + " AS " + type + ")";
  }

  /** A fragment's text, and for each {@code $n} in it the statement's parameter it is. */
  public record Numbered(String sql, List<Integer> ordinals) {
    public Numbered {
      ordinals = List.copyOf(ordinals);
    }

    /** The types of the text's parameters, of those of the statement's. */
    public List<String> types(List<String> statement) {
      return ordinals.stream().map(statement::get).toList();
    }
  }

  /** Numbers the parameters of a fragment's text. */
  public static Numbered numbered(String text) {
    List<Integer> ordinals = new ArrayList<>();
    Matcher matcher = MARKED.matcher(text);
    String sql =
        matcher.replaceAll(
            found -> {
              int ordinal = Integer.parseInt(found.group(1));
              if (!ordinals.contains(ordinal)) {
                ordinals.add(ordinal);
              }
              return Matcher.quoteReplacement("$" + (ordinals.indexOf(ordinal) + 1));
            });
    return new Numbered(sql, ordinals);
  }

  /** The text with a function's call of its ordinal for each parameter, which DuckDB can parse. */
  public static String called(String text, String function) {
    return VALUE.matcher(text).replaceAll(Matcher.quoteReplacement(function) + "($1)");
  }

  /** Whether a text has marks in it. */
  public static boolean areIn(String text) {
    return text.contains(MARK);
  }
}
