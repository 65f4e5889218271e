package io.auspex.udf.fuzz;

import io.auspex.catalog.ElementType;
import java.util.ArrayList;
import java.util.List;

/**
 * Thresholds and weights of a precision.
 *
 * @param type {@code FLOAT} where every number is to be one
 */
record Numbers(Choice choice, ElementType type) {

  /** The values that a feature is compared with, few where ties are wanted. */
  List<Double> palette() {
    List<Double> palette = new ArrayList<>();
    boolean ordinals = choice.chance(0.3);
    double scale = choice.of(0.01, 1.0, 1.0, 100.0, 1e6);
    int size = choice.smallish(1, 12);
    for (int i = 0; i < size; i++) {
      palette.add(ordinals ? choice.between(0, 40) : rounded(choice.gaussian() * scale));
    }
    if (choice.chance(0.3)) {
      palette.addAll(choice.some(edges()));
    }
    return palette;
  }

  double threshold(List<Double> palette) {
    return choice.chance(0.85) ? choice.of(palette) : rounded(choice.gaussian());
  }

  /** Zeros, the smallest and the largest numbers. */
  List<Double> edges() {
    boolean single = type == ElementType.FLOAT;
    double denormal = single ? Float.MIN_VALUE * 3.0 : Double.MIN_VALUE * 3;
    double normal = single ? Float.MIN_NORMAL : Double.MIN_NORMAL;
    double large = single ? Float.MAX_VALUE : Double.MAX_VALUE;
    return List.of(
        0.0,
        -0.0,
        denormal,
        -denormal,
        normal,
        large,
        -large,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY);
  }

  double rounded(double value) {
    return type == ElementType.FLOAT ? (float) value : value;
  }

  /** How the weights of an ensemble are drawn. */
  enum Weights {
    /** Any small number. */
    REAL,
    /** Few different ones, so that classes tie. */
    COARSE,
    /** Between 0 and 1. */
    SHARE,
    /** Between 0 and 0.01, so that sums are shares too. */
    SMALL,
    /** Of very different sizes, so that the order of additions is seen. */
    WILD
  }

  double weight(Weights kind) {
    return switch (kind) {
      case REAL -> rounded(choice.gaussian());
      case COARSE -> choice.between(-4, 4) * 0.25;
      case SHARE ->
          choice.chance(0.2) ? choice.between(0, 1) : rounded(choice.between(0, 1000) / 1e3);
      case SMALL -> rounded(choice.between(0, 1000) / 1e5);
      case WILD -> rounded(choice.gaussian() * Math.pow(10, choice.between(-12, 12)));
    };
  }
}
