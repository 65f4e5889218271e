package io.auspex.udf.tosql;

import io.auspex.udf.expression.Expression.Column;
import java.util.ArrayList;
import java.util.List;

/**
 * A piece of DuckDB's SQL over features and over values computed before it. Immutable.
 *
 * @param pieces the text; one more than there are references, which stand between them
 */
public record SqlText(List<String> pieces, List<Reference> references) {
  public SqlText {
    pieces = List.copyOf(pieces);
    references = List.copyOf(references);
  }

  /** What stands in a hole. */
  public sealed interface Reference {}

  /** A feature, in the type in which the model's input takes it; may be NULL. */
  public record OfFeature(Column column) implements Reference {}

  /**
   * A value that is computed once, before.
   *
   * @param ordinal among {@link ModelSql#steps}
   */
  public record OfStep(int ordinal) implements Reference {}

  static SqlText text(String text) {
    return new SqlText(List.of(text), List.of());
  }

  static SqlText reference(Reference reference) {
    return new SqlText(List.of("", ""), List.of(reference));
  }

  /**
   * A text with others in it.
   *
   * @param template the operands go where its question marks are
   */
  static SqlText of(String template, SqlText... operands) {
    String[] parts = template.split("\\?", -1);
    if (parts.length != operands.length + 1) {
      throw new IllegalArgumentException(template);
    }
    List<String> pieces = new ArrayList<>();
    List<Reference> references = new ArrayList<>();
    StringBuilder open = new StringBuilder(parts[0]);
    for (int i = 0; i < operands.length; i++) {
      SqlText operand = operands[i];
      open.append(operand.pieces().get(0));
      for (int j = 0; j < operand.references().size(); j++) {
        pieces.add(open.toString());
        references.add(operand.references().get(j));
        open = new StringBuilder(operand.pieces().get(j + 1));
      }
      open.append(parts[i + 1]);
    }
    pieces.add(open.toString());
    return new SqlText(pieces, references);
  }

  int length() {
    return pieces.stream().mapToInt(String::length).sum();
  }
}
