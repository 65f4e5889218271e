package io.auspex.catalog;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * What a row costs by what is counted of it. Immutable.
 *
 * @param nanos of a core, of every constant
 */
public record CostConstants(Map<CostConstant, Double> nanos) {
  /**
   * How many times as dear or as cheap as by default a constant may be. Machines do not differ by
   * more, noise and what someone wrote into the catalog may.
   */
  public static final double MOST = 8;

  public static final CostConstants STANDARD = new CostConstants(Map.of());

  /** Missing ones are the defaults, and none is further from its default than {@link #MOST}. */
  public CostConstants {
    Map<CostConstant, Double> all = new EnumMap<>(CostConstant.class);
    for (CostConstant constant : CostConstant.values()) {
      all.put(constant, bounded(constant, nanos.get(constant)));
    }
    nanos = Collections.unmodifiableMap(all);
  }

  private static double bounded(CostConstant constant, Double measured) {
    double standard = constant.standard();
    return measured == null || measured.isNaN()
        ? standard
        : Math.max(standard / MOST, Math.min(standard * MOST, measured));
  }

  /** The nanoseconds of one. */
  public double of(CostConstant constant) {
    return nanos.get(constant);
  }

  /** The nanoseconds of so many of each. */
  public double of(Map<CostConstant, Double> counts) {
    ToDoubleFunction<Map.Entry<CostConstant, Double>> cost =
        count -> count.getValue() * of(count.getKey());
    return counts.entrySet().stream().mapToDouble(cost).sum();
  }
}
