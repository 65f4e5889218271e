package io.auspex.engine.random;

import io.auspex.engine.random.Scope.Column;
import io.auspex.engine.random.Scope.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What stands in FROM, at random: tables, queries, predictions of them, and joins. */
final class Relations {
  private static final List<String> TABLES = List.of("t0", "t0", "t1", "t1", "t2", "t3");

  /** Of every table, every common table expression, and every query that is predicted over. */
  static final List<Column> COLUMNS =
      List.of(
          new Column("id", Type.INT),
          new Column("a", Type.NUM),
          new Column("b", Type.INT),
          new Column("f", Type.NUM),
          new Column("s", Type.TEXT));

  /**
   * A relation with its columns.
   *
   * @param alone whether it is one relation, no join
   */
  record Relation(Node node, List<Column> columns, boolean alone) {}

  private final Random random;
  private final Queries queries;

  Relations(Random random, Queries queries) {
    this.random = random;
    this.queries = queries;
  }

  /** A relation of up to three, joined. */
  Relation any(int depth) {
    Relation relation = one(depth);
    for (int joins = random.nextInt(depth > 0 ? 3 : 2); joins > 0; joins--) {
      relation = joined(relation, depth);
    }
    return relation;
  }

  /** A relation with an alias of its own. */
  Relation one(int depth) {
    String alias = queries.unused("r");
    List<Column> columns = new ArrayList<>();
    COLUMNS.forEach(column -> columns.add(new Column(alias + "." + column.sql(), column.type())));
    boolean predicts = random.nextInt(5) < 2;
    Node rows = depth > 0 && random.nextInt(3) == 0 ? queries.rows(depth - 1) : null;
    if (predicts) {
      columns.add(new Column(alias + ".p", Type.NUM));
    }
    Node node = rows == null ? named(predicts) : Form.of("(?)", rows);
    return new Relation(
        Form.of("? AS " + alias, predicts ? predicted(node, rows == null) : node), columns, true);
  }

  private Node named(boolean predicts) {
    List<String> known = new ArrayList<>(TABLES);
    known.addAll(queries.known());
    known.addAll(queries.known());
    return Form.of(known.get(random.nextInt(known.size())));
  }

  private static Node predicted(Node rows, boolean isNamed) {
    return new Form(
        "PREDICT(MODEL m, " + (isNamed ? "TABLE " : "") + "?)",
        "(SELECT *, lean_of(a, b, f) AS p FROM ?)",
        List.of(rows));
  }

  private Relation joined(Relation left, int depth) {
    Relation right = one(depth - 1);
    List<Column> both = new ArrayList<>(left.columns());
    both.addAll(right.columns());
    return switch (random.nextInt(8)) {
      case 0 -> new Relation(pair("? CROSS JOIN ?", left, right), both, false);
      case 1 -> half("SEMI", left, right, both);
      case 2 -> half("ANTI", left, right, both);
      case 3 -> natural(left);
      case 4 -> left.alone() ? using(left, right, both) : on(left, right, both);
      default -> on(left, right, both);
    };
  }

  private static Node pair(String form, Relation left, Relation right) {
    return Form.of(form, left.node(), right.node());
  }

  private String kind() {
    return List.of("JOIN", "LEFT JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN")
        .get(random.nextInt(5));
  }

  private Relation on(Relation left, Relation right, List<Column> both) {
    Node condition = condition(left, right, both);
    return new Relation(
        Form.of("? " + kind() + " ? ON ?", left.node(), right.node(), condition), both, false);
  }

  private Relation half(String kind, Relation left, Relation right, List<Column> both) {
    Node condition = condition(left, right, both);
    return new Relation(
        Form.of("? " + kind + " JOIN ? ON ?", left.node(), right.node(), condition),
        left.columns(),
        false);
  }

  /** Mostly an equality, so that results stay small. */
  private Node condition(Relation left, Relation right, List<Column> both) {
    Type type = queries.expressions().operand();
    Node equal =
        Form.of(
            "(? = ?)",
            queries.expressions().of(type, Scope.of(left.columns()), 1),
            queries.expressions().of(type, Scope.of(right.columns()), 1));
    return random.nextInt(3) > 0
        ? equal
        : Form.of("(? AND ?)", equal, queries.expressions().plainCondition(Scope.of(both)));
  }

  private Relation using(Relation left, Relation right, List<Column> both) {
    List<Column> columns = new ArrayList<>(both);
    columns.add(new Column("id", Type.INT));
    return new Relation(pair("? " + kind() + " ? USING (id)", left, right), columns, false);
  }

  /**
   * With a table that shares no column but {@code b}; or none, if that is ambiguous on the left.
   */
  private Relation natural(Relation left) {
    String alias = queries.unused("n");
    Node few = Form.of("(SELECT b, s AS " + alias + "_s FROM t2) AS " + alias);
    List<Column> columns = new ArrayList<>(left.columns());
    columns.add(new Column(alias + "_s", Type.TEXT));
    String join = random.nextBoolean() ? "NATURAL JOIN" : "NATURAL LEFT JOIN";
    return left.alone()
        ? new Relation(Form.of("? " + join + " ?", left.node(), few), columns, false)
        : left;
  }
}
