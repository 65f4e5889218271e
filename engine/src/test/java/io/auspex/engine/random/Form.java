package io.auspex.engine.random;

import java.util.List;
import java.util.stream.Stream;

/**
 * An expression or a relation: text with a hole {@code ?} for each of its parts.
 *
 * @param predicted the text with PREDICT
 * @param plain the text for plain DuckDB, with the same holes
 */
record Form(String predicted, String plain, List<Node> parts) implements Node {

  /** A form that is written the same in both spellings. */
  static Form of(String text, Node... parts) {
    return new Form(text, text, List.of(parts));
  }

  @Override
  public String sql(Spelling spelling) {
    String[] pieces = (spelling == Spelling.PREDICTED ? predicted : plain).split("\\?", -1);
    StringBuilder sql = new StringBuilder(pieces[0]);
    for (int i = 0; i < parts.size(); i++) {
      sql.append(parts.get(i).sql(spelling)).append(pieces[i + 1]);
    }
    return sql.toString();
  }

  @Override
  public Stream<Node> smaller() {
    return Stream.concat(
        parts.stream(), Node.smaller(parts).map(fewer -> new Form(predicted, plain, fewer)));
  }
}
