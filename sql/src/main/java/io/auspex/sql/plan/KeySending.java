package io.auspex.sql.plan;

import io.auspex.sql.context.PlanningContext;
import io.auspex.sql.fragment.SourceKeys;
import io.auspex.sql.fragment.SourceStream;
import io.auspex.sql.rel.SourceScan;
import io.auspex.sql.rel.Verbatim;
import io.auspex.sql.source.SourceDialect;
import io.auspex.sql.unparse.ParameterMarks;
import io.auspex.sql.unparse.WarehouseSql;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Finds joins of a few rows with many of another database, which is then asked only for those that
 * have a partner. An outer join keeps rows without one, so that only its other side is asked so.
 * The join itself stays: what is sent need only not be too narrow.
 */
final class KeySending {
  private static final long FEW = 50_000;
  private static final long MANY = 10_000;
  private static final int TIMES_MORE = 4;

  private final PlanningContext context;
  private boolean isUsed;

  KeySending(PlanningContext context) {
    this.context = context;
  }

  /** Whether keys are sent somewhere. */
  boolean isUsed() {
    return isUsed;
  }

  /**
   * A join with streams that wait for keys.
   *
   * @param whole the join as it was before its inputs were cut
   * @param inputs its inputs, with streams of sources
   */
  List<RelNode> sending(Join whole, List<RelNode> inputs) {
    for (boolean intoLeft : new boolean[] {false, true}) {
      Optional<RelNode> keyed =
          isAllowed(whole.getJoinType(), intoLeft)
              ? keyed(whole, inputs, intoLeft)
              : Optional.empty();
      if (keyed.isPresent()) {
        isUsed = true;
        return intoLeft ? List.of(keyed.get(), inputs.get(1)) : List.of(inputs.get(0), keyed.get());
      }
    }
    return inputs;
  }

  private static boolean isAllowed(JoinRelType type, boolean intoLeft) {
    return type == JoinRelType.INNER || type == (intoLeft ? JoinRelType.RIGHT : JoinRelType.LEFT);
  }

  private Optional<RelNode> keyed(Join whole, List<RelNode> inputs, boolean intoLeft) {
    RelNode target = inputs.get(intoLeft ? 0 : 1);
    RelNode other = inputs.get(intoLeft ? 1 : 0);
    if (!canRepeat(other)) {
      return Optional.empty();
    }
    int width = inputs.get(0).getRowType().getFieldCount();
    for (RexNode conjunct : RelOptUtil.conjunctions(whole.getCondition())) {
      Optional<int[]> pair = equated(conjunct, width);
      if (pair.isEmpty()) {
        continue;
      }
      int own = intoLeft ? pair.get()[0] : pair.get()[1] - width;
      int others = intoLeft ? pair.get()[1] - width : pair.get()[0];
      Optional<RelNode> made = keyed(target, own, () -> worth(whole, intoLeft), other, others);
      if (made.isPresent()) {
        return made;
      }
    }
    return Optional.empty();
  }

  /** How many rows the other side has, where it is much fewer. */
  private Optional<Long> worth(Join whole, boolean intoLeft) {
    long rows = RowEstimate.of(whole.getInput(intoLeft ? 1 : 0), context);
    return rows >= 0 && rows <= FEW ? Optional.of(rows) : Optional.empty();
  }

  /** The ordinals of a left and a right column that must be equal. */
  private static Optional<int[]> equated(RexNode conjunct, int width) {
    boolean isEquality =
        conjunct instanceof RexCall call
            && call.getOperator() instanceof Verbatim text
            && String.join("?", text.pieces()).replaceAll("[\\s()]", "").equals("?=?");
    if (!isEquality) {
      return Optional.empty();
    }
    List<RexNode> operands = ((RexCall) conjunct).getOperands();
    if (!(operands.get(0) instanceof RexInputRef one)
        || !(operands.get(1) instanceof RexInputRef two)
        || one.getIndex() < width == two.getIndex() < width) {
      return Optional.empty();
    }
    return Optional.of(
        new int[] {
          Math.min(one.getIndex(), two.getIndex()), Math.max(one.getIndex(), two.getIndex())
        });
  }

  /** Whether computing it twice gives the same rows, at little cost. */
  private static boolean canRepeat(RelNode node) {
    boolean isKnown =
        node instanceof TableScan
            || node instanceof SourceScan
            || node instanceof Filter
            || node instanceof Project project
                && project.getProjects().stream().noneMatch(Verbatim::hasWindow)
            || node instanceof Join
            || node instanceof Aggregate;
    return isKnown && node.getInputs().stream().allMatch(KeySending::canRepeat);
  }

  /** The target with keys for the stream that its column comes from. */
  private Optional<RelNode> keyed(
      RelNode target, int column, Supplier<Optional<Long>> worth, RelNode other, int others) {
    if (target instanceof SourceScan scan) {
      return ofStream(scan, column, worth, other, others);
    } else if (target instanceof Filter) {
      return below(target, 0, column, worth, other, others);
    } else if (target instanceof Project project) {
      return project.getProjects().get(column) instanceof RexInputRef ref
          ? below(target, 0, ref.getIndex(), worth, other, others)
          : Optional.empty();
    } else if (target instanceof Join join) {
      int width = join.getLeft().getRowType().getFieldCount();
      boolean isLeft = column < width;
      boolean isPreserved =
          join.getJoinType() == JoinRelType.INNER
              || join.getJoinType() == (isLeft ? JoinRelType.LEFT : JoinRelType.RIGHT);
      return isPreserved
          ? below(target, isLeft ? 0 : 1, isLeft ? column : column - width, worth, other, others)
          : Optional.empty();
    }
    return Optional.empty();
  }

  private Optional<RelNode> below(
      RelNode node,
      int ordinal,
      int column,
      Supplier<Optional<Long>> worth,
      RelNode other,
      int others) {
    return keyed(node.getInput(ordinal), column, worth, other, others)
        .map(
            input -> {
              List<RelNode> inputs = new ArrayList<>(node.getInputs());
              inputs.set(ordinal, input);
              return node.copy(node.getTraitSet(), inputs);
            });
  }

  private Optional<RelNode> ofStream(
      SourceScan scan, int column, Supplier<Optional<Long>> worth, RelNode other, int others) {
    SourceStream stream = scan.stream();
    boolean isOpen = stream.takesKeys() && stream.keys().isEmpty();
    if (!isOpen || stream.rows() >= 0 && stream.rows() < MANY) {
      return Optional.empty();
    }
    Optional<Long> rows = worth.get();
    if (rows.isEmpty() || stream.rows() >= 0 && stream.rows() < TIMES_MORE * rows.get()) {
      return Optional.empty();
    }
    RelNode keys = keys(other, others);
    Optional<List<String>> types = ColumnTypes.of(keys.getInput(0));
    String type = types.map(known -> known.get(0)).orElseGet(() -> described(keys));
    if (!SourceDialect.of(stream.system()).takesKeys(stream.columns().get(column), type)) {
      return Optional.empty();
    }
    ParameterMarks.Numbered text = ParameterMarks.numbered(WarehouseSql.of(keys));
    List<String> after = SourceStreams.in(other).stream().map(SourceStream::name).toList();
    SourceKeys made =
        new SourceKeys(stream.columns().get(column).name(), text.sql(), text.ordinals(), after);
    return Optional.of(new SourceScan(scan.getCluster(), stream.with(made)));
  }

  private String described(RelNode keys) {
    ParameterMarks.Numbered text = ParameterMarks.numbered(WarehouseSql.forTypes(keys));
    return context.describe(text.sql(), text.types(context.parameterTypes())).get(0).type();
  }

  /** Each value of a column once. */
  private static RelNode keys(RelNode other, int column) {
    RexNode key = other.getCluster().getRexBuilder().makeInputRef(other, column);
    RelNode values = LogicalProject.create(other, List.of(), List.of(key), List.of("k"), Set.of());
    return LogicalAggregate.create(values, List.of(), ImmutableBitSet.of(0), null, List.of());
  }
}
