package io.auspex.sql.parser;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;
import io.auspex.catalog.Position;
import io.auspex.sql.parser.generated.AuspexParser;
import io.auspex.sql.parser.generated.ParseException;
import io.auspex.sql.parser.generated.TokenMgrError;
import io.auspex.sql.statement.Statement;
import java.io.StringReader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.sql.parser.SqlAbstractParserImpl.LexicalState;

/**
 * The statements about models and sources: CREATE, ALTER, DROP, SHOW, DESCRIBE and EXPLAIN MODEL;
 * CREATE, DROP, SHOW and DESCRIBE SOURCE, and SHOW TABLES FROM one; and CALIBRATE.
 */
public final class CatalogStatements {
  private static final Pattern PLACE = Pattern.compile("line (\\d+), column (\\d+)");

  private CatalogStatements() {}

  /**
   * Parses one statement about models or sources.
   *
   * @param text the statement, with or without its semicolon
   * @throws AuspexException SYNTAX, at the place where the text leaves the grammar
   */
  public static Statement parse(String text) {
    try {
      return parser(text).CatalogStatementEof();
    } catch (ParseException unexpected) {
      throw Expectation.of(unexpected).error(text);
    } catch (TokenMgrError unreadable) {
      throw new AuspexException(ErrorCode.SYNTAX, "This character has no meaning here.")
          .at(position(unreadable));
    }
  }

  /** With a line's end, since JavaCC misplaces a bad character at the very end of its input. */
  private static AuspexParser parser(String text) {
    AuspexParser parser = new AuspexParser(new StringReader(text + "\n"));
    parser.switchTo(LexicalState.DQID);
    parser.setTabSize(1);
    parser.setUnquotedCasing(Casing.UNCHANGED);
    parser.setQuotedCasing(Casing.UNCHANGED);
    parser.setIdentifierMaxLength(Integer.MAX_VALUE);
    return parser;
  }

  /** JavaCC tells it in its message only. */
  private static Position position(TokenMgrError unreadable) {
    Matcher place = PLACE.matcher(unreadable.getMessage());
    return place.find()
        ? new Position(Integer.parseInt(place.group(1)), Integer.parseInt(place.group(2)))
        : null;
  }

  static Position endOf(String text) {
    return Position.of(text, text.stripTrailing().length());
  }
}
