package io.auspex.sql.statement;

import io.auspex.catalog.Position;
import java.util.List;

/**
 * The query inside a statement, as written, and what has been put into it since.
 *
 * @param statement the whole statement's text
 * @param start where in it the query begins
 * @param end where it ends, exclusive
 * @param edits what differs in {@link #text} from what was written, in the order of their places
 */
public record QueryText(String statement, int start, int end, List<Edit> edits) {

  /**
   * A replacement of a part of the statement.
   *
   * @param start where in the statement it begins
   * @param end where it ends, exclusive
   * @param text what stands there instead
   * @param cause where in the statement stands what brought it about; errors inside point there
   */
  public record Edit(int start, int end, String text, int cause) {}

  public QueryText {
    edits = List.copyOf(edits);
  }

  public QueryText(String statement, int start, int end) {
    this(statement, start, end, List.of());
  }

  /** The query as it was written. */
  public String source() {
    return statement.substring(start, end);
  }

  /** The query to be planned. */
  public String text() {
    StringBuilder text = new StringBuilder();
    int at = start;
    for (Edit edit : edits) {
      text.append(statement, at, edit.start()).append(edit.text());
      at = edit.end();
    }
    return text.append(statement, at, end).toString();
  }

  /** Where in the statement, as written, the character at {@code offset} of {@link #text} is. */
  public Position position(int offset) {
    return Position.of(statement, sourceOffset(offset));
  }

  /** The place of a place in {@link #text}, in the statement as written. */
  public Position position(Position inText) {
    return position(inText.offset(text()));
  }

  private int sourceOffset(int offset) {
    int at = start;
    int left = offset;
    for (Edit edit : edits) {
      int untouched = edit.start() - at;
      if (left < untouched) {
        return at + left;
      }
      left -= untouched;
      if (left < edit.text().length()) {
        return edit.cause();
      }
      left -= edit.text().length();
      at = edit.end();
    }
    return at + left;
  }
}
