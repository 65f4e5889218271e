package io.auspex.sql.rule;

import io.auspex.sql.lexer.Token.Kind;
import io.auspex.sql.lexer.Tokens;
import io.auspex.sql.rel.Verbatim;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.rex.RexCall;

/**
 * What a conjunct of a filter says of the one column in it, read from DuckDB's text.
 *
 * @param test what is asked; {@code BETWEEN} has two constants, {@code IN} any number of them
 * @param constants of one type: BigDecimal, String or Boolean
 */
record Restriction(Test test, List<Object> constants) {
  private static final String COLUMN = '"' + Verbatim.HOLE + '"';

  /** What is asked of a value. */
  enum Test {
    LESS,
    AT_MOST,
    GREATER,
    AT_LEAST,
    BETWEEN,
    IN,
    IS_NULL,
    IS_NOT_NULL
  }

  private static final Map<String, Test> COMPARISONS =
      Map.of(
          "<", Test.LESS, "<=", Test.AT_MOST, ">", Test.GREATER, ">=", Test.AT_LEAST, "=", Test.IN);

  private static final Map<Test, Test> TURNED =
      Map.of(
          Test.LESS, Test.GREATER,
          Test.AT_MOST, Test.AT_LEAST,
          Test.GREATER, Test.LESS,
          Test.AT_LEAST, Test.AT_MOST,
          Test.IN, Test.IN);

  Restriction {
    constants = List.copyOf(constants);
  }

  /**
   * Nothing where the text says something else, or compares with what is no constant.
   *
   * @param conjunct of one operand, a column
   */
  static Optional<Restriction> of(RexCall conjunct) {
    if (!(conjunct.getOperator() instanceof Verbatim text) || text.pieces().size() != 2) {
      return Optional.empty();
    }
    Tokens tokens = Tokens.of(String.join(COLUMN, text.pieces()));
    int first = 0;
    int end = tokens.size();
    while (first < end && tokens.is(first, "(") && tokens.closing(first) == end - 1) {
      first++;
      end--;
    }
    return new Reading(tokens, end).restriction(first);
  }

  /** Reads tokens from left to right. */
  private static final class Reading {
    private final Tokens tokens;
    private final int end;
    private int at;

    Reading(Tokens tokens, int end) {
      this.tokens = tokens;
      this.end = end;
    }

    Optional<Restriction> restriction(int first) {
      at = first;
      Optional<Restriction> read = isColumn() ? behindColumn() : beforeColumn();
      return read.filter(complete -> at == end && areAlike(complete.constants()));
    }

    private static boolean areAlike(List<Object> constants) {
      return constants.stream().map(Object::getClass).distinct().count() <= 1;
    }

    private boolean isColumn() {
      return tokens.spelling(at).equals(COLUMN);
    }

    private Optional<Restriction> behindColumn() {
      at++;
      Test comparison = COMPARISONS.get(tokens.spelling(at));
      if (at == end) {
        return Optional.of(new Restriction(Test.IN, List.of(true)));
      } else if (comparison != null) {
        at++;
        return constant().map(constant -> new Restriction(comparison, List.of(constant)));
      } else if (tokens.isWords(at, "IS", "NULL")) {
        at += 2;
        return Optional.of(new Restriction(Test.IS_NULL, List.of()));
      } else if (tokens.isWords(at, "IS", "NOT", "NULL")) {
        at += 3;
        return Optional.of(new Restriction(Test.IS_NOT_NULL, List.of()));
      } else if (tokens.isWord(at, "BETWEEN")) {
        at++;
        return list("AND", 2).map(both -> new Restriction(Test.BETWEEN, both));
      } else if (tokens.isWord(at, "IN") && tokens.is(at + 1, "(")) {
        at += 2;
        Optional<List<Object>> list = list(",", end);
        boolean isClosed = tokens.is(at++, ")");
        return list.filter(read -> isClosed).map(read -> new Restriction(Test.IN, read));
      }
      return Optional.empty();
    }

    private Optional<Restriction> beforeColumn() {
      if (tokens.isWord(at, "NOT") && tokens.spelling(at + 1).equals(COLUMN)) {
        at += 2;
        return Optional.of(new Restriction(Test.IN, List.of(false)));
      }
      Optional<Object> constant = constant();
      Test comparison = COMPARISONS.get(tokens.spelling(at++));
      if (constant.isEmpty() || comparison == null || !isColumn()) {
        return Optional.empty();
      }
      at++;
      return Optional.of(new Restriction(TURNED.get(comparison), List.of(constant.get())));
    }

    private Optional<List<Object>> list(String separator, int most) {
      List<Object> constants = new ArrayList<>();
      while (constants.size() < most) {
        Optional<Object> constant = constant();
        if (constant.isEmpty()) {
          return Optional.empty();
        }
        constants.add(constant.get());
        boolean goesOn = tokens.is(at, separator) || tokens.isWord(at, separator);
        if (!goesOn || constants.size() == most) {
          break;
        }
        at++;
      }
      return Optional.of(constants);
    }

    private Optional<Object> constant() {
      boolean isNegative = tokens.is(at, "-");
      at += isNegative ? 1 : 0;
      String spelling = tokens.spelling(at);
      Kind kind = tokens.kind(at);
      at++;
      if (kind == Kind.NUMBER) {
        return number(spelling).map(number -> isNegative ? number.negate() : number);
      } else if (isNegative) {
        return Optional.empty();
      } else if (kind == Kind.STRING && spelling.startsWith("'")) {
        return Optional.of(tokens.string(at - 1));
      } else if (tokens.isWord(at - 1, "TRUE", "FALSE")) {
        return Optional.of(tokens.isWord(at - 1, "TRUE"));
      }
      return Optional.empty();
    }

    private static Optional<BigDecimal> number(String spelling) {
      try {
        BigDecimal number = new BigDecimal(spelling);
        // What has thousands of digits is not worth it.
        return Math.abs((long) number.scale()) < 400 && number.precision() < 400
            ? Optional.of(number)
            : Optional.empty();
      } catch (NumberFormatException otherwiseWritten) {
        return Optional.empty();
      }
    }
  }
}
