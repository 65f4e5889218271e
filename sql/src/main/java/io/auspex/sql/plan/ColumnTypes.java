package io.auspex.sql.plan;

import io.auspex.catalog.Column;
import io.auspex.sql.rel.Predict;
import io.auspex.sql.rel.Relation;
import io.auspex.sql.rel.SourceQuery;
import io.auspex.sql.rel.SourceScan;
import io.auspex.sql.rel.StreamScan;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rex.RexInputRef;

/** DuckDB's types of a plan's columns, as far as they follow from those of what it reads. */
final class ColumnTypes {
  private ColumnTypes() {}

  /** The types, in order; empty where only DuckDB can tell, since something is computed. */
  static Optional<List<String>> of(RelNode plan) {
    RelNode node = plan.stripped();
    if (node instanceof TableScan scan) {
      return Optional.of(types(scan.getTable().unwrapOrThrow(Relation.class).columns()));
    } else if (node instanceof SourceQuery query) {
      return Optional.of(types(query.readColumns()));
    } else if (node instanceof SourceScan scan) {
      return Optional.of(types(scan.stream().readColumns()));
    } else if (node instanceof StreamScan scan) {
      return Optional.of(types(scan.stream().columns()));
    } else if (node instanceof Filter || node instanceof Sort) {
      return of(node.getInput(0));
    } else if (node instanceof Predict predict) {
      return of(predict.getInput()).map(input -> predicted(predict, input));
    } else if (node instanceof Project project) {
      return of(project.getInput()).flatMap(input -> projected(project, input));
    } else if (node instanceof Join join) {
      return of(join.getLeft())
          .flatMap(left -> of(join.getRight()).map(right -> concatenated(left, right)));
    }
    return Optional.empty();
  }

  private static List<String> types(List<Column> columns) {
    return columns.stream().map(Column::type).toList();
  }

  private static List<String> predicted(Predict predict, List<String> input) {
    return concatenated(
        predict.passing().stream().map(input::get).toList(),
        predict.outputs().stream().map(output -> output.output().sqlType()).toList());
  }

  private static Optional<List<String>> projected(Project project, List<String> input) {
    return project.getProjects().stream().allMatch(RexInputRef.class::isInstance)
        ? Optional.of(
            project.getProjects().stream()
                .map(column -> input.get(((RexInputRef) column).getIndex()))
                .toList())
        : Optional.empty();
  }

  private static List<String> concatenated(List<String> first, List<String> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }
}
