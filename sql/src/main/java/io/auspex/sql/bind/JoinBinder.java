package io.auspex.sql.bind;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.auspex.catalog.Names;
import io.auspex.sql.context.NotUnderstood;
import io.auspex.sql.rel.Types;
import io.auspex.sql.rel.Verbatim;
import io.auspex.sql.tree.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rex.RexNode;

/** Binds joins. */
final class JoinBinder {
  private static final Map<String, JoinRelType> TYPES =
      Map.of(
          "INNER", JoinRelType.INNER,
          "LEFT", JoinRelType.LEFT,
          "RIGHT", JoinRelType.RIGHT,
          "OUTER", JoinRelType.FULL,
          "FULL", JoinRelType.FULL);

  private final Binding binding;
  private final FromBinder from;

  JoinBinder(Binding binding, FromBinder from) {
    this.binding = binding;
    this.from = from;
  }

  Source bind(ObjectNode join, CommonTables tables) {
    Source left = from.bind((ObjectNode) join.path("left"), tables);
    OpaqueJoin opaque = new OpaqueJoin(binding, join, tables, from);
    Source right;
    try {
      right = from.bind((ObjectNode) join.path("right"), tables);
    } catch (NotUnderstood refused) {
      return lateral(opaque, left, refused);
    }
    Correlation correlation = new Correlation(binding, from, tables);
    boolean isPlain = Json.is(join, "ref_type", "REGULAR", "NATURAL", "CROSS");
    JoinRelType type = TYPES.get(Json.text(join, "join_type"));
    if (!isPlain || type == null) {
      var sides = SidePredictions.of(binding, join, left, right, correlation);
      return new OpaqueJoin(binding, sides.join(), tables, from).of(sides.left(), sides.right());
    }
    List<String> common = common(join, left, right);
    if (!common.isEmpty()) {
      return using(left, right, type, common);
    } else if (type == JoinRelType.INNER) {
      return joined(left, right, type, join, correlation);
    }
    var sides = SidePredictions.of(binding, join, left, right, correlation);
    return joined(sides.left(), sides.right(), type, sides.join(), correlation);
  }

  /** Where the right side cannot stand alone, it may read the left one. */
  private static Source lateral(OpaqueJoin join, Source left, NotUnderstood refused) {
    try {
      return join.lateral(left);
    } catch (NotUnderstood neither) {
      throw new NotUnderstood(refused.reason() + "; " + neither.reason());
    }
  }

  /** The columns whose values are equal in both, by USING or NATURAL. */
  static List<String> common(ObjectNode join, Source left, Source right) {
    if (!Json.is(join, "ref_type", "NATURAL")) {
      return Json.texts(join, "using_columns");
    }
    List<String> common =
        left.scope().visible().stream()
            .map(Scope.Column::name)
            .filter(name -> right.scope().visible().stream().anyMatch(c -> c.isNamed(name)))
            .toList();
    if (common.isEmpty()) {
      throw new NotUnderstood("NATURAL JOIN of nothing in common");
    }
    return common;
  }

  private Source joined(
      Source left, Source right, JoinRelType type, ObjectNode join, Correlation correlation) {
    Scope scope = left.scope().beside(right.scope(), left.width());
    Optional<ObjectNode> condition = Json.child(join, "condition");
    RexNode on =
        condition.isEmpty()
            ? binding.rex().makeLiteral(true)
            : new ExpressionBinder(binding, scope, Aliases.NONE, Optional.empty(), correlation)
                .condition(condition.get());
    return new Source(join(left.rows(), right.rows(), on, type), scope);
  }

  private static RelNode join(RelNode left, RelNode right, RexNode on, JoinRelType type) {
    return LogicalJoin.create(left, right, List.of(), on, Set.of(), type);
  }

  private Source using(Source left, Source right, JoinRelType type, List<String> common) {
    List<RexNode> conditions = new ArrayList<>();
    Map<String, Integer> merged = new LinkedHashMap<>();
    List<RexNode> both = new ArrayList<>();
    List<String> bothNames = new ArrayList<>();
    int width = left.width() + right.width();
    for (String name : common) {
      int ofLeft = ordinal(left.scope(), name);
      int ofRight = left.width() + ordinal(right.scope(), name);
      List<RexNode> pair = List.of(binding.column(ofLeft), binding.column(ofRight));
      conditions.add(call(true, pair, "", " = ", ""));
      if (type == JoinRelType.FULL) {
        merged.put(Names.fold(name), width + both.size());
        both.add(call(false, pair, "COALESCE(", ", ", ")"));
        bothNames.add(name);
      } else {
        merged.put(Names.fold(name), type == JoinRelType.RIGHT ? ofRight : ofLeft);
      }
    }
    RelNode rows = join(left.rows(), right.rows(), binding.and(conditions), type);
    Scope scope = left.scope().beside(right.scope(), left.width()).merged(merged);
    return new Source(both.isEmpty() ? rows : Projections.with(rows, both, bothNames), scope);
  }

  static int ordinal(Scope scope, String name) {
    return scope
        .find(List.of(name))
        .orElseThrow(() -> new NotUnderstood("the common column " + name))
        .ordinal();
  }

  private RexNode call(boolean isPredicate, List<RexNode> operands, String... pieces) {
    return binding
        .rex()
        .makeCall(
            Types.of(binding.cluster().getTypeFactory(), isPredicate),
            new Verbatim(List.of(pieces), !isPredicate, isPredicate, Set.of()),
            operands);
  }
}
