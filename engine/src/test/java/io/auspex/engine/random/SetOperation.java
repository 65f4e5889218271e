package io.auspex.engine.random;

import java.util.stream.Stream;

/**
 * Two queries of like columns, combined.
 *
 * @param order ORDER BY and LIMIT, or empty
 */
record SetOperation(String operator, Node left, Node right, String order) implements Node {
  @Override
  public String sql(Spelling spelling) {
    return "(" + left.sql(spelling) + ") " + operator + " (" + right.sql(spelling) + ")" + order;
  }

  @Override
  public Stream<Node> smaller() {
    return Stream.of(
            Stream.of(left, right, new SetOperation(operator, left, right, "")),
            left.smaller().map(node -> new SetOperation(operator, node, right, order)),
            right.smaller().map(node -> new SetOperation(operator, left, node, order)))
        .flatMap(nodes -> nodes);
  }
}
