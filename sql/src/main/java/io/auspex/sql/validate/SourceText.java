package io.auspex.sql.validate;

import io.auspex.sql.lexer.Token;
import io.auspex.sql.lexer.Tokens;
import io.auspex.sql.parser.NotUnderstood;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;

/** The query as the user wrote it, to take pieces of it over as they stand. */
final class SourceText {
  private final String text;
  private final Tokens tokens;
  private final Parameters parameters;

  SourceText(String text, Parameters parameters) {
    this.text = text;
    this.tokens = Tokens.of(text);
    this.parameters = parameters;
  }

  /** The text of a query that stands in parentheses, without these. */
  String query(SqlNode query) {
    int first = tokenAt(firstOffset(query));
    int last = lastOffset(query);
    int open = tokens.is(first, "(") ? first : first - 1;
    while (tokens.is(open, "(") && tokens.start(tokens.closing(open)) <= last) {
      open--;
    }
    if (!tokens.is(open, "(") || tokens.closing(open) >= tokens.size()) {
      throw new NotUnderstood("a query without parentheses around it");
    }
    return written(open + 1, tokens.closing(open));
  }

  /** The text of a function call. */
  String functionCall(SqlNode call) {
    int first = tokenAt(firstOffset(call));
    if (!tokens.isName(first)
        || !tokens.is(first + 1, "(")
        || tokens.start(tokens.closing(first + 1)) <= lastOffset(call)) {
      throw new NotUnderstood("the table function " + call);
    }
    return written(first, tokens.closing(first + 1) + 1);
  }

  private String written(int first, int end) {
    StringBuilder written = new StringBuilder();
    int copied = tokens.start(first);
    int index = 0;
    for (int i = 0; i < end; i++) {
      if (tokens.kind(i) != Token.Kind.PARAMETER) {
        continue;
      }
      if (i >= first) {
        written.append(text, copied, tokens.start(i)).append(parameters.text(index));
        copied = tokens.end(i);
      }
      index++;
    }
    return written.append(text, copied, tokens.end(end - 1)).toString();
  }

  private int tokenAt(int offset) {
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.start(i) == offset) {
        return i;
      }
    }
    throw new NotUnderstood("the text at character " + (offset + 1));
  }

  private int firstOffset(SqlNode node) {
    int[] first = {Integer.MAX_VALUE};
    Trees.forEach(node, inner -> first[0] = Math.min(first[0], offset(inner, first[0])));
    return first[0];
  }

  private int lastOffset(SqlNode node) {
    int[] last = {-1};
    Trees.forEach(node, inner -> last[0] = Math.max(last[0], offset(inner, -1)));
    return last[0];
  }

  private int offset(SqlNode node, int otherwise) {
    SqlParserPos position = node.getParserPosition();
    // A list's place may be that of the token before it.
    if (node instanceof SqlNodeList || position.getLineNum() == 0) {
      return otherwise;
    }
    int start = 0;
    for (int line = 1; line < position.getLineNum(); line++) {
      start = lineEnd(start);
    }
    return start + position.getColumnNum() - 1;
  }

  /** Where the line after the one at {@code start} begins, by the parser's count of lines. */
  private int lineEnd(int start) {
    for (int i = start; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n') {
        return i + 1;
      } else if (c == '\r') {
        return i + 1 < text.length() && text.charAt(i + 1) == '\n' ? i + 2 : i + 1;
      }
    }
    return text.length();
  }
}
