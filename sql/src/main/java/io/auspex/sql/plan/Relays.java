package io.auspex.sql.plan;

import io.auspex.sql.rel.StreamScan;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rex.RexInputRef;

/** Tells the plans that do nothing but choose columns of a stream. */
final class Relays {
  private Relays() {}

  /** The ordinals of the columns chosen; empty where the plan is another, or chooses one twice. */
  static List<Integer> of(RelNode plan) {
    List<Integer> columns = IntStream.range(0, plan.getRowType().getFieldCount()).boxed().toList();
    RelNode node = plan;
    while (node instanceof Project project) {
      if (!project.getProjects().stream().allMatch(RexInputRef.class::isInstance)) {
        return List.of();
      }
      columns =
          columns.stream()
              .map(column -> ((RexInputRef) project.getProjects().get(column)).getIndex())
              .toList();
      node = project.getInput();
    }
    boolean areDistinct = new HashSet<>(columns).size() == columns.size();
    return node instanceof StreamScan && areDistinct ? columns : List.of();
  }
}
