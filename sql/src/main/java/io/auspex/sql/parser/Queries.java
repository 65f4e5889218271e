package io.auspex.sql.parser;

import io.auspex.sql.parser.generated.AuspexParser;
import java.io.StringReader;
import java.util.regex.Pattern;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.avatica.util.Quoting;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlAbstractParserImpl.LexicalState;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.validate.SqlConformance;

/** Queries for the planner, read as DuckDB reads them or not at all. */
public final class Queries {

  /** What the grammar allows; for a validator of the trees of {@link #parse}. */
  public static final SqlConformance CONFORMANCE = new DuckDbConformance();

  private static final SqlParser.Config CONFIG =
      SqlParser.config()
          .withParserFactory(AuspexParser.FACTORY)
          .withQuoting(Quoting.DOUBLE_QUOTE)
          .withUnquotedCasing(Casing.UNCHANGED)
          .withQuotedCasing(Casing.UNCHANGED)
          .withCaseSensitive(false)
          .withIdentifierMaxLength(Integer.MAX_VALUE)
          .withConformance(CONFORMANCE);

  private static final Pattern FOUND =
      Pattern.compile(
          "^(?:Encountered \"(.*)\"|Incorrect syntax near the keyword '(.*)') at (.*?)\\.?$");

  private Queries() {}

  /**
   * Parses a query: SELECT, WITH, VALUES, TABLE, set operations, with ORDER BY, LIMIT and OFFSET.
   * An {@code ORDER BY} that does not say where NULLs go is left so: DuckDB puts them last, up or
   * down.
   *
   * @param text the query, without a semicolon
   * @throws NotUnderstood where the query is to be cut instead
   */
  public static SqlNode parse(String text) {
    GrammarTokens tokens = GrammarTokens.of(lexer(text));
    LexicalMisreadings.refuse(tokens.list());
    SqlNode query = tree(text);
    try {
      query.accept(new KnownShapes());
      query.accept(new ClauseMisreadings());
      query.accept(new AliasMisreadings());
      query.accept(new PrecedenceMisreadings(tokens));
    } catch (StackOverflowError tooDeep) {
      throw new NotUnderstood("an expression nested too deeply");
    }
    return query;
  }

  private static AuspexParser lexer(String text) {
    AuspexParser parser = new AuspexParser(new StringReader(text));
    parser.setTabSize(1);
    parser.switchTo(LexicalState.DQID);
    return parser;
  }

  private static SqlNode tree(String text) {
    try {
      return SqlParser.create(text, CONFIG).parseQuery();
    } catch (SqlParseException refused) {
      throw new NotUnderstood(reason(refused));
    }
  }

  /** What Calcite stumbled over, without its list of all that it would have taken. */
  private static String reason(SqlParseException refused) {
    String message = refused.getMessage() == null ? "its syntax" : refused.getMessage();
    String firstLine = message.lines().findFirst().orElse("its syntax");
    return FOUND.matcher(firstLine).replaceFirst("$1$2 at $3");
  }
}
