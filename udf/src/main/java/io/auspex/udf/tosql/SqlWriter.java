package io.auspex.udf.tosql;

import io.auspex.catalog.ElementType;
import io.auspex.catalog.Names;
import io.auspex.udf.expression.Expression;
import io.auspex.udf.expression.Expression.ArgMax;
import io.auspex.udf.expression.Expression.Binary;
import io.auspex.udf.expression.Expression.Cast;
import io.auspex.udf.expression.Expression.Choice;
import io.auspex.udf.expression.Expression.Column;
import io.auspex.udf.expression.Expression.Linear;
import io.auspex.udf.expression.Expression.Literal;
import io.auspex.udf.expression.Expression.Lookup;
import io.auspex.udf.expression.Expression.Part;
import io.auspex.udf.expression.Expression.Softmax;
import io.auspex.udf.expression.Expression.Text;
import io.auspex.udf.expression.Expression.Trees;
import io.auspex.udf.expression.Expression.Unary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes expressions as SQL. To DuckDB NaN is equal to itself and greater than all else, so that
 * comparisons say what they mean by it.
 */
final class SqlWriter {
  /** More entries are found faster by a kernel. */
  private static final int MOST_ENTRIES = 16;

  private static final int MOST_CLASSES = 8;

  /** Of all trees and all their scores. */
  private static final int MOST_LEAVES_IN_ALL = 4096;

  /** What is longer is not written twice. */
  private static final int SHORT = 500;

  /** DuckDB ends the process where some hundreds of operators are nested, as those of a sum are. */
  private static final int LONGEST_SUM = 64;

  private final Map<Expression, SqlText> written = new IdentityHashMap<>();
  private final Map<Expression, Integer> readers = new IdentityHashMap<>();
  private final Map<Trees, TreeSql> treesOf = new IdentityHashMap<>();
  private final Map<SqlText, SqlText.OfStep> stepOf = new HashMap<>();
  private final List<SqlText> steps = new ArrayList<>();
  private int operations;

  /** What is not to be computed by SQL. */
  static final class Unwritten extends RuntimeException {
    Unwritten() {
      super(null, null, false, false);
    }
  }

  /** For expressions that are written together, so that what they share is computed once. */
  SqlWriter(List<Expression> roots) {
    roots.forEach(this::count);
  }

  private void count(Expression expression) {
    if (readers.merge(expression, 1, Integer::sum) == 1) {
      expression.operands().forEach(this::count);
    }
  }

  List<SqlText> steps() {
    return List.copyOf(steps);
  }

  int operations() {
    return operations;
  }

  /** Of trees. */
  int leaves() {
    return treesOf.values().stream().mapToInt(TreeSql::leaves).sum();
  }

  SqlText text(Expression expression) {
    SqlText known = written.get(expression);
    if (known == null) {
      known = write(expression);
      boolean isShared = readers.getOrDefault(expression, 0) > 1 && isComputed(expression);
      known = isShared ? step(known) : known;
      written.put(expression, known);
    }
    return known;
  }

  private static boolean isComputed(Expression expression) {
    return !(expression instanceof Literal || expression instanceof Text);
  }

  /** The value for a text that has it more than once. */
  private SqlText repeated(SqlText value) {
    return value.length() > SHORT ? step(value) : value;
  }

  /** The value, computed once however often it is read. */
  private SqlText step(SqlText value) {
    boolean isPlain = value.references().size() == 1 && value.length() == 0;
    if (isPlain) {
      return value;
    }
    SqlText.OfStep known = stepOf.get(value);
    if (known == null) {
      known = new SqlText.OfStep(steps.size());
      steps.add(value);
      stepOf.put(value, known);
    }
    return SqlText.reference(known);
  }

  private SqlText write(Expression expression) {
    operations++;
    if (expression instanceof Column column) {
      return feature(column);
    } else if (expression instanceof Literal literal) {
      return SqlText.text(number(literal.value(), literal.type()));
    } else if (expression instanceof Cast cast) {
      return cast(repeated(text(cast.of())), cast.of().type(), cast.type());
    } else if (expression instanceof Unary unary) {
      return unary(unary);
    } else if (expression instanceof Binary binary) {
      return binary(binary);
    } else if (expression instanceof Choice choice) {
      return SqlText.of(
          "CASE WHEN ? THEN ? ELSE ? END",
          text(choice.condition()),
          text(choice.yes()),
          text(choice.no()));
    } else if (expression instanceof Lookup lookup) {
      return lookup(lookup);
    } else if (expression instanceof Linear linear) {
      return linear(linear);
    } else if (expression instanceof ArgMax argMax) {
      return argMax(argMax);
    } else if (expression instanceof Part part) {
      return part(part);
    }
    throw new Unwritten();
  }

  private static SqlText feature(Column column) {
    SqlText feature = SqlText.reference(new SqlText.OfFeature(column));
    return switch (column.type()) {
      case FLOAT, DOUBLE ->
          SqlText.of("COALESCE(?, " + number(Double.NaN, column.type()) + ")", feature);
      case INT64, INT32, INT16, INT8, UINT8, BOOL, STRING -> feature;
      default -> throw new Unwritten();
    };
  }

  /** A number of a type, exactly: as text, since DuckDB rounds a decimal literal twice. */
  static String number(double value, ElementType type) {
    return switch (type) {
      case FLOAT -> "CAST('" + spelled(Float.toString((float) value)) + "' AS FLOAT)";
      case DOUBLE -> "CAST('" + spelled(Double.toString(value)) + "' AS DOUBLE)";
      case BOOL -> value != 0 ? "true" : "false";
      case INT64 -> "CAST(" + (long) value + " AS BIGINT)";
      case INT32 -> "CAST(" + (long) value + " AS INTEGER)";
      default -> throw new Unwritten();
    };
  }

  private static String spelled(String number) {
    return number.equals("NaN") ? "nan" : number.replace("Infinity", "inf");
  }

  /** What a float cannot hold is infinite. */
  static SqlText cast(SqlText value, ElementType from, ElementType to) {
    if (from == to) {
      return value;
    } else if (from == ElementType.DOUBLE && to == ElementType.FLOAT) {
      return SqlText.of(
          "COALESCE(TRY_CAST(? AS FLOAT), CASE WHEN ? > 0 THEN CAST('inf' AS FLOAT) WHEN ? < 0"
              + " THEN CAST('-inf' AS FLOAT) END)",
          value,
          value,
          value);
    } else if (from == ElementType.STRING) {
      throw new Unwritten();
    } else if (to == ElementType.BOOL) {
      // NaN is true, and greater than 0 to DuckDB.
      return SqlText.of("(? <> 0)", value);
    }
    boolean toWhole = to != ElementType.FLOAT && to != ElementType.DOUBLE;
    boolean isCut = to == ElementType.INT32 && from == ElementType.INT64;
    if (isCut || (toWhole && (from == ElementType.FLOAT || from == ElementType.DOUBLE))) {
      // DuckDB rounds, and refuses what is out of range.
      throw new Unwritten();
    }
    return SqlText.of("CAST(? AS " + to.sqlType() + ")", value);
  }

  private SqlText unary(Unary unary) {
    SqlText value = text(unary.of());
    ElementType type = unary.type();
    return switch (unary.operator()) {
      case NEG -> SqlText.of("(-?)", value);
      case ABS -> SqlText.of("abs(?)", value);
      case FLOOR -> SqlText.of("floor(?)", value);
      case CEIL -> SqlText.of("ceil(?)", value);
      case RELU -> relu(repeated(value), type);
      case NOT -> SqlText.of("(NOT ?)", value);
      case IS_NAN -> SqlText.of("isnan(?)", value);
      case SIGMOID ->
          SqlText.of("CAST(1 / (1 + exp(-CAST(? AS DOUBLE))) AS " + type.sqlType() + ")", value);
      case EXP -> cast(step(SqlText.of("exp(CAST(? AS DOUBLE))", value)), ElementType.DOUBLE, type);
      case LOGISTIC -> logistic(unary.of());
      // Of zero and of what is negative, DuckDB's are errors.
      case LOG, SQRT, TANH -> throw new Unwritten();
    };
  }

  private static SqlText relu(SqlText value, ElementType type) {
    return SqlText.of("CASE WHEN ? < 0 THEN " + number(0, type) + " ELSE ? END", value, value);
  }

  /**
   * Of a value and of its opposite, from one power of e, in floats as ONNX Runtime has it: of a
   * negative value 1 − y, y being that of the positive one. That is y + (1 − 2y), of which the
   * second is exact since y is at least ½; a product in place of a CASE spares DuckDB to part rows
   * by their sign.
   */
  private SqlText logistic(Expression of) {
    boolean isOpposite = of instanceof Unary unary && unary.operator() == Unary.Operator.NEG;
    SqlText value = text(isOpposite ? ((Unary) of).of() : of);
    SqlText larger =
        step(SqlText.of("CAST(1 / (1 + CAST(exp(-abs(?)) AS FLOAT)) AS FLOAT)", value));
    String isTurned = "CAST(? " + (isOpposite ? ">" : "<") + " 0 AS FLOAT)";
    return SqlText.of("(? + " + isTurned + " * (1 - 2 * ?))", larger, value, larger);
  }

  private SqlText binary(Binary binary) {
    SqlText left = text(binary.left());
    SqlText right = text(binary.right());
    boolean isFloating = binary.left().type().isFloatingPoint();
    return switch (binary.operator()) {
      case ADD -> SqlText.of("(? + ?)", left, right);
      case SUB -> SqlText.of("(? - ?)", left, right);
      case MUL -> SqlText.of("(? * ?)", left, right);
      case DIV -> SqlText.of("(? / ?)", left, right);
      case LESS -> compared("<", left, right, mayBeNan(binary.right()));
      case AT_MOST -> compared("<=", left, right, mayBeNan(binary.right()));
      case EQUAL -> isFloating ? equal(repeated(left), right) : SqlText.of("(? = ?)", left, right);
      case AND -> SqlText.of("(? AND ?)", left, right);
      case OR -> SqlText.of("(? OR ?)", left, right);
    };
  }

  private static SqlText equal(SqlText left, SqlText right) {
    return SqlText.of("(? = ? AND NOT isnan(?))", left, right, left);
  }

  private static boolean mayBeNan(Expression value) {
    return value.type().isFloatingPoint()
        && !(value instanceof Literal literal && !Double.isNaN(literal.value()));
  }

  private SqlText compared(String operator, SqlText left, SqlText right, boolean mayBeNan) {
    if (!mayBeNan) {
      return SqlText.of("(? " + operator + " ?)", left, right);
    }
    SqlText greater = repeated(right);
    return SqlText.of("(? " + operator + " ? AND NOT isnan(?))", left, greater, greater);
  }

  private SqlText lookup(Lookup lookup) {
    if (lookup.table().size() > MOST_ENTRIES) {
      throw new Unwritten();
    }
    SqlText key = text(lookup.key());
    StringBuilder entries = new StringBuilder("CASE ?");
    lookup
        .table()
        .forEach(
            (from, to) ->
                entries
                    .append(" WHEN ")
                    .append(entry(from, lookup.key().type()))
                    .append(" THEN ")
                    .append(entry(to, lookup.type())));
    entries.append(" ELSE ").append(entry(lookup.otherwise(), lookup.type())).append(" END");
    return SqlText.of(entries.toString(), key);
  }

  private static String entry(Object value, ElementType type) {
    String entry =
        value instanceof String text ? Names.literal(text) : number((Double) value, type);
    if (entry.contains("?")) {
      throw new Unwritten();
    }
    return entry;
  }

  /** Added up in doubles, and rounded once. */
  private SqlText linear(Linear linear) {
    return cast(step(added(terms(linear))), ElementType.DOUBLE, linear.type());
  }

  private List<SqlText> terms(Linear linear) {
    List<SqlText> terms = new ArrayList<>();
    terms.add(SqlText.text(number(linear.bias(), ElementType.DOUBLE)));
    for (int i = 0; i < linear.terms().size(); i++) {
      SqlText value = text(linear.terms().get(i));
      double weight = linear.weights()[i];
      terms.add(
          weight == 1
              ? SqlText.of("CAST(? AS DOUBLE)", value)
              : SqlText.of("? * " + number(weight, ElementType.DOUBLE), value));
      operations += 2;
    }
    return terms;
  }

  /** A sum of sums, where there are many. */
  private static SqlText added(List<SqlText> terms) {
    List<SqlText> sums = terms;
    while (sums.size() > 1) {
      List<SqlText> longer = new ArrayList<>();
      for (int from = 0; from < sums.size(); from += LONGEST_SUM) {
        List<SqlText> some = sums.subList(from, Math.min(sums.size(), from + LONGEST_SUM));
        String holes = "(" + "? + ".repeat(some.size() - 1) + "?)";
        longer.add(SqlText.of(holes, some.toArray(SqlText[]::new)));
      }
      sums = longer;
    }
    return sums.get(0);
  }

  /** The first of the greatest; one that is not NaN is greater than none that is. */
  private SqlText argMax(ArgMax argMax) {
    int count = argMax.values().size();
    if (count > MOST_CLASSES) {
      throw new Unwritten();
    }
    List<SqlText> values = argMax.values().stream().map(value -> step(text(value))).toList();
    SqlText best = SqlText.text(number(0, ElementType.INT64));
    SqlText greatest = values.get(0);
    for (int i = 1; i < count; i++) {
      SqlText value = values.get(i);
      SqlText isGreater = step(SqlText.of("(? < ? AND NOT isnan(?))", greatest, value, value));
      best =
          SqlText.of(
              "CASE WHEN ? THEN " + number(i, ElementType.INT64) + " ELSE ? END", isGreater, best);
      greatest = step(SqlText.of("CASE WHEN ? THEN ? ELSE ? END", isGreater, value, greatest));
    }
    return best;
  }

  private SqlText part(Part part) {
    if (part.whole() instanceof Softmax softmax) {
      return softmax(softmax, part.ordinal());
    }
    Trees trees = (Trees) part.whole();
    TreeSql sql =
        treesOf.computeIfAbsent(
            trees, of -> new TreeSql(of, feature -> step(text(of.features().get(feature)))));
    SqlText value = sql.write(part.ordinal());
    if (leaves() > MOST_LEAVES_IN_ALL) {
      throw new Unwritten();
    }
    return value;
  }

  private SqlText softmax(Softmax softmax, int ordinal) {
    int count = softmax.values().size();
    if (count > MOST_CLASSES) {
      throw new Unwritten();
    }
    String holes = "?, ".repeat(count - 1) + "?";
    SqlText[] values =
        softmax.values().stream().map(value -> repeated(text(value))).toArray(SqlText[]::new);
    SqlText greatest = step(SqlText.of("greatest(" + holes + ")", values));
    SqlText[] powers = new SqlText[count];
    for (int i = 0; i < count; i++) {
      powers[i] = step(SqlText.of("exp(CAST(? - ? AS DOUBLE))", values[i], greatest));
    }
    SqlText sum = step(SqlText.of("(" + holes.replace(", ", " + ") + ")", powers));
    return cast(SqlText.of("(? / ?)", powers[ordinal], sum), ElementType.DOUBLE, softmax.type());
  }
}
