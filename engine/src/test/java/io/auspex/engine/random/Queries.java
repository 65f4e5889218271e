package io.auspex.engine.random;

import io.auspex.engine.random.Relations.Relation;
import io.auspex.engine.random.Scope.Column;
import io.auspex.engine.random.Scope.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Queries at random, the same for the same seed, over the tables {@code t0} to {@code t3} and the
 * models {@code m} and {@code e}. Their rows are determined, but for the order.
 */
public final class Queries {
  private static final List<Type> COLUMN_TYPES =
      Relations.COLUMNS.stream().map(Column::type).toList();

  private final Random random;
  private final Expressions expressions;
  private final Relations relations;
  private final List<String> known = new ArrayList<>();
  private int names;

  public Queries(long seed) {
    this.random = new Random(seed);
    this.expressions = new Expressions(random, this);
    this.relations = new Relations(random, this);
    random.nextInt();
  }

  /** The next query. */
  public Node next() {
    names = 0;
    known.clear();
    List<Node> with = new ArrayList<>();
    for (int i = random.nextInt(5) - 2; i > 0; i--) {
      String name = unused("w");
      with.add(Form.of(name + " AS (?)", rows(1)));
      known.add(name);
    }
    List<Type> types =
        IntStream.rangeClosed(0, 1 + random.nextInt(3))
            .mapToObj(i -> expressions.operand())
            .toList();
    Select first = select(types, random.nextInt(3));
    if (random.nextInt(5) > 0) {
      return first.order(order(first, types.size())).with(with);
    }
    String operator =
        expressions.pick(
            List.of("UNION ALL", "UNION", "INTERSECT", "EXCEPT", "EXCEPT ALL", "INTERSECT ALL"));
    Node operation =
        new SetOperation(
            operator, first, select(types, 1), random.nextBoolean() ? "" : limit(types.size()));
    return with.isEmpty() ? operation : around(with, operation, types.size());
  }

  private static Node around(List<Node> with, Node rows, int columns) {
    List<Node> items = IntStream.range(0, columns).<Node>mapToObj(i -> Form.of("q.c" + i)).toList();
    return new Select(
        with,
        false,
        items,
        Form.of("(?) AS q", rows),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** All columns in turn, so that rows that tie are the same. */
  private String limit(int columns) {
    return " ORDER BY "
        + ordinals(columns)
        + " LIMIT "
        + random.nextInt(12)
        + (random.nextBoolean() ? "" : " OFFSET " + random.nextInt(4));
  }

  private static String ordinals(int columns) {
    return IntStream.rangeClosed(1, columns)
        .mapToObj(String::valueOf)
        .collect(Collectors.joining(", "));
  }

  private Optional<Node> order(Select select, int columns) {
    return random.nextBoolean() ? Optional.empty() : Optional.of(Form.of(limit(columns).strip()));
  }

  /** A query with the columns that every table has. */
  Node rows(int depth) {
    Select select = select(COLUMN_TYPES, depth);
    List<Node> items = new ArrayList<>();
    for (int i = 0; i < COLUMN_TYPES.size(); i++) {
      Form item = (Form) select.items().get(i);
      items.add(Form.of("? AS " + Relations.COLUMNS.get(i).sql(), item.parts().get(0)));
    }
    Select named = select.items(items);
    return random.nextInt(3) > 0 ? named : named.order(Optional.of(Form.of(limit(5).strip())));
  }

  /** A SELECT of columns {@code c0}, {@code c1} … of these types. */
  private Select select(List<Type> types, int level) {
    Relation from = relations.any(level);
    int depth = Math.max(1, level);
    Scope scope = Scope.of(from.columns());
    Optional<Node> where =
        random.nextInt(3) == 0
            ? Optional.empty()
            : Optional.of(expressions.condition(scope, depth));
    return switch (random.nextInt(4)) {
      case 0 -> grouped(types, from, scope, where, depth);
      case 1 -> windowed(types, from, scope, where, depth);
      default -> {
        List<Node> items = types.stream().map(type -> expressions.of(type, scope, depth)).toList();
        yield plain(items, from, where).distinct(random.nextInt(4) == 0);
      }
    };
  }

  private static Select plain(List<Node> items, Relation from, Optional<Node> where) {
    List<Node> named = new ArrayList<>();
    for (Node item : items) {
      named.add(Form.of("? AS c" + named.size(), item));
    }
    return new Select(
        List.of(),
        false,
        named,
        from.node(),
        where,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private Select grouped(
      List<Type> types, Relation from, Scope scope, Optional<Node> where, int depth) {
    List<Node> keys = new ArrayList<>();
    List<Node> items = new ArrayList<>();
    for (Type type : types) {
      if (random.nextBoolean()) {
        Node key = expressions.of(type, scope, depth);
        // A constant would be the number of a column.
        keys.add(isConstant(key) ? Form.of("coalesce(?, ?)", key, key) : key);
        items.add(keys.get(keys.size() - 1));
      } else {
        items.add(aggregate(type, scope, depth));
      }
    }
    Optional<Node> having =
        random.nextBoolean()
            ? Optional.empty()
            : Optional.of(
                new Form(
                    "PREDICT(MODEL m, ?, count(*), ?) > 2",
                    "lean_of(?, count(*), ?) > 2",
                    List.of(aggregate(Type.NUM, scope, 1), aggregate(Type.INT, scope, 1))));
    return plain(items, from, where).keys(keys).having(having);
  }

  private static boolean isConstant(Node node) {
    return node instanceof Form form
        && form.parts().isEmpty()
        && !form.predicted().matches("\\w+\\.\\w+");
  }

  private Node aggregate(Type type, Scope scope, int depth) {
    Node argument = expressions.of(type, scope, depth);
    String call =
        switch (type) {
          case INT ->
              expressions.pick(
                  List.of("count(?)", "count(DISTINCT ?)", "max(?)", "min(?)", "sum(DISTINCT ?)"));
          case NUM -> expressions.pick(List.of("max(?)", "min(?)", "sum(?)"));
          default -> expressions.pick(List.of("max(?)", "min(?)"));
        };
    return random.nextInt(3) > 0
        ? Form.of(call, argument)
        : Form.of(call + " FILTER (WHERE ?)", argument, expressions.plainCondition(scope));
  }

  private Select windowed(
      List<Type> types, Relation from, Scope scope, Optional<Node> where, int depth) {
    List<Node> items = new ArrayList<>();
    for (Type type : types) {
      items.add(random.nextBoolean() ? window(type, scope) : expressions.of(type, scope, depth));
    }
    Optional<Node> qualify =
        random.nextBoolean()
            ? Optional.empty()
            : Optional.of(Form.of("? <= 3", window(Type.INT, scope)));
    return plain(items, from, where).qualify(qualify);
  }

  /** Without a frame of rows, on which peers in any order might differ. */
  private Node window(Type type, Scope scope) {
    Node partition = expressions.of(expressions.operand(), scope, 1);
    Node order = expressions.of(expressions.operand(), scope, 1);
    String over =
        random.nextBoolean() ? " OVER (PARTITION BY ? ORDER BY ?)" : " OVER (PARTITION BY ?)";
    List<Node> parts = over.contains("ORDER") ? List.of(partition, order) : List.of(partition);
    if (type == Type.INT && over.contains("ORDER") && random.nextBoolean()) {
      String rank = random.nextBoolean() ? "rank()" : "dense_rank()";
      return new Form(rank + over, rank + over, parts);
    }
    List<Node> all = new ArrayList<>(List.of(expressions.of(type, scope, 1)));
    all.addAll(parts);
    String call = expressions.pick(List.of("max(?)", "min(?)")) + over;
    return new Form(call, call, all);
  }

  /** A scalar subquery of one aggregate, sometimes correlated. */
  Node scalar(String aggregate, Scope scope) {
    Relation from = relations.one(0);
    String argument = aggregate.replace("f)", alias(from) + ".f)");
    return Form.of(
        "(SELECT " + argument + " FROM ? WHERE ?)", from.node(), correlated(from, scope));
  }

  Node in(Node value, Type type, Scope scope) {
    Relation from = relations.one(0);
    Node column = Form.of(expressions.pick(Scope.of(from.columns()).ofType(type)).sql());
    String in = random.nextInt(3) > 0 ? "IN" : "NOT IN";
    return Form.of(
        "(? " + in + " (SELECT ? FROM ? WHERE ?))",
        value,
        column,
        from.node(),
        random.nextBoolean() ? Form.of("true") : correlated(from, scope));
  }

  Node exists(Scope scope) {
    Relation from = relations.one(0);
    String exists = random.nextBoolean() ? "EXISTS" : "NOT EXISTS";
    return Form.of(
        "(" + exists + " (SELECT 1 FROM ? WHERE ?))", from.node(), correlated(from, scope));
  }

  private Node correlated(Relation from, Scope scope) {
    Type type = expressions.operand();
    List<Column> outer = scope.ofType(type);
    List<Column> inner = Scope.of(from.columns()).ofType(type);
    if (outer.isEmpty()) {
      return expressions.plainCondition(Scope.of(from.columns()));
    }
    return Form.of(
        "(? " + expressions.pick(List.of("=", "=", "=", ">", "<")) + " ?)",
        Form.of(expressions.pick(inner).sql()),
        Form.of(expressions.pick(outer).sql()));
  }

  private static String alias(Relation from) {
    String first = from.columns().get(0).sql();
    return first.substring(0, first.indexOf('.'));
  }

  Expressions expressions() {
    return expressions;
  }

  /** Common table expressions that stand in scope. */
  List<String> known() {
    return known;
  }

  String unused(String prefix) {
    return prefix + names++;
  }
}
