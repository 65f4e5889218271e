package io.auspex.udf.tosql;

import io.auspex.catalog.Input;
import io.auspex.catalog.Names;
import io.auspex.catalog.Output;
import io.auspex.udf.domain.Domains;
import io.auspex.udf.expression.Expression.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Makes a column of the values of an output. */
final class Row {
  private Row() {}

  /** The value itself, an array of the values, or a map of them. */
  static SqlText of(Output output, List<SqlText> values, List<Object> keys) {
    if (output.isScalar()) {
      if (values.size() != 1) {
        throw new SqlWriter.Unwritten();
      }
      return values.get(0);
    }
    String holes = values.stream().map(value -> "?").collect(Collectors.joining(", "));
    SqlText[] operands = values.toArray(SqlText[]::new);
    if (output.keyType().isEmpty()) {
      if (output.rowShape().size() != 1) {
        throw new SqlWriter.Unwritten();
      }
      return SqlText.of("CAST([" + holes + "] AS " + output.sqlType() + ")", operands);
    }
    String names =
        keys.stream()
            .map(key -> key instanceof String text ? Names.literal(text) : key.toString())
            .collect(Collectors.joining(", "));
    if (names.contains("?")) {
      throw new SqlWriter.Unwritten();
    }
    return SqlText.of(
        "CAST(MAP([" + names + "], [" + holes + "]) AS " + output.sqlType() + ")", operands);
  }

  /** NULL where a feature is NULL that has no NaN, unless it never is. */
  static SqlText nullWithout(List<Input> inputs, Domains domains, SqlText value) {
    List<SqlText> operands = new ArrayList<>();
    for (Input input : inputs) {
      if (!input.type().isFloatingPoint()) {
        for (int slot = 0; slot < Math.max(1, input.width()); slot++) {
          if (!domains.areAllThere(input, slot)) {
            operands.add(SqlText.reference(new SqlText.OfFeature(new Column(input, slot))));
          }
        }
      }
    }
    if (operands.isEmpty()) {
      return value;
    }
    String isNull =
        operands.stream().map(operand -> "? IS NULL").collect(Collectors.joining(" OR "));
    operands.add(value);
    return SqlText.of(
        "CASE WHEN " + isNull + " THEN NULL ELSE ? END", operands.toArray(SqlText[]::new));
  }
}
