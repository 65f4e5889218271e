package io.auspex.udf.domain;

import io.auspex.udf.domain.Domain.Numbers;
import io.auspex.udf.ensemble.Ensemble.Splits;
import io.auspex.udf.ensemble.Ensemble.Test;
import java.util.Arrays;
import java.util.Optional;

/** Which way all values of a feature go at a split. */
final class SplitOutcome {
  private final Test test;
  private final double threshold;
  private final double[] members;
  private final boolean missingIsTrue;

  private SplitOutcome(Splits splits, int split) {
    this.test = splits.tests()[split];
    this.threshold = splits.values()[split];
    this.members = splits.members()[split];
    this.missingIsTrue = splits.missingIsTrue()[split];
  }

  /** Whether all pass, or all fail; nothing where some may do either. */
  static Optional<Boolean> of(Splits splits, int split, Numbers values) {
    SplitOutcome outcome = new SplitOutcome(splits, split);
    if (values.isEmpty()) {
      return Optional.of(outcome.passesMissing());
    }
    boolean all = outcome.allPass(values) && (!values.mayBeMissing() || outcome.passesMissing());
    boolean none =
        outcome.nonePasses(values) && !(values.mayBeMissing() && outcome.passesMissing());
    return all == none ? Optional.empty() : Optional.of(all);
  }

  private boolean passesMissing() {
    return switch (test) {
      // NaN is not equal to anything.
      case NOT_EQUAL -> true;
      case MEMBER_CUT -> missingIsTrue || isMember(Integer.MIN_VALUE);
      default -> missingIsTrue;
    };
  }

  private boolean isMember(double value) {
    return Arrays.stream(members).anyMatch(member -> member == value);
  }

  private boolean hasMember(double low, double high) {
    return Arrays.stream(members).anyMatch(member -> low <= member && member <= high);
  }

  private boolean allPass(Numbers values) {
    return values.values().isEmpty()
        ? allPass(values.low(), values.high())
        : values.values().stream().allMatch(value -> allPass(value, value));
  }

  private boolean nonePasses(Numbers values) {
    return values.values().isEmpty()
        ? nonePasses(values.low(), values.high())
        : values.values().stream().allMatch(value -> nonePasses(value, value));
  }

  private boolean allPass(double low, double high) {
    return switch (test) {
      case AT_MOST -> high <= threshold;
      case LESS -> high < threshold;
      case AT_LEAST -> low >= threshold;
      case GREATER -> low > threshold;
      case EQUAL -> low == threshold && high == threshold;
      case NOT_EQUAL -> !(low <= threshold && threshold <= high);
      case MEMBER -> low == high && isMember(low);
      case MEMBER_CUT -> canCut(low, high) && (int) low == (int) high && isMember((int) low);
    };
  }

  private boolean nonePasses(double low, double high) {
    return switch (test) {
      case AT_MOST -> !(low <= threshold);
      case LESS -> !(low < threshold);
      case AT_LEAST -> !(high >= threshold);
      case GREATER -> !(high > threshold);
      case EQUAL -> !(low <= threshold && threshold <= high);
      case NOT_EQUAL -> low == threshold && high == threshold;
      case MEMBER -> !hasMember(low, high);
      case MEMBER_CUT -> canCut(low, high) && !hasMember((int) low, (int) high);
    };
  }

  /** Whether a 32-bit integer is all that is left of each of them. */
  private static boolean canCut(double low, double high) {
    return low > Integer.MIN_VALUE - 1.0 && high < Integer.MAX_VALUE + 1.0;
  }
}
