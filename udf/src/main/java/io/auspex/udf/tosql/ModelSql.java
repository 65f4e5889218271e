package io.auspex.udf.tosql;

import io.auspex.catalog.Input;
import io.auspex.catalog.Output;
import io.auspex.udf.domain.Domains;
import io.auspex.udf.expression.Expression;
import io.auspex.udf.expression.GraphReader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A model as SQL expressions. Immutable.
 *
 * @param steps values that are read more than once, each after those it reads
 * @param outputs the values of the outputs asked for, NULL where a feature is that has no NaN
 * @param operations how many operations a row takes, about, but for those of trees
 * @param leaves of trees, as many as values that their CASEs choose among
 */
public record ModelSql(
    List<SqlText> steps, Map<Output, SqlText> outputs, int operations, int leaves) {
  /** Longer expressions take DuckDB more time to prepare than they save. */
  private static final int LONGEST = 200_000;

  /**
   * Nothing where the model, simplified for these domains, has an operator, or so many trees or
   * categories, that SQL is not the way to compute it.
   */
  public static Optional<ModelSql> of(GraphReader.Read read, List<Input> inputs, Domains domains) {
    List<Expression> roots = new ArrayList<>();
    for (List<Expression> columns : read.columns().values()) {
      roots.addAll(columns);
    }
    SqlWriter writer = new SqlWriter(roots);
    Map<Output, SqlText> outputs = new LinkedHashMap<>();
    try {
      for (Map.Entry<Output, List<Expression>> entry : read.columns().entrySet()) {
        Output output = entry.getKey();
        List<SqlText> values = entry.getValue().stream().map(writer::text).toList();
        SqlText value = Row.of(output, values, read.keys().get(output));
        outputs.put(output, Row.nullWithout(inputs, domains, value));
      }
    } catch (SqlWriter.Unwritten unwritten) {
      return Optional.empty();
    }
    int length = length(writer.steps()) + length(outputs.values());
    return length > LONGEST
        ? Optional.empty()
        : Optional.of(new ModelSql(writer.steps(), outputs, writer.operations(), writer.leaves()));
  }

  private static int length(Collection<SqlText> texts) {
    return texts.stream().mapToInt(SqlText::length).sum();
  }
}
