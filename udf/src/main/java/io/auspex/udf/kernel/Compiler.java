package io.auspex.udf.kernel;

import io.auspex.catalog.ElementType;
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
import io.auspex.udf.expression.Expression.Whole;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes a program of expressions; each is computed once, however often it is read. */
final class Compiler {
  private final List<Program.Read> reads = new ArrayList<>();
  private final Map<Program.Read, Integer> readRegisters = new HashMap<>();
  private final Map<Expression, Integer> registers = new IdentityHashMap<>();
  private final Map<Whole, Integer> sums = new IdentityHashMap<>();
  private final Map<Whole, int[]> wholes = new IdentityHashMap<>();
  private final Map<Lookup, List<String>> dictionaries = new IdentityHashMap<>();
  private final Map<Column, Map<String, Integer>> texts = new LinkedHashMap<>();
  private final List<Program.Step> loads = new ArrayList<>();
  private final List<Program.Step> steps = new ArrayList<>();
  private final Screen.Pace pace;
  private int count;
  private int forestRows = Integer.MAX_VALUE;

  /** A kind of expression that a program does not have. */
  private static final class Unknown extends RuntimeException {
    Unknown(String what) {
      super(what, null, false, false);
    }
  }

  /**
   * @param pace at which programs learn which rows are out of bounds
   */
  Compiler(Screen.Pace pace) {
    this.pace = pace;
  }

  Optional<Program> compile(List<Expression> values) {
    try {
      Map<Expression, Boolean> seen = new IdentityHashMap<>();
      values.forEach(value -> collectTexts(value, seen));
      List<Program.Result> results = new ArrayList<>();
      for (Expression value : values) {
        int register = register(value);
        List<String> dictionary =
            value instanceof Lookup lookup && value.type() == ElementType.STRING
                ? dictionaries.get(lookup)
                : List.of();
        if (value.type() == ElementType.STRING && dictionary.isEmpty()) {
          throw new Unknown("a text as a result");
        }
        Optional<Slope> slope = Slope.of(value).filter(of -> sums.containsKey(of.trees()));
        results.add(
            new Program.Result(
                register,
                value.type(),
                dictionary,
                slope.map(of -> sums.get(of.trees())).orElse(-1),
                slope.map(of -> of.direction() > 0).orElse(false)));
      }
      return Optional.of(new Program(reads, loads, steps, Math.max(1, count), forestRows, results));
    } catch (Unknown | StackOverflowError unknown) {
      return Optional.empty();
    }
  }

  /** The texts that a column of them is compared with, before it is read. */
  private void collectTexts(Expression expression, Map<Expression, Boolean> seen) {
    if (seen.put(expression, true) != null) {
      return;
    }
    if (expression instanceof Lookup lookup && lookup.key().type() == ElementType.STRING) {
      if (!(lookup.key() instanceof Column column)) {
        throw new Unknown("a text that is computed");
      }
      Map<String, Integer> known = texts.computeIfAbsent(column, none -> new LinkedHashMap<>());
      lookup.table().keySet().forEach(key -> known.putIfAbsent((String) key, known.size()));
    }
    expression.operands().forEach(child -> collectTexts(child, seen));
  }

  private int register(Expression expression) {
    Integer known = registers.get(expression);
    if (known == null) {
      known = compiled(expression);
      registers.put(expression, known);
    }
    return known;
  }

  private int next() {
    return count++;
  }

  private int compiled(Expression expression) {
    if (expression instanceof Column column) {
      return read(new Program.Read(column, column.type() == ElementType.FLOAT));
    } else if (expression instanceof Part part) {
      return whole(part.whole())[part.ordinal()];
    } else if (expression instanceof Lookup lookup) {
      return lookup(lookup);
    } else if (expression instanceof Text) {
      throw new Unknown("a text");
    } else if (expression instanceof ArgMax argMax) {
      int[] values = argMax.values().stream().mapToInt(this::register).toArray();
      int to = next();
      steps.add(block -> Arithmetic.argMax(block, values, to));
      return to;
    } else if (expression instanceof Linear linear) {
      int[] terms = linear.terms().stream().mapToInt(this::register).toArray();
      int to = next();
      boolean isFloat = linear.type() == ElementType.FLOAT;
      steps.add(
          block -> Arithmetic.linear(block, terms, linear.weights(), linear.bias(), isFloat, to));
      return to;
    }
    return plain(expression);
  }

  private int plain(Expression expression) {
    if (expression instanceof Literal literal) {
      int to = next();
      steps.add(block -> Arrays.fill(block.registers[to], 0, block.rows, literal.value()));
      return to;
    } else if (expression instanceof Cast cast
        && cast.of() instanceof Column column
        && cast.type() == ElementType.FLOAT) {
      // From the number itself: one of 64 bits would be rounded twice.
      return read(new Program.Read(column, true));
    } else if (expression instanceof Cast cast) {
      int from = register(cast.of());
      int to = next();
      steps.add(block -> Arithmetic.cast(block, from, cast.type(), to));
      return to;
    } else if (expression instanceof Unary unary) {
      int of = register(unary.of());
      int to = next();
      boolean isFloat = unary.type() == ElementType.FLOAT;
      steps.add(block -> Arithmetic.unary(block, unary.operator(), of, isFloat, to));
      return to;
    } else if (expression instanceof Binary binary) {
      int left = register(binary.left());
      int right = register(binary.right());
      int to = next();
      boolean isFloat = binary.type() == ElementType.FLOAT;
      steps.add(block -> Arithmetic.binary(block, binary.operator(), left, right, isFloat, to));
      return to;
    }
    Choice choice = (Choice) expression;
    int condition = register(choice.condition());
    int yes = register(choice.yes());
    int no = register(choice.no());
    int to = next();
    steps.add(block -> Arithmetic.choice(block, condition, yes, no, to));
    return to;
  }

  private int read(Program.Read read) {
    Integer known = readRegisters.get(read);
    if (known != null) {
      return known;
    }
    int ordinal = reads.size();
    reads.add(read);
    int to = next();
    readRegisters.put(read, to);
    if (read.column().type() == ElementType.STRING) {
      if (!texts.containsKey(read.column())) {
        throw new Unknown("a text that is not looked up");
      }
      TextTable table = new TextTable(List.copyOf(texts.get(read.column()).keySet()));
      loads.add(
          block -> block.source.texts(ordinal, table, block.from, block.rows, block.registers[to]));
    } else {
      loads.add(
          block -> block.source.numbers(ordinal, block.from, block.rows, block.registers[to]));
    }
    return to;
  }

  private int lookup(Lookup lookup) {
    int key = register(lookup.key());
    Map<Double, Double> table = new HashMap<>();
    List<String> dictionary = new ArrayList<>();
    Map<String, Integer> codes =
        lookup.key() instanceof Column column && texts.containsKey(column)
            ? texts.get(column)
            : Map.of();
    lookup
        .table()
        .forEach(
            (from, to) ->
                table.put(
                    from instanceof String text ? codes.get(text) : (Double) from + 0.0,
                    number(to, dictionary)));
    double otherwise = number(lookup.otherwise(), dictionary);
    dictionaries.put(lookup, List.copyOf(dictionary));
    NumberTable numbers = new NumberTable(table, otherwise);
    int to = next();
    steps.add(block -> numbers.find(block.registers[key], block.rows, block.registers[to]));
    return to;
  }

  private static double number(Object value, List<String> dictionary) {
    if (value instanceof Double number) {
      return number;
    }
    int known = dictionary.indexOf((String) value);
    if (known < 0) {
      dictionary.add((String) value);
      return dictionary.size() - 1.0;
    }
    return known;
  }

  private int[] whole(Whole whole) {
    int[] known = wholes.get(whole);
    if (known == null) {
      known = whole instanceof Softmax softmax ? softmax(softmax) : trees((Trees) whole);
      wholes.put(whole, known);
    }
    return known;
  }

  private int[] softmax(Softmax softmax) {
    int[] values = softmax.values().stream().mapToInt(this::register).toArray();
    int[] to = Arrays.stream(values).map(value -> next()).toArray();
    boolean isFloat = softmax.type() == ElementType.FLOAT;
    steps.add(block -> Arithmetic.softmax(block, values, isFloat, to));
    return to;
  }

  private int[] trees(Trees trees) {
    Forest forest =
        Forest.of(trees.ensemble(), pace)
            .orElseThrow(() -> new Unknown("an ensemble as wide as this"));
    forestRows = Math.min(forestRows, forest.blockRows());
    int[] features = new int[trees.ensemble().width()];
    Arrays.fill(features, -1);
    trees.ensemble().splits().read().stream()
        .forEach(feature -> features[feature] = register(trees.features().get(feature)));
    int[] scores = new int[trees.ensemble().targets()];
    Arrays.setAll(scores, target -> next());
    int label = trees.ensemble().classes().isPresent() ? next() : -1;
    boolean isFloat = trees.type() == ElementType.FLOAT;
    if (forest.isOneSum()) {
      sums.put(trees, steps.size());
    }
    steps.add(
        new TreeStep(
            forest, new Finish(trees.ensemble()), steps.size(), features, scores, label, isFloat));
    int[] all = Arrays.copyOf(scores, scores.length + 1);
    all[scores.length] = label;
    return all;
  }
}
