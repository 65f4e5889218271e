package io.auspex.sql.bind;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.auspex.catalog.Names;
import io.auspex.sql.context.NotUnderstood;
import io.auspex.sql.lexer.Tokens;
import io.auspex.sql.rel.Types;
import io.auspex.sql.rel.Verbatim;
import io.auspex.sql.tree.Json;
import io.auspex.sql.tree.Trees;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.rex.RexNode;

/**
 * A text under construction in which something else is put: a tree has holes for it, which look
 * like names to DuckDB when it prints the tree.
 */
final class Template {
  private static final Pattern HOLE =
      Pattern.compile('"' + Verbatim.HOLE + "([vt])(\\d+)" + Verbatim.HOLE + '"');

  private final Binding binding;
  private final List<RexNode> operands = new ArrayList<>();
  private final List<String> texts = new ArrayList<>();
  private final Set<String> innerNames = new HashSet<>();

  Template(Binding binding) {
    this.binding = binding;
  }

  /** A hole for a value. */
  ObjectNode hole(RexNode value) {
    operands.add(value);
    return Trees.column(Verbatim.HOLE + "v" + (operands.size() - 1) + Verbatim.HOLE);
  }

  /** The value that a whole tree is a hole for. */
  Optional<RexNode> value(ObjectNode tree) {
    List<String> names = Json.texts(tree, "column_names");
    boolean isHole = names.size() == 1 && names.get(0).startsWith(Verbatim.HOLE + "v");
    return isHole ? Optional.of(operands.get(number(names.get(0)))) : Optional.empty();
  }

  private static int number(String hole) {
    return Integer.parseInt(hole.substring(2, hole.length() - 1));
  }

  /** A parameter, which DuckDB would print by its number in the whole statement. */
  Optional<ObjectNode> parameter(ObjectNode node) {
    if (!Json.is(node, "class", "PARAMETER")) {
      return Optional.empty();
    }
    texts.add(binding.parameter(Json.text(node, "identifier")));
    return Optional.of(Trees.column(Verbatim.HOLE + "t" + (texts.size() - 1) + Verbatim.HOLE));
  }

  /** A query that can be read alone: with the WITH items that it needs, parameters being values. */
  ObjectNode alone(ObjectNode query, CommonTables tables) {
    return (ObjectNode) Json.replaced(tables.carriedInto(query), this::parameter);
  }

  /** Notes names in the text that must not catch those put beside them. */
  void keepsNames(Set<String> folded) {
    innerNames.addAll(folded);
  }

  /** Notes that a query stands in the text, whose names must not catch those put around it. */
  void keepsQuery(String text) {
    Tokens tokens = Tokens.of(text);
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.isName(i)) {
        innerNames.add(Names.fold(tokens.name(i)));
      }
    }
  }

  /** The printed tree as an operator over what was put in. */
  RexNode call(String printed, boolean isPredicate) {
    Cut cut = cut(printed);
    Verbatim operator = new Verbatim(cut.pieces(), isDelimited(printed), isPredicate, innerNames);
    return binding
        .rex()
        .makeCall(
            Types.of(binding.cluster().getTypeFactory(), isPredicate), operator, cut.values());
  }

  /** The printed tree, which has no values in it. */
  String text(String printed) {
    return String.join("", cut(printed).pieces());
  }

  /**
   * @param pieces one more than there are values
   */
  record Cut(List<String> pieces, List<RexNode> values) {}

  /** The printed tree around the values, in the order of the text. */
  Cut cut(String printed) {
    List<String> pieces = new ArrayList<>();
    List<RexNode> values = new ArrayList<>();
    StringBuilder piece = new StringBuilder();
    Matcher hole = HOLE.matcher(printed);
    int from = 0;
    while (hole.find()) {
      piece.append(printed, from, hole.start());
      int number = Integer.parseInt(hole.group(2));
      if (hole.group(1).equals("t")) {
        piece.append(texts.get(number));
      } else {
        pieces.add(piece.toString());
        piece.setLength(0);
        values.add(operands.get(number));
      }
      from = hole.end();
    }
    pieces.add(piece.append(printed.substring(from)).toString());
    if (String.join("", pieces).contains(Verbatim.HOLE)) {
      throw new NotUnderstood("an expression that is not written as it was read");
    }
    return new Cut(pieces, values);
  }

  /** Whether it needs no parentheses to be an operand. */
  private static boolean isDelimited(String printed) {
    Tokens tokens = Tokens.of(printed);
    int last = tokens.size() - 1;
    return tokens.size() == 1
        || Parentheses.surround(tokens)
        || (tokens.isName(0) && tokens.is(1, "(") && tokens.closing(1) == last);
  }
}
