package io.auspex.engine.calibration;

import io.auspex.catalog.CostConstant;
import io.auspex.catalog.CostConstants;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/**
 * Tells the cost model's constants from what predictions took: those that come nearest to all
 * measurements, each error taken relative to its measurement, within the bounds of {@link
 * CostConstants}. What measurements leave open (a call's time and a kernel's always come together)
 * keeps the ratio of the defaults. Found by coordinate descent on ridge regression, which for a sum
 * of squares within a box leads to the only minimum.
 */
public final class Fit {
  /** What it counts that a constant is as many times its default as the machine is slower. */
  private static final double PRIOR = 0.001;

  /** Measurements of less than this share of what they should be are noise, and count less. */
  private static final double LEAST_SHARE = 0.5;

  private static final int SWEEPS = 500;
  private static final int DIGITS = 3;

  /** A measurement: what was done for a row, and the nanoseconds that it took. */
  public record Measurement(Map<CostConstant, Double> work, double nanos) {}

  private final CostConstant[] constants = CostConstant.values();

  /** A row a measurement: what each constant has of its time by default, then its time. */
  private final double[][] shares;

  /** Times the default, as everything is here. */
  private final double[] factors = new double[constants.length];

  private final double speed;

  private Fit(List<Measurement> measured) {
    this.speed = speed(measured);
    this.shares = measured.stream().map(this::shares).toArray(double[][]::new);
    Arrays.fill(factors, speed);
  }

  /** The constants that the measurements tell, of which there must be one at least. */
  public static CostConstants of(List<Measurement> measured) {
    return new Fit(measured).constants();
  }

  /** How many times as slow as by default this machine is, on the whole. */
  private static double speed(List<Measurement> measured) {
    double[] factors =
        measured.stream().mapToDouble(one -> one.nanos() / standard(one)).sorted().toArray();
    return bounded(factors[factors.length / 2]);
  }

  private static double standard(Measurement one) {
    return CostConstants.STANDARD.of(one.work());
  }

  private static double bounded(double factor) {
    return Math.max(1 / CostConstants.MOST, Math.min(CostConstants.MOST, factor));
  }

  /** Each as a share of the time measured, so that errors are. */
  private double[] shares(Measurement one) {
    double whole = Math.max(one.nanos(), LEAST_SHARE * speed * standard(one));
    return DoubleStream.concat(
            Arrays.stream(constants)
                .mapToDouble(c -> one.work().getOrDefault(c, 0.0) * c.standard() / whole),
            DoubleStream.of(one.nanos() / whole))
        .toArray();
  }

  private CostConstants constants() {
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      for (int i = 0; i < factors.length; i++) {
        factors[i] = best(i);
      }
    }
    Map<CostConstant, Double> nanos = new EnumMap<>(CostConstant.class);
    for (int i = 0; i < constants.length; i++) {
      nanos.put(constants[i], rounded(constants[i].standard() * factors[i]));
    }
    return new CostConstants(nanos);
  }

  /** The constant's best factor while the others stay as they are. */
  private double best(int constant) {
    double above = PRIOR * speed;
    double below = PRIOR;
    for (double[] share : shares) {
      double rest = share[factors.length];
      for (int i = 0; i < factors.length; i++) {
        rest -= i == constant ? 0 : share[i] * factors[i];
      }
      above += share[constant] * rest;
      below += share[constant] * share[constant];
    }
    return bounded(above / below);
  }

  private static double rounded(double nanos) {
    return new BigDecimal(nanos).round(new MathContext(DIGITS)).doubleValue();
  }
}
