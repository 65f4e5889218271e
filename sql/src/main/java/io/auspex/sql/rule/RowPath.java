package io.auspex.sql.rule;

import io.auspex.catalog.Names;
import io.auspex.sql.rel.Predict;
import io.auspex.udf.binding.Feature;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalSort;
import org.apache.calcite.rex.RexNode;

/**
 * Nodes of one input each, of which every row is one of the input's, or computed of it.
 *
 * @param nodes the topmost first
 */
record RowPath(List<RelNode> nodes) {
  RowPath {
    nodes = List.copyOf(nodes);
  }

  static boolean canPass(RelNode node) {
    return node instanceof LogicalProject
        || node instanceof LogicalFilter
        || node instanceof LogicalSort
        || node instanceof Predict;
  }

  /** Whether a prediction above the path computes of each row what the one below it does. */
  boolean areEqual(Predict above, Predict below) {
    if (!above.model().equals(below.model())
        || above.features().size() != below.features().size()
        || above.outputs().isEmpty()) {
      return false;
    }
    return IntStream.range(0, above.features().size())
        .allMatch(i -> areEqual(above.features().get(i), above, below.features().get(i), below));
  }

  private boolean areEqual(Feature feature, Predict above, Feature other, Predict below) {
    if (!feature.at(0).equals(other.at(0))) {
      return false;
    }
    Optional<RexNode> value = Optional.of(column(above.getInput(), feature.column()));
    for (RelNode node : nodes) {
      value = value.flatMap(expression -> Expansion.over(node, expression));
    }
    value = value.flatMap(expression -> Expansion.over(below, expression));
    RelNode input = below.getInput().stripped();
    return value.isPresent()
        && Expansion.areEqual(input, value.get(), column(input, other.column()));
  }

  private static RexNode column(RelNode input, int ordinal) {
    return input.getCluster().getRexBuilder().makeInputRef(input, ordinal);
  }

  /**
   * Rows with some columns more than they had.
   *
   * @param ordinals of the columns that were to pass; all other columns are where they were
   */
  record Passed(RelNode rows, List<Integer> ordinals) {}

  /** The path over another input, which has columns more at its end, of which some pass up. */
  Passed passed(RelNode input, List<Integer> columns) {
    Passed passed = new Passed(input, columns);
    for (int i = nodes.size() - 1; i >= 0; i--) {
      passed = passed(nodes.get(i), passed);
    }
    return passed;
  }

  private static Passed passed(RelNode node, Passed input) {
    if (node instanceof Predict predict) {
      return passed(predict, input);
    } else if (node instanceof LogicalProject project) {
      return appended(project, project.getProjects(), input);
    }
    return new Passed(node.copy(node.getTraitSet(), List.of(input.rows())), input.ordinals());
  }

  /** Outputs come last in a prediction's rows; a projection puts what passes behind them. */
  private static Passed passed(Predict predict, Passed input) {
    int passing = predict.passing().size();
    List<RexNode> all = new ArrayList<>();
    List<String> names = new ArrayList<>(input.rows().getRowType().getFieldNames());
    List<String> taken = new ArrayList<>(names);
    taken.addAll(predict.getRowType().getFieldNames());
    List<Integer> wider = new ArrayList<>(predict.passing());
    for (int i = 0; i < names.size(); i++) {
      all.add(column(input.rows(), i));
    }
    for (int ordinal : input.ordinals()) {
      String name = Names.unused(names.get(ordinal), taken);
      taken.add(name);
      names.add(name);
      wider.add(all.size());
      all.add(column(input.rows(), ordinal));
    }
    RelNode renamed = LogicalProject.create(input.rows(), List.of(), all, names, Set.of());
    Predict over = predict.with(renamed, wider, predict.outputs());
    List<RexNode> own = new ArrayList<>();
    for (int i = 0; i < predict.getRowType().getFieldCount(); i++) {
      own.add(column(over, i < passing ? i : i + input.ordinals().size()));
    }
    List<Integer> moved =
        IntStream.range(passing, passing + input.ordinals().size()).boxed().toList();
    return appended(
        LogicalProject.create(over, List.of(), own, predict.getRowType().getFieldNames(), Set.of()),
        own,
        new Passed(over, moved));
  }

  private static Passed appended(LogicalProject project, List<RexNode> own, Passed input) {
    List<RexNode> columns = new ArrayList<>(own);
    List<String> names = new ArrayList<>(project.getRowType().getFieldNames());
    List<Integer> ordinals = new ArrayList<>();
    for (int ordinal : input.ordinals()) {
      ordinals.add(columns.size());
      columns.add(column(input.rows(), ordinal));
      names.add(Names.unused(input.rows().getRowType().getFieldNames().get(ordinal), names));
    }
    RelNode rows =
        LogicalProject.create(
            input.rows(), project.getHints(), columns, names, project.getVariablesSet());
    return new Passed(rows, ordinals);
  }
}
