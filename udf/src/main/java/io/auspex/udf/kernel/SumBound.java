package io.auspex.udf.kernel;

/**
 * Sums that are wanted: those on one side of a limit.
 *
 * @param step the ordinal of the step that adds up
 * @param isLeast whether those above the limit are wanted, rather than those below
 * @param isSettled whether the limit will not grow much tighter, so that it is worth while to learn
 *     which rows are out of it
 */
public record SumBound(int step, boolean isLeast, double limit, boolean isSettled) {
  /** How far rounding may lead a sum of floats astray, relative to what is added. */
  private static final double ROUNDING = 1e-4;

  /** The same with another word on whether it is settled. */
  public SumBound settled(boolean isSettled) {
    return new SumBound(step, isLeast, limit, isSettled);
  }

  /** Whether it wants fewer sums than another of the same step and side. */
  public boolean isTighterThan(SumBound other) {
    return isLeast ? limit > other.limit : limit < other.limit;
  }

  /** Whether a sum may be wanted that will be between these. */
  public boolean isWithin(double least, double greatest) {
    double slack = ROUNDING * (1 + Math.abs(least) + Math.abs(greatest));
    // What is NaN is not known to be out of bounds.
    return isLeast ? !(greatest + slack < limit) : !(least - slack > limit);
  }
}
