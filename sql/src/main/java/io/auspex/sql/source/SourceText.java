package io.auspex.sql.source;

import io.auspex.sql.rel.Types;
import io.auspex.sql.rel.Verbatim;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;

/**
 * An expression in the SQL of another database.
 *
 * @param text with a {@link Verbatim#HOLE} for each column it reads
 * @param columns the ordinals of these, in the order of the text
 * @param type of DuckDB, that the value has there
 * @param isExact whether it means the same as the expression it was made of; otherwise it is a
 *     condition that holds wherever that one does, and perhaps elsewhere
 */
public record SourceText(String text, List<Integer> columns, String type, boolean isExact) {
  public SourceText {
    columns = List.copyOf(columns);
  }

  static SourceText of(String text, String type) {
    return new SourceText(text, List.of(), type, true);
  }

  /** A column alone. */
  public static SourceText ofColumn(int ordinal, String type) {
    return new SourceText(Verbatim.HOLE, List.of(ordinal), type, true);
  }

  /** Whether it is a column alone. */
  public boolean isColumn() {
    return text.equals(Verbatim.HOLE);
  }

  /** Texts with others around and between them. */
  static SourceText joined(
      String type, String before, String between, String after, List<SourceText> parts) {
    StringBuilder text = new StringBuilder(before);
    List<Integer> columns = new ArrayList<>();
    boolean isExact = true;
    for (int i = 0; i < parts.size(); i++) {
      text.append(i == 0 ? "" : between).append(parts.get(i).text());
      columns.addAll(parts.get(i).columns());
      isExact &= parts.get(i).isExact();
    }
    return new SourceText(text.append(after).toString(), columns, type, isExact);
  }

  SourceText around(String before, String after, String other) {
    return new SourceText(before + text + after, columns, other, isExact);
  }

  SourceText wider() {
    return new SourceText(text, columns, type, false);
  }

  /** The same in an algebra's expressions. */
  public RexNode expression(RexBuilder rex, boolean isPredicate) {
    var factory = rex.getTypeFactory();
    List<RexNode> operands =
        columns.stream().<RexNode>map(i -> new RexInputRef(i, Types.any(factory))).toList();
    return rex.makeCall(Types.of(factory, isPredicate), operator(isPredicate), operands);
  }

  /** The text as an operator over its columns. */
  public Verbatim operator() {
    return operator(false);
  }

  private Verbatim operator(boolean isPredicate) {
    return new Verbatim(List.of(text.split(Verbatim.HOLE, -1)), true, isPredicate, Set.of());
  }
}
