package io.auspex.udf.expression;

import io.auspex.catalog.ElementType;
import io.auspex.udf.expression.Expression.Binary;
import io.auspex.udf.expression.Expression.Cast;
import io.auspex.udf.expression.Expression.Choice;
import io.auspex.udf.expression.Expression.Linear;
import io.auspex.udf.expression.Expression.Literal;
import io.auspex.udf.expression.Expression.Lookup;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sums of weighted terms, with as few terms as there can be. */
final class Terms {
  private Terms() {}

  /**
   * The sum of terms times their weights, and a bias. Terms of weight 0 are left out; the columns
   * that a one-hot encoder makes of one value become a look-up of their weights by it.
   */
  static Expression linear(
      List<Expression> terms, double[] weights, double bias, ElementType type) {
    List<Expression> kept = new ArrayList<>();
    List<Double> keptWeights = new ArrayList<>();
    Map<Expression, Map<Object, Object>> tables = new IdentityHashMap<>();
    Map<Expression, Integer> places = new IdentityHashMap<>();
    for (int i = 0; i < weights.length; i++) {
      if (terms.get(i) instanceof Lookup lookup && isIndicator(lookup)) {
        if (!tables.containsKey(lookup.key())) {
          tables.put(lookup.key(), new LinkedHashMap<>());
          places.put(lookup.key(), kept.size());
          kept.add(lookup.key());
          keptWeights.add(1.0);
        }
        Object key = lookup.table().keySet().iterator().next();
        double weight = weights[i];
        tables.get(lookup.key()).merge(key, weight, (a, b) -> (double) a + (double) b);
      } else if (weights[i] != 0 || mayBeMissing(terms.get(i))) {
        kept.add(terms.get(i));
        keptWeights.add(weights[i]);
      }
    }
    places.forEach((key, place) -> kept.set(place, new Lookup(key, tables.get(key), 0.0, type)));
    if (kept.isEmpty()) {
      return new Literal(bias, type);
    }
    return new Linear(
        kept, keptWeights.stream().mapToDouble(Double::doubleValue).toArray(), bias, type);
  }

  private static boolean isIndicator(Lookup lookup) {
    return lookup.table().size() == 1
        && lookup.otherwise().equals(0.0)
        && lookup.table().containsValue(1.0);
  }

  /**
   * Whether a value may be NaN because a feature is: 0 times it is NaN too. That of an infinity is
   * taken for 0.
   */
  private static boolean mayBeMissing(Expression term) {
    if (term instanceof Choice choice) {
      return !choice.fillsGaps() || mayBeMissing(choice.yes());
    } else if (term instanceof Binary binary) {
      return mayBeMissing(binary.left()) || mayBeMissing(binary.right());
    } else if (term instanceof Cast cast) {
      return mayBeMissing(cast.of());
    }
    return !(term instanceof Lookup || term instanceof Literal);
  }
}
