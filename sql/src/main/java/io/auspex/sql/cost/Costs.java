package io.auspex.sql.cost;

import io.auspex.sql.fragment.Strategy;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a row costs by each strategy that can run a prediction.
 *
 * @param nanos of one core, by strategy
 */
public record Costs(Map<Strategy, Double> nanos) {
  public Costs {
    nanos = new EnumMap<>(nanos);
  }

  /** The strategy that costs least. */
  public Strategy least() {
    return nanos.entrySet().stream()
        .min(Comparator.comparingDouble(Map.Entry::getValue))
        .orElseThrow()
        .getKey();
  }

  /** Such as {@code sql 63, inline 150, stream 290 ns a row}. */
  @Override
  public String toString() {
    return nanos.entrySet().stream()
            .map(entry -> entry.getKey().sqlName() + " " + Math.round(entry.getValue()))
            .collect(Collectors.joining(", "))
        + " ns a row";
  }
}
