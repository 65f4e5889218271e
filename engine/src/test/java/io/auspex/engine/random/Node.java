package io.auspex.engine.random;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A piece of a query. Immutable. */
public sealed interface Node permits Form, Select, SetOperation {

  /** How predictions are written. */
  enum Spelling {
    /** With PREDICT. */
    PREDICTED,
    /** With macros and columns that plain DuckDB computes. */
    PLAIN
  }

  /** The SQL text. */
  String sql(Spelling spelling);

  /** The same with a little less in it. Not all of these are valid SQL. */
  Stream<Node> smaller();

  /** Each list in which one node is a smaller one. */
  static Stream<List<Node>> smaller(List<Node> nodes) {
    return Stream.iterate(0, i -> i < nodes.size(), i -> i + 1)
        .flatMap(i -> nodes.get(i).smaller().map(node -> replaced(nodes, i, node)));
  }

  /** Each list without one of the nodes. */
  static Stream<List<Node>> without(List<Node> nodes) {
    return Stream.iterate(0, i -> i < nodes.size(), i -> i + 1)
        .map(
            i -> {
              List<Node> fewer = new ArrayList<>(nodes);
              fewer.remove((int) i);
              return List.copyOf(fewer);
            });
  }

  /** What stands in an optional place, smaller or not at all. */
  static Stream<Optional<Node>> smaller(Optional<Node> node) {
    return node.stream()
        .flatMap(n -> Stream.concat(Stream.of(Optional.empty()), n.smaller().map(Optional::of)));
  }

  private static List<Node> replaced(List<Node> nodes, int place, Node node) {
    List<Node> others = new ArrayList<>(nodes);
    others.set(place, node);
    return List.copyOf(others);
  }
}
