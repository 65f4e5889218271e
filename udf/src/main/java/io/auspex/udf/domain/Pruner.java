package io.auspex.udf.domain;

import io.auspex.catalog.ElementType;
import io.auspex.catalog.Output;
import io.auspex.udf.domain.Domain.Numbers;
import io.auspex.udf.ensemble.Ensemble;
import io.auspex.udf.ensemble.PrunedEnsemble;
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
import io.auspex.udf.expression.GraphReader;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes a model simpler for rows of which something is known. Of those rows it gives what it gave
 * before, to the last bit: sums keep their order, and the terms that are constant.
 */
public final class Pruner {
  private final Ranges ranges;
  private final Map<Expression, Expression> pruned = new IdentityHashMap<>();
  private final Map<Whole, Whole> wholes = new IdentityHashMap<>();

  private Pruner(Domains domains) {
    this.ranges = new Ranges(domains);
  }

  /** The expressions of outputs, with nothing in them that no such row needs. */
  public static GraphReader.Read of(GraphReader.Read read, Domains domains) {
    if (domains.isEmpty()) {
      return read;
    }
    Pruner pruner = new Pruner(domains);
    Map<Output, List<Expression>> columns = new LinkedHashMap<>();
    try {
      read.columns().forEach((output, values) -> columns.put(output, pruner.all(values)));
    } catch (StackOverflowError tooDeep) {
      return read;
    }
    return new GraphReader.Read(columns, read.keys());
  }

  private List<Expression> all(List<Expression> expressions) {
    return expressions.stream().map(this::pruned).toList();
  }

  private Expression pruned(Expression expression) {
    Expression known = pruned.get(expression);
    if (known == null) {
      known = folded(rebuilt(expression));
      pruned.put(expression, known);
    }
    return known;
  }

  /** A constant, where it is one number. Of a zero, the sign is not known. */
  private Expression folded(Expression expression) {
    boolean isOpen =
        expression.type() == ElementType.STRING
            || expression instanceof Literal
            || expression instanceof Part
            || expression instanceof Linear
            || expression instanceof ArgMax;
    if (isOpen) {
      return expression;
    }
    Numbers range = ranges.of(expression);
    boolean hasOneSign = range.low() != 0 || !expression.type().isFloatingPoint();
    return range.isPoint() && hasOneSign
        ? new Literal(range.low() + 0.0, expression.type())
        : expression;
  }

  private Expression rebuilt(Expression expression) {
    if (expression instanceof Column
        || expression instanceof Literal
        || expression instanceof Text) {
      return expression;
    } else if (expression instanceof Part part) {
      Whole whole = whole(part.whole());
      return whole == part.whole() ? part : new Part(whole, part.ordinal(), part.type());
    } else if (expression instanceof Choice choice) {
      return choice(choice);
    }
    List<Expression> operands = all(expression.operands());
    boolean isSame = areSame(operands, expression.operands());
    if (expression instanceof Lookup lookup) {
      return lookup(new Lookup(operands.get(0), lookup.table(), lookup.otherwise(), lookup.type()));
    }
    return isSame ? expression : with(expression, operands);
  }

  private static boolean areSame(List<Expression> one, List<Expression> other) {
    for (int i = 0; i < one.size(); i++) {
      if (one.get(i) != other.get(i)) {
        return false;
      }
    }
    return true;
  }

  private static Expression with(Expression expression, List<Expression> operands) {
    if (expression instanceof Cast cast) {
      return new Cast(operands.get(0), cast.type());
    } else if (expression instanceof Unary unary) {
      return new Unary(unary.operator(), operands.get(0), unary.type());
    } else if (expression instanceof Binary binary) {
      return new Binary(binary.operator(), operands.get(0), operands.get(1), binary.type());
    } else if (expression instanceof Linear linear) {
      return new Linear(operands, linear.weights(), linear.bias(), linear.type());
    }
    return new ArgMax(operands);
  }

  private Expression choice(Choice choice) {
    Expression condition = pruned(choice.condition());
    Numbers range = ranges.of(condition);
    if (range.isPoint()) {
      return pruned(range.low() != 0 ? choice.yes() : choice.no());
    }
    List<Expression> operands = List.of(condition, pruned(choice.yes()), pruned(choice.no()));
    return areSame(operands, choice.operands())
        ? choice
        : new Choice(condition, operands.get(1), operands.get(2));
  }

  /** Without the entries that no key asks for. */
  private Expression lookup(Lookup lookup) {
    Set<Object> results = new HashSet<>(ranges.results(lookup));
    if (results.size() == 1 && results.iterator().next() instanceof Double only) {
      return new Literal(only, lookup.type());
    }
    Map<Object, Object> table = new LinkedHashMap<>();
    lookup
        .table()
        .forEach(
            (key, value) -> {
              if (ranges.mayBeKey(lookup, key)) {
                table.put(key, value);
              }
            });
    return new Lookup(lookup.key(), table, lookup.otherwise(), lookup.type());
  }

  private Whole whole(Whole whole) {
    Whole known = wholes.get(whole);
    if (known == null) {
      known = whole instanceof Softmax softmax ? softmax(softmax) : trees((Trees) whole);
      wholes.put(whole, known);
    }
    return known;
  }

  private Softmax softmax(Softmax softmax) {
    List<Expression> values = all(softmax.values());
    return areSame(values, softmax.values()) ? softmax : new Softmax(values, softmax.type());
  }

  private Trees trees(Trees trees) {
    Ensemble ensemble = trees.ensemble();
    List<Expression> features = new ArrayList<>(trees.features());
    for (int feature : ensemble.splits().read().stream().toArray()) {
      features.set(feature, pruned(trees.features().get(feature)));
    }
    Ensemble smaller =
        PrunedEnsemble.of(
            ensemble,
            split ->
                SplitOutcome.of(
                    ensemble.splits(),
                    split,
                    ranges.of(features.get(ensemble.splits().features()[split]))));
    if (smaller == ensemble && areSame(features, trees.features())) {
      return trees;
    }
    // Of what no split looks at any more, nothing must be computed.
    BitSet read = smaller.splits().read();
    for (int i = 0; i < features.size(); i++) {
      features.set(i, read.get(i) ? features.get(i) : new Literal(0, features.get(i).type()));
    }
    return new Trees(smaller, features, trees.type());
  }
}
