package io.auspex.sql.bind;

import io.auspex.catalog.Names;
import io.auspex.sql.rel.OpaqueQuery;
import io.auspex.sql.rel.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;

/** Choices and names of columns. */
final class Projections {
  private Projections() {}

  /** The columns of an input, as expressions. */
  static List<RexNode> columns(RelNode input) {
    return IntStream.range(0, input.getRowType().getFieldCount())
        .<RexNode>mapToObj(i -> new RexInputRef(i, Types.any(input.getCluster().getTypeFactory())))
        .toList();
  }

  /** The same rows under these names, made different. */
  static RelNode renamed(RelNode rows, List<String> names) {
    return rows.getRowType().getFieldNames().equals(names)
        ? rows
        : project(rows, columns(rows), names);
  }

  /** The same rows, of which the first columns get these names. */
  static RelNode firstRenamed(RelNode rows, List<String> names) {
    List<String> all = new ArrayList<>(rows.getRowType().getFieldNames());
    for (int i = 0; i < names.size(); i++) {
      all.set(i, names.get(i));
    }
    return renamed(rows, all);
  }

  /** The same rows with more columns. */
  static RelNode with(RelNode rows, List<RexNode> more, List<String> names) {
    List<RexNode> columns = new ArrayList<>(columns(rows));
    columns.addAll(more);
    List<String> all = new ArrayList<>(rows.getRowType().getFieldNames());
    all.addAll(names);
    return project(rows, columns, all);
  }

  static RelNode project(RelNode rows, List<RexNode> expressions, List<String> names) {
    return LogicalProject.create(rows, List.of(), expressions, distinct(names), Set.of());
  }

  /** The same rows, of which nothing is merged with what is above: a constant stays a column. */
  static RelNode fenced(RelNode rows) {
    List<String> names = rows.getRowType().getFieldNames();
    return new OpaqueQuery(rows.getCluster(), List.of("SELECT * FROM ", ""), List.of(rows), names);
  }

  static boolean isConstant(RexNode expression) {
    return RelOptUtil.InputFinder.bits(expression).isEmpty();
  }

  /** The names as DuckDB tells a subquery's columns apart: {@code a}, {@code a_1}, {@code a_2}. */
  static List<String> distinct(List<String> names) {
    Set<String> taken = new HashSet<>();
    Map<String, Integer> counts = new HashMap<>();
    List<String> distinct = new ArrayList<>();
    for (String name : names) {
      String unused = name;
      while (!taken.add(Names.fold(unused))) {
        unused = name + '_' + counts.merge(Names.fold(name), 1, Integer::sum);
      }
      distinct.add(unused);
    }
    return distinct;
  }
}
