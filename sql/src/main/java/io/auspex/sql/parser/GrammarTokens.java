package io.auspex.sql.parser;

import static io.auspex.sql.parser.generated.AuspexParserConstants.EOF;
import static io.auspex.sql.parser.generated.AuspexParserConstants.LPAREN;
import static io.auspex.sql.parser.generated.AuspexParserConstants.RPAREN;

import io.auspex.catalog.Position;
import io.auspex.sql.parser.generated.AuspexParser;
import io.auspex.sql.parser.generated.Token;
import io.auspex.sql.parser.generated.TokenMgrError;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * A query's words, as our grammar cuts them.
 *
 * @param list all of them, the end of the text excluded
 * @param closing for each opening parenthesis, where it closes
 */
record GrammarTokens(List<Token> list, Map<Position, Position> closing) {

  static GrammarTokens of(AuspexParser parser) {
    List<Token> list = new ArrayList<>();
    Map<Position, Position> closing = new HashMap<>();
    Deque<Position> open = new ArrayDeque<>();
    try {
      for (Token token = parser.getNextToken(); token.kind != EOF; token = parser.getNextToken()) {
        list.add(token);
        Position place = new Position(token.beginLine, token.beginColumn);
        if (token.kind == LPAREN) {
          open.push(place);
        } else if (token.kind == RPAREN && !open.isEmpty()) {
          closing.put(open.pop(), place);
        }
      }
    } catch (TokenMgrError unreadable) {
      throw new NotUnderstood("a character that our grammar does not know");
    }
    return new GrammarTokens(list, closing);
  }

  /** Whether the user put the expression in parentheses. */
  boolean isParenthesized(SqlNode node) {
    SqlParserPos place = node.getParserPosition();
    Position start = new Position(place.getLineNum(), place.getColumnNum());
    Position end = new Position(place.getEndLineNum(), place.getEndColumnNum());
    return end.equals(closing.get(start));
  }
}
