package io.auspex.sql.source;

import io.auspex.sql.context.NotUnderstood;
import io.auspex.sql.context.PlanningContext;
import io.auspex.sql.context.RemoteSystem;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What is computed of exact numbers, in PostgreSQL, where they have as many digits as it takes. */
final class SourceNumbers {
  private final PlanningContext context;
  private final RemoteSystem system;

  SourceNumbers(PlanningContext context, RemoteSystem system) {
    this.context = context;
    this.system = system;
  }

  /** A sum, difference or product of decimals: whole numbers overflow elsewhere than here. */
  SourceText arithmetic(String operator, List<SourceValue> values) {
    check(operator, values);
    if (values.size() != 2) {
      throw new NotUnderstood(operator);
    }
    List<SourceText> texts = values.stream().map(SourceValue::text).toList();
    String between = " " + operator + " ";
    String type =
        typeOf(texts.stream().map(SourceNumbers::typed).collect(Collectors.joining(between)));
    if (SourceType.of(type) != SourceType.DECIMAL) {
      throw new NotUnderstood(operator + " of whole numbers");
    }
    // DuckDB refuses what has more digits than its type, though PostgreSQL has no such limit.
    String there = type.replace("DECIMAL", "numeric");
    return SourceText.joined(type, "CAST(", between, " AS " + there + ")", texts);
  }

  /**
   * {@code CASE WHEN … THEN … ELSE … END}.
   *
   * @param conditions exact ones
   * @param values one more
   */
  SourceText choice(List<SourceText> conditions, List<SourceValue> values) {
    check("CASE", values);
    StringBuilder text = new StringBuilder("(CASE");
    List<Integer> columns = new ArrayList<>();
    for (int i = 0; i < conditions.size(); i++) {
      SourceText value = values.get(i).text();
      text.append(" WHEN ").append(conditions.get(i).text());
      text.append(" THEN ").append(value.text());
      columns.addAll(conditions.get(i).columns());
      columns.addAll(value.columns());
    }
    SourceText otherwise = values.get(conditions.size()).text();
    columns.addAll(otherwise.columns());
    text.append(" ELSE ").append(otherwise.text()).append(" END)");
    String type =
        typeOf(
            IntStream.range(0, values.size())
                .mapToObj(
                    i ->
                        (i < conditions.size() ? " WHEN TRUE THEN " : " ELSE ")
                            + typed(values.get(i).text()))
                .collect(Collectors.joining("", "CASE", " END")));
    return new SourceText(text.toString(), columns, type, true);
  }

  private void check(String what, List<SourceValue> values) {
    boolean areExact = values.stream().allMatch(value -> value.type().isExactNumber());
    if (system != RemoteSystem.POSTGRESQL || !areExact) {
      throw new NotUnderstood(what);
    }
  }

  /** A constant of whole numbers takes the type of what it stands beside. */
  private static String typed(SourceText value) {
    return value.columns().isEmpty() ? value.text() : "CAST(NULL AS " + value.type() + ")";
  }

  /** The type that DuckDB gives to it. */
  private String typeOf(String sql) {
    return context.describe("SELECT " + sql, List.of()).get(0).type();
  }
}
