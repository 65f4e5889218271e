package io.auspex.engine.random;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One SELECT.
 *
 * @param with common table expressions, each as {@code name AS (…)}
 * @param items the columns with their aliases
 * @param order ORDER BY and LIMIT
 */
record Select(
    List<Node> with,
    boolean distinct,
    List<Node> items,
    Node from,
    Optional<Node> where,
    List<Node> keys,
    Optional<Node> having,
    Optional<Node> qualify,
    Optional<Node> order)
    implements Node {

  @Override
  public String sql(Spelling spelling) {
    return (with.isEmpty() ? "" : "WITH " + listed(with, spelling) + " ")
        + (distinct ? "SELECT DISTINCT " : "SELECT ")
        + listed(items, spelling)
        + " FROM "
        + from.sql(spelling)
        + clause(" WHERE ", where, spelling)
        + (keys.isEmpty() ? "" : " GROUP BY " + listed(keys, spelling))
        + clause(" HAVING ", having, spelling)
        + clause(" QUALIFY ", qualify, spelling)
        + clause(" ", order, spelling);
  }

  private static String listed(List<Node> nodes, Spelling spelling) {
    return nodes.stream().map(node -> node.sql(spelling)).collect(Collectors.joining(", "));
  }

  private static String clause(String word, Optional<Node> node, Spelling spelling) {
    return node.map(n -> word + n.sql(spelling)).orElse("");
  }

  Select with(List<Node> some) {
    return new Select(some, distinct, items, from, where, keys, having, qualify, order);
  }

  Select items(List<Node> some) {
    return new Select(with, distinct, some, from, where, keys, having, qualify, order);
  }

  Select from(Node some) {
    return new Select(with, distinct, items, some, where, keys, having, qualify, order);
  }

  Select where(Optional<Node> some) {
    return new Select(with, distinct, items, from, some, keys, having, qualify, order);
  }

  Select keys(List<Node> some) {
    return new Select(with, distinct, items, from, where, some, having, qualify, order);
  }

  Select having(Optional<Node> some) {
    return new Select(with, distinct, items, from, where, keys, some, qualify, order);
  }

  Select qualify(Optional<Node> some) {
    return new Select(with, distinct, items, from, where, keys, having, some, order);
  }

  Select order(Optional<Node> some) {
    return new Select(with, distinct, items, from, where, keys, having, qualify, some);
  }

  Select distinct(boolean on) {
    return new Select(with, on, items, from, where, keys, having, qualify, order);
  }

  @Override
  public Stream<Node> smaller() {
    Stream<List<Node>> fewerItems = items.size() > 1 ? Node.without(items) : Stream.of();
    return Stream.<Stream<? extends Node>>of(
            Node.without(with).map(this::with),
            distinct ? Stream.of(distinct(false)) : Stream.of(),
            Node.smaller(order).map(this::order),
            Node.smaller(qualify).map(this::qualify),
            Node.smaller(having).map(this::having),
            Node.smaller(where).map(this::where),
            fewerItems.map(this::items),
            Node.without(keys).map(this::keys),
            from.smaller().map(this::from),
            Node.smaller(with).map(this::with),
            Node.smaller(items).map(this::items),
            Node.smaller(keys).map(this::keys))
        .flatMap(nodes -> nodes);
  }
}
