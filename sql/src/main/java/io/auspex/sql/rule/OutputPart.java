package io.auspex.sql.rule;

import io.auspex.sql.rel.Verbatim;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
  private static final Pattern SUBSCRIPT = Pattern.compile("\\[(\\d{1,6})\\]");
  private static final Pattern FUNCTION =
      Pattern.compile("(array|list)_(extract|element)\\(", Pattern.CASE_INSENSITIVE);
  private static final Pattern ARGUMENT = Pattern.compile(", (\\d{1,6})\\)");

  /** Nothing where the expression is something else. */
  static Optional<OutputPart> of(RexNode expression) {
    boolean isCall =
        expression instanceof RexCall call
            && call.getOperator() instanceof Verbatim
            && call.getOperands().size() == 1
            && call.getOperands().get(0) instanceof RexInputRef;
    if (!isCall) {
      return Optional.empty();
    }
    RexCall call = (RexCall) expression;
    List<String> pieces = ((Verbatim) call.getOperator()).pieces();
    String before = pieces.get(0).strip();
    String after = pieces.get(1).strip();
    Matcher matcher = (before.isEmpty() ? SUBSCRIPT : ARGUMENT).matcher(after);
    boolean isPart = matcher.matches() && (before.isEmpty() || FUNCTION.matcher(before).matches());
    int element = isPart ? Integer.parseInt(matcher.group(1)) - 1 : -1;
    return element < 0
        ? Optional.empty()
        : Optional.of(
            new OutputPart(((RexInputRef) call.getOperands().get(0)).getIndex(), element));
  }
}
