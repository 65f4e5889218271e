package io.auspex.sql.rule;

import io.auspex.catalog.Names;
import io.auspex.sql.context.PlanningContext;
import io.auspex.sql.rel.Predict;
import io.auspex.sql.rel.RawSql;
import io.auspex.sql.rel.Relation;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Drops a join of whose one side no column is read, where each row of the other side comes out of
 * it exactly once: in an outer join because the side has no two rows of the same keys, in an inner
 * one because a foreign key says, too, that it has one. Works while {@link FieldTrimmer} finds out
 * what is read.
 *
 * <pre>
 * Project(id)
 *   Join(LEFT, a.city = c.name)
 *     a(id, city)
 *     c(name PRIMARY KEY, country)
 * </pre>
 *
 * becomes
 *
 * <pre>
 * Project(id)
 *   a(id, city)
 * </pre>
 */
final class JoinRemove {
  private final Function<RelNode, List<String>> types;
  private final PlanningContext context;

  /**
   * @param types the types DuckDB gives a plan's columns
   */
  JoinRemove(Function<RelNode, List<String>> types, PlanningContext context) {
    this.types = types;
    this.context = context;
  }

  /**
   * The side that is not needed, if there is one.
   *
   * @param read the columns of the join that are read above it
   */
  Optional<JoinSide> unneeded(LogicalJoin join, ImmutableBitSet read) {
    return JoinSide.of(join).stream()
        .filter(side -> read.asList().stream().noneMatch(side::has))
        .filter(this::isUnneeded)
        .findFirst();
  }

  private boolean isUnneeded(JoinSide side) {
    JoinRelType type = side.join().getJoinType();
    boolean isOuter = type == (side.isLeft() ? JoinRelType.RIGHT : JoinRelType.LEFT);
    if (!isOuter && type != JoinRelType.INNER) {
      return false;
    }
    List<JoinKeys.Pair> pairs = new JoinKeys(types, context).of(side);
    Set<Integer> equated = pairs.stream().map(JoinKeys.Pair::own).collect(Collectors.toSet());
    return isUnique(side.input(), equated) && (isOuter || alwaysMatches(side, pairs));
  }

  /** Whether no two rows have the same values in these columns, none of them NULL. */
  private boolean isUnique(RelNode plan, Set<Integer> columns) {
    RelNode node = plan.stripped();
    if (node instanceof TableScan scan) {
      return isUnique(scan, columns);
    } else if (node instanceof Aggregate aggregate) {
      return aggregate.getGroupType() == Aggregate.Group.SIMPLE
          && IntStream.range(0, aggregate.getGroupCount()).allMatch(columns::contains);
    } else if (node instanceof Filter || node instanceof Sort) {
      return isUnique(node.getInput(0), columns);
    } else if (node instanceof Predict || node instanceof Project) {
      return isUnique(node.getInput(0), below(node, columns));
    }
    return false;
  }

  private boolean isUnique(TableScan scan, Set<Integer> columns) {
    RawSql read = scan.getTable().unwrapOrThrow(Relation.class).sql();
    if (read.isQuery()) {
      return new GroupedText(context).unique(read.query()).filter(columns::containsAll).isPresent();
    }
    List<String> names = scan.getRowType().getFieldNames();
    Set<String> named =
        columns.stream().map(names::get).map(Names::fold).collect(Collectors.toSet());
    return Lineage.table(scan).stream()
        .anyMatch(table -> context.keys(table).unique().stream().anyMatch(named::containsAll));
  }

  private static Set<Integer> below(RelNode node, Set<Integer> columns) {
    Set<Integer> below = new HashSet<>();
    columns.forEach(column -> Lineage.below(node, column).ifPresent(below::add));
    return below;
  }

  /** Whether a foreign key without NULLs says that each row of the other side finds one here. */
  private boolean alwaysMatches(JoinSide side, List<JoinKeys.Pair> pairs) {
    Optional<List<String>> referenced = Lineage.wholeTable(side.input());
    if (referenced.isEmpty()
        || pairs.isEmpty()
        || pairs.size() != Conditions.conjuncts(side.join().getCondition()).size()) {
      return false;
    }
    List<Optional<Lineage>> origins =
        pairs.stream().map(pair -> Lineage.of(side.other(), pair.others())).toList();
    if (origins.stream().anyMatch(Optional::isEmpty)) {
      return false;
    }
    List<String> table = origins.get(0).get().table();
    List<String> names = side.input().getRowType().getFieldNames();
    Map<String, String> equated =
        IntStream.range(0, pairs.size())
            .boxed()
            .collect(
                Collectors.toMap(
                    i -> Names.fold(names.get(pairs.get(i).own())),
                    i -> Names.fold(origins.get(i).get().column()),
                    (one, other) -> ""));
    return origins.stream().allMatch(origin -> origin.get().scan() == origins.get(0).get().scan())
        && equated.size() == pairs.size()
        && context.keys(table).references(referenced.get(), equated);
  }
}
