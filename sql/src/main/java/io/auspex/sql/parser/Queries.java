package io.auspex.sql.parser;

import io.auspex.sql.parser.generated.AuspexParser;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.avatica.util.Quoting;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.validate.SqlConformanceEnum;

/** Queries for the planner, read as DuckDB reads them or not at all. */
public final class Queries {
  private static final SqlParser.Config CONFIG =
      SqlParser.config()
          .withParserFactory(AuspexParser.FACTORY)
          .withQuoting(Quoting.DOUBLE_QUOTE)
          .withUnquotedCasing(Casing.UNCHANGED)
          .withQuotedCasing(Casing.UNCHANGED)
          .withCaseSensitive(false)
          .withIdentifierMaxLength(Integer.MAX_VALUE)
          .withConformance(SqlConformanceEnum.BABEL);

  private Queries() {}

  /**
   * Parses a query: SELECT, WITH, VALUES, set operations, with ORDER BY, LIMIT and OFFSET.
   *
   * @param text the query, without a semicolon
   * @throws NotUnderstood where the query is to be cut instead
   */
  public static SqlNode parse(String text) {
    return tree(text);
  }

  private static SqlNode tree(String text) {
    try {
      return SqlParser.create(text, CONFIG).parseQuery();
    } catch (SqlParseException refused) {
      throw new NotUnderstood(reason(refused));
    }
  }

  private static String reason(SqlParseException refused) {
    String firstLine = refused.getMessage().lines().findFirst().orElse("its syntax");
    return firstLine.replaceFirst("^Encountered (.*?)\\.?$", "$1");
  }
}
