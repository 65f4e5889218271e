package io.auspex.udf.tosql;

import io.auspex.udf.expression.Expression.Column;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Makes queries of values that models are written as. */
public final class Queries {
  private Queries() {}

  /**
   * @param steps that the values read, each in a query of its own
   * @param features the names of a table's columns
   */
  public static String of(
      List<SqlText> steps, List<SqlText> values, Function<Column, String> features, String table) {
    String from = table;
    for (int step = 0; step < steps.size(); step++) {
      from =
          "(SELECT *, " + text(steps.get(step), features) + " AS s" + step + " FROM " + from + ")";
    }
    return values.stream()
        .map(value -> text(value, features))
        .collect(Collectors.joining(", ", "SELECT ", " FROM " + from));
  }

  private static String text(SqlText text, Function<Column, String> features) {
    StringBuilder written = new StringBuilder(text.pieces().get(0));
    for (int i = 0; i < text.references().size(); i++) {
      String name =
          text.references().get(i) instanceof SqlText.OfFeature feature
              ? features.apply(feature.column())
              : "s" + ((SqlText.OfStep) text.references().get(i)).ordinal();
      written.append(name).append(text.pieces().get(i + 1));
    }
    return written.toString();
  }
}
