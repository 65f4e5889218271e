package io.auspex.sql.bind;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.auspex.sql.context.NotUnderstood;
import io.auspex.sql.tree.Json;
import io.auspex.sql.tree.QueryTree;
import io.auspex.sql.tree.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;

/**
 * The predictions in the condition of a join that keeps rows without a partner. They cannot be
 * computed above it, so each is on the side that has its features.
 */
final class SidePredictions {
  private static final String NAME = "__auspex_on_";

  private final Binding binding;
  private final Side left;
  private final Side right;

  private record Side(String name, Source source, ExpressionBinder binder, List<RexNode> columns) {

    ObjectNode column(RexNode prediction) {
      if (!columns.contains(prediction)) {
        columns.add(prediction);
      }
      return Trees.column(List.of(name, columnName(columns.indexOf(prediction))));
    }

    private String columnName(int ordinal) {
      return name + ordinal;
    }

    Source computed() {
      List<String> names = new ArrayList<>();
      for (int i = 0; i < columns.size(); i++) {
        names.add(columnName(i));
      }
      return source.with(name, columns, names);
    }
  }

  /** A join's sides with what its condition predicts, and the condition over them. */
  record Computed(Source left, Source right, ObjectNode join) {}

  private SidePredictions(Binding binding, Source left, Source right, Correlation correlation) {
    this.binding = binding;
    int number = binding.numbers().incrementAndGet();
    this.left = side(NAME + "left_" + number + '_', left, correlation);
    this.right = side(NAME + "right_" + number + '_', right, correlation);
  }

  private Side side(String name, Source source, Correlation correlation) {
    ExpressionBinder binder =
        new ExpressionBinder(binding, source.scope(), Aliases.NONE, Optional.empty(), correlation);
    return new Side(name, source, binder, new ArrayList<>());
  }

  static Computed of(
      Binding binding, ObjectNode join, Source left, Source right, Correlation correlation) {
    Optional<ObjectNode> condition = Json.child(join, "condition");
    if (condition.filter(QueryTree::predicts).isEmpty()) {
      return new Computed(left, right, join);
    }
    SidePredictions sides = new SidePredictions(binding, left, right, correlation);
    ObjectNode copy = join.deepCopy();
    copy.set("condition", Json.replaced(condition.get(), sides::column));
    return new Computed(sides.left.computed(), sides.right.computed(), copy);
  }

  private Optional<ObjectNode> column(ObjectNode node) {
    if (Json.is(node, "class", "SUBQUERY", "LAMBDA")) {
      return Optional.of(node);
    }
    Optional<ObjectNode> ofLeft = column(node, left);
    return ofLeft.isPresent() ? ofLeft : column(node, right);
  }

  private static Optional<ObjectNode> column(ObjectNode node, Side side) {
    try {
      Optional<RexCall> prediction = side.binder().prediction(node);
      return prediction.map(side::column);
    } catch (NotUnderstood ofOther) {
      return Optional.empty();
    }
  }
}
