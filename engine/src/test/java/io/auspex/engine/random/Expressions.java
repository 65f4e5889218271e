package io.auspex.engine.random;

import io.auspex.engine.random.Scope.Column;
import io.auspex.engine.random.Scope.Type;
import java.util.List;
import java.util.Random;

/**
 * Expressions at random. Numbers stay small multiples of one half, on which floating-point
 * arithmetic is exact, so that results do not hang on the order of additions.
 */
final class Expressions {
  private static final List<Type> OPERANDS = List.of(Type.INT, Type.NUM, Type.TEXT);
  private static final List<String> COMPARISONS = List.of("=", "<>", "<", "<=", ">", ">=");

  private final Random random;
  private final Queries queries;

  Expressions(Random random, Queries queries) {
    this.random = random;
    this.queries = queries;
  }

  /** Of one of the types that more than one operator takes. */
  Type operand() {
    return pick(OPERANDS);
  }

  Node of(Type type, Scope scope, int depth) {
    if (depth <= 0 || random.nextInt(10) < 3) {
      return leaf(type, scope);
    }
    return switch (type) {
      case INT -> integer(scope, depth - 1);
      case NUM -> number(scope, depth - 1);
      case TEXT -> text(scope, depth - 1);
      default -> condition(scope, depth - 1);
    };
  }

  private Node leaf(Type type, Scope scope) {
    List<Column> columns = scope.ofType(type);
    return columns.isEmpty() || random.nextInt(8) == 0
        ? literal(type)
        : Form.of(pick(columns).sql());
  }

  private Node literal(Type type) {
    return Form.of(
        switch (type) {
          case INT -> pick(List.of("0", "1", "2", "3", "7", "CAST(NULL AS INTEGER)"));
          case NUM -> pick(List.of("0.5::DOUBLE", "2::DOUBLE", "'NaN'::DOUBLE", "NULL::DOUBLE"));
          case TEXT -> pick(List.of("'a'", "'b'", "''", "'é🦆'", "CAST(NULL AS VARCHAR)"));
          default -> pick(List.of("true", "false", "CAST(NULL AS BOOLEAN)"));
        });
  }

  private Node integer(Scope scope, int depth) {
    return switch (random.nextInt(7)) {
      case 0 -> Form.of("(? + ?)", of(Type.INT, scope, depth), of(Type.INT, scope, depth));
      case 1 -> Form.of("(? - ?)", of(Type.INT, scope, depth), of(Type.INT, scope, depth));
      case 2 -> choice(Type.INT, scope, depth);
      case 3 -> Form.of("coalesce(?, ?)", of(Type.INT, scope, depth), leaf(Type.INT, scope));
      case 4 -> Form.of("length(?)", of(Type.TEXT, scope, depth));
      case 5 -> queries.scalar("count(*)", scope);
      default -> leaf(Type.INT, scope);
    };
  }

  private Node number(Scope scope, int depth) {
    return switch (random.nextInt(8)) {
      case 0 -> Form.of("(? + ?)", of(Type.NUM, scope, depth), of(Type.NUM, scope, depth));
      case 1 -> Form.of("(? - ?)", of(Type.NUM, scope, depth), of(Type.INT, scope, depth));
      case 2 -> choice(Type.NUM, scope, depth);
      case 3 -> Form.of("coalesce(?, ?)", of(Type.NUM, scope, depth), leaf(Type.NUM, scope));
      case 4 -> queries.scalar("max(f)", scope);
      default -> prediction(scope, depth);
    };
  }

  /** A call of the model that computes {@code 2a + 3b - c + 0.5}. */
  Node prediction(Scope scope, int depth) {
    List<Node> features =
        List.of(of(Type.NUM, scope, depth), of(Type.INT, scope, depth - 1), of(Type.INT, scope, 0));
    return new Form("PREDICT(MODEL m, ?, ?, ?)", "lean_of(?, ?, ?)", features);
  }

  private Node text(Scope scope, int depth) {
    return switch (random.nextInt(5)) {
      case 0 -> Form.of("upper(?)", of(Type.TEXT, scope, depth));
      case 1 -> Form.of("(? || ?)", of(Type.TEXT, scope, depth), leaf(Type.TEXT, scope));
      case 2 -> choice(Type.TEXT, scope, depth);
      case 3 -> new Form("PREDICT(MODEL e, ?)", "echo_of(?)", List.of(of(Type.TEXT, scope, depth)));
      default -> Form.of("coalesce(?, 'none')", of(Type.TEXT, scope, depth));
    };
  }

  private Node choice(Type type, Scope scope, int depth) {
    return Form.of(
        "CASE WHEN ? THEN ? ELSE ? END",
        of(Type.BOOL, scope, depth),
        of(type, scope, depth),
        leaf(type, scope));
  }

  /** A condition. */
  Node condition(Scope scope, int depth) {
    Type type = operand();
    return switch (random.nextInt(14)) {
      case 0 -> Form.of("(? AND ?)", of(Type.BOOL, scope, depth), of(Type.BOOL, scope, depth));
      case 1 -> Form.of("(? OR ?)", of(Type.BOOL, scope, depth), of(Type.BOOL, scope, depth));
      case 2 -> Form.of("(NOT ?)", of(Type.BOOL, scope, depth));
      case 3 -> Form.of("(? IS NULL)", of(type, scope, depth));
      case 4 -> Form.of("(? IS DISTINCT FROM ?)", of(type, scope, depth), leaf(type, scope));
      case 5 ->
          Form.of(
              "(? BETWEEN ? AND ?)",
              of(type, scope, depth),
              leaf(type, scope),
              of(type, scope, depth));
      case 6 -> Form.of("(? IN (?, ?))", of(type, scope, depth), leaf(type, scope), literal(type));
      case 7 -> queries.in(of(type, scope, depth), type, scope);
      case 8 -> queries.exists(scope);
      case 9 -> Form.of("(? IS NOT TRUE)", of(Type.BOOL, scope, depth));
      default ->
          Form.of(
              "(? " + pick(COMPARISONS) + " ?)",
              of(type, scope, depth),
              of(type, scope, depth - 1));
    };
  }

  /** A condition without a subquery. */
  Node plainCondition(Scope scope) {
    Type type = operand();
    return Form.of("(? " + pick(COMPARISONS) + " ?)", leaf(type, scope), leaf(type, scope));
  }

  <T> T pick(List<T> some) {
    return some.get(random.nextInt(some.size()));
  }
}
