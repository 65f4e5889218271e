package io.auspex.sql.rule;

import io.auspex.sql.rel.Verbatim;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;

/**
 * An element of an array column, as {@code probabilities[2]}.
 *
 * @param column its ordinal
 * @param element counted from 0
 */
record OutputPart(int column, int element) {
  private static final Pattern SUBSCRIPT = Pattern.compile("^\\[(\\d{1,6})\\]");
  private static final Pattern FUNCTION =
      Pattern.compile("(array|list)_(extract|element)\\($", Pattern.CASE_INSENSITIVE);
  private static final Pattern ARGUMENT = Pattern.compile("^, (\\d{1,6})\\)");

  /**
   * A call with columns in place of the elements that it reads.
   *
   * @param replace the column for an element; nothing to leave it as it is
   */
  static RexNode replaced(
      RexCall call, Function<OutputPart, Optional<RexNode>> replace, RexBuilder rex) {
    if (!(call.getOperator() instanceof Verbatim text)) {
      return call;
    }
    List<String> pieces = new ArrayList<>(text.pieces());
    List<RexNode> operands = new ArrayList<>(call.getOperands());
    boolean isChanged = false;
    for (int i = 0; i < operands.size(); i++) {
      if (!(operands.get(i) instanceof RexInputRef ref)) {
        continue;
      }
      Matcher function = FUNCTION.matcher(pieces.get(i));
      boolean isFunction = function.find();
      Matcher element = (isFunction ? ARGUMENT : SUBSCRIPT).matcher(pieces.get(i + 1));
      if (element.find()) {
        OutputPart part = new OutputPart(ref.getIndex(), Integer.parseInt(element.group(1)) - 1);
        Optional<RexNode> column = replace.apply(part);
        if (column.isPresent()) {
          isChanged = true;
          operands.set(i, column.get());
          pieces.set(i + 1, pieces.get(i + 1).substring(element.end()));
          if (isFunction) {
            pieces.set(i, pieces.get(i).substring(0, function.start()));
          }
        }
      }
    }
    return isChanged ? call(text, pieces, operands, call, rex) : call;
  }

  private static RexNode call(
      Verbatim text, List<String> pieces, List<RexNode> operands, RexCall call, RexBuilder rex) {
    if (operands.size() == 1 && String.join("", pieces).isBlank()) {
      return operands.get(0);
    }
    Verbatim other =
        new Verbatim(pieces, text.isDelimited(), text.isPredicate(), text.innerNames());
    return rex.makeCall(call.getType(), other, operands);
  }
}
