package io.auspex.sql.validate;

import io.auspex.sql.lexer.Token;
import io.auspex.sql.lexer.Tokens;
import io.auspex.sql.parser.NotUnderstood;
import io.auspex.sql.rel.Verbatim;
import io.auspex.sql.statement.QueryText;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.sql.SqlDynamicParam;

/**
 * The statement's parameters on their way through the plan. In between they carry the ordinal they
 * have in the statement; {@link #numbered} gives each fragment its own {@code $1}, {@code $2}, ….
 */
public final class Parameters {
  private static final String MARK = "\uE001";
  private static final Pattern MARKED = Pattern.compile(MARK + "(\\d+)" + MARK);

  private final List<String> types;
  private final int before;

  /**
   * @param types DuckDB's, of all the statement's parameters
   */
  public Parameters(List<String> types, QueryText query) {
    this.types = types;
    this.before = count(query.statement().substring(0, query.start()));
  }

  private static int count(String text) {
    Tokens tokens = Tokens.of(text);
    int count = 0;
    for (int i = 0; i < tokens.size(); i++) {
      count += tokens.kind(i) == Token.Kind.PARAMETER ? 1 : 0;
    }
    return count;
  }

  String text(SqlDynamicParam parameter) {
    return text(parameter.getIndex());
  }

  /** A number of rows; these stay Calcite's, under the statement's ordinal. */
  SqlDynamicParam rows(SqlDynamicParam parameter) {
    return new SqlDynamicParam(before + parameter.getIndex(), parameter.getParserPosition());
  }

  /** How the writer prints a number of rows. */
  static String rows(int ordinal) {
    return "CAST(" + MARK + ordinal + MARK + " AS BIGINT)";
  }

  /**
   * @param index 0-based, within the query
   */
  String text(int index) {
    int ordinal = before + index;
    if (ordinal >= types.size()) {
      throw new NotUnderstood("a parameter of unknown type");
    }
    return "CAST(" + MARK + ordinal + MARK + " AS " + types.get(ordinal) + ")";
  }

  /** A text with its parameters as DuckDB reads them, and which of the statement's they are. */
  public record Numbered(String sql, List<Integer> ordinals) {}

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

  /** Whether a text contains what only the planner may write. */
  public static boolean areMarksIn(String text) {
    return text.contains(MARK) || text.contains(Verbatim.HOLE);
  }
}
