package io.auspex.udf.fuzz;

import static io.auspex.udf.onnx.edit.Nodes.attribute;
import static io.auspex.udf.onnx.edit.Nodes.texts;

import ai.onnx.proto.OnnxMl.AttributeProto;
import io.auspex.catalog.ElementType;
import io.auspex.udf.fuzz.Node.Leaf;
import io.auspex.udf.fuzz.Node.Split;
import io.auspex.udf.fuzz.Node.Weight;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Trees as attributes of the operators before ai.onnx.ml 5: a list of nodes, named by numbers. */
final class OldOperator {
  private record Vote(long tree, long node, Weight weight) {}

  private final Choice choice;
  private final boolean missing;
  private final boolean shuffled;
  private final boolean renamed;
  private final boolean oddTrees;
  private final boolean oddLeaves;
  private final boolean oddVotes;

  private final List<Long> trees = new ArrayList<>();
  private final List<Long> names = new ArrayList<>();
  private final List<Long> features = new ArrayList<>();
  private final List<String> modes = new ArrayList<>();
  private final List<Double> values = new ArrayList<>();
  private final List<Long> yes = new ArrayList<>();
  private final List<Long> no = new ArrayList<>();
  private final List<Long> missingIsTrue = new ArrayList<>();
  private final List<Vote> votes = new ArrayList<>();

  private OldOperator(Choice choice, boolean missing, Set<String> traits) {
    this.choice = choice;
    this.missing = missing;
    this.shuffled = trait(traits, 0.3, "nodes in any order");
    this.renamed = trait(traits, 0.3, "nodes with any name");
    this.oddTrees = trait(traits, 0.3, "trees with any name");
    this.oddLeaves = trait(traits, 0.05, "leaves with features and thresholds");
    this.oddVotes = trait(traits, 0.03, "splits with weights");
  }

  private boolean trait(Set<String> traits, double probability, String name) {
    boolean chosen = choice.chance(probability);
    if (chosen) {
      traits.add(name);
    }
    return chosen;
  }

  /**
   * @param prefix of the attributes with weights: {@code target} or {@code class}
   * @param type of the tensors, or null for lists of floats
   * @param target that the last leaf has a weight for, if it had none: ONNX Runtime reads on from a
   *     leaf without a weight to the next one that has some
   */
  static List<AttributeProto> attributes(
      Choice choice,
      List<Node> forest,
      boolean missing,
      String prefix,
      ElementType type,
      int target,
      Set<String> traits) {
    OldOperator operator = new OldOperator(choice, missing, traits);
    List<Long> ids =
        operator.oddTrees
            ? operator.ids(forest.size(), 1_000_000)
            : IntStream.range(0, forest.size()).mapToObj(i -> (long) i).toList();
    for (int i = 0; i < forest.size(); i++) {
      operator.add(ids.get(i), forest.get(i));
    }
    operator.closeVotes(target);
    return operator.attributes(prefix, type);
  }

  private List<Long> ids(int count, int bound) {
    List<Long> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ids.add((long) i * (bound / count) + choice.between(0, bound / count - 1));
    }
    return choice.shuffled(ids);
  }

  /** ONNX Runtime takes the first node of a tree for its root. */
  private void add(long tree, Node root) {
    List<Node> nodes = new ArrayList<>();
    collect(root, nodes, Collections.newSetFromMap(new IdentityHashMap<>()));
    List<Long> order = IntStream.range(0, nodes.size()).mapToObj(i -> (long) i).toList();
    List<Long> ids = renamed ? choice.shuffled(order) : order;
    Map<Node, Long> named = new IdentityHashMap<>();
    for (int i = 0; i < nodes.size(); i++) {
      named.put(nodes.get(i), ids.get(i));
    }
    write(tree, root, named);
    List<Node> rest = nodes.subList(1, nodes.size());
    (shuffled ? choice.shuffled(rest) : rest).forEach(node -> write(tree, node, named));
  }

  private static void collect(Node node, List<Node> nodes, Set<Node> seen) {
    if (!seen.add(node)) {
      return;
    }
    nodes.add(node);
    if (node instanceof Split split) {
      collect(split.whenTrue(), nodes, seen);
      collect(split.whenFalse(), nodes, seen);
    }
  }

  private void write(long tree, Node node, Map<Node, Long> named) {
    trees.add(tree);
    names.add(named.get(node));
    if (node instanceof Split split) {
      features.add((long) split.feature());
      modes.add(split.mode().name());
      values.add(split.threshold());
      yes.add(named.get(split.whenTrue()));
      no.add(named.get(split.whenFalse()));
      missingIsTrue.add(split.missingIsTrue() ? 1L : 0L);
      if (oddVotes && choice.chance(0.2)) {
        votes.add(new Vote(tree, named.get(node), new Weight(0, 99)));
      }
    } else {
      features.add(oddLeaves ? (long) choice.between(0, 3) : 0L);
      modes.add("LEAF");
      values.add(oddLeaves ? choice.between(0, 2) * 0.5 : 0);
      yes.add(0L);
      no.add(0L);
      missingIsTrue.add(0L);
      ((Leaf) node).weights().forEach(weight -> votes.add(new Vote(tree, named.get(node), weight)));
    }
  }

  private void closeVotes(int target) {
    Comparator<Integer> byTree = Comparator.comparing(trees::get);
    int last =
        IntStream.range(0, trees.size())
            .filter(i -> modes.get(i).equals("LEAF"))
            .boxed()
            .max(byTree.thenComparing(names::get))
            .orElseThrow();
    long tree = trees.get(last);
    long node = names.get(last);
    if (votes.stream().noneMatch(vote -> vote.tree == tree && vote.node == node)) {
      votes.add(new Vote(tree, node, new Weight(target, 0.5)));
    }
  }

  private List<AttributeProto> attributes(String prefix, ElementType type) {
    List<Vote> listed = shuffled ? choice.shuffled(votes) : votes;
    List<AttributeProto> attributes = new ArrayList<>();
    attributes.add(attribute("nodes_treeids", trees));
    attributes.add(attribute("nodes_nodeids", names));
    attributes.add(attribute("nodes_featureids", features));
    attributes.add(texts("nodes_modes", modes));
    attributes.add(numbers("nodes_values", type, values));
    attributes.add(attribute("nodes_truenodeids", yes));
    attributes.add(attribute("nodes_falsenodeids", no));
    if (missing) {
      attributes.add(attribute("nodes_missing_value_tracks_true", missingIsTrue));
    }
    if (choice.chance(0.2)) {
      attributes.add(numbers("nodes_hitrates", type, Collections.nCopies(trees.size(), 1.0)));
    }
    attributes.add(attribute(prefix + "_treeids", listed.stream().map(Vote::tree).toList()));
    attributes.add(attribute(prefix + "_nodeids", listed.stream().map(Vote::node).toList()));
    attributes.add(
        attribute(
            prefix + "_ids", listed.stream().map(vote -> (long) vote.weight.target()).toList()));
    attributes.add(
        numbers(
            prefix + "_weights", type, listed.stream().map(vote -> vote.weight.value()).toList()));
    return attributes;
  }

  static AttributeProto numbers(String name, ElementType type, List<Double> values) {
    return type == null
        ? Attributes.floats(name, values)
        : Attributes.tensor(name + "_as_tensor", type, values);
  }
}
