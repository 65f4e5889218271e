package io.auspex.engine.calibration;

import static io.auspex.catalog.CostConstant.INLINE_FEATURE;
import static io.auspex.catalog.CostConstant.INLINE_ROW;
import static io.auspex.catalog.CostConstant.KERNEL_ROW;
import static io.auspex.catalog.CostConstant.SQL_LEAF;
import static io.auspex.catalog.CostConstant.SQL_OPERATION;
import static io.auspex.catalog.CostConstant.STREAM_ROW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.auspex.catalog.CostConstant;
import io.auspex.catalog.CostConstants;
import io.auspex.engine.calibration.Fit.Measurement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Constants that are known are told from the times that follow from them. */
class FitTest {
  private static Measurement measured(double nanos, Object... work) {
    Map<CostConstant, Double> counts = new EnumMap<>(CostConstant.class);
    for (int i = 0; i < work.length; i += 2) {
      counts.put((CostConstant) work[i], ((Number) work[i + 1]).doubleValue());
    }
    return new Measurement(counts, nanos);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.25, 1, 4})
  void aMachineThatIsAsManyTimesAsSlowInAll(double factor) {
    List<Measurement> all = new ArrayList<>();
    for (CostConstant constant : CostConstant.values()) {
      all.add(measured(10 * factor * constant.standard(), constant, 10));
    }
    CostConstants fitted = Fit.of(all);
    for (CostConstant constant : CostConstant.values()) {
      assertThat(fitted.of(constant))
          .as(constant.sqlName())
          .isCloseTo(factor * constant.standard(), Percentage.withPercentage(1));
    }
  }

  @Test
  void constantsAreToldFromEachOther() {
    CostConstants fitted =
        Fit.of(
            List.of(
                measured(61 * 0.8, SQL_OPERATION, 61),
                measured(22 * 0.8 + 32 * 9, SQL_OPERATION, 22, SQL_LEAF, 32),
                measured(25 + 20 * 7, INLINE_ROW, 1, INLINE_FEATURE, 20),
                measured(25 + 4 * 7, INLINE_ROW, 1, INLINE_FEATURE, 4)));
    assertThat(fitted.of(SQL_OPERATION)).isCloseTo(0.8, Percentage.withPercentage(5));
    assertThat(fitted.of(SQL_LEAF)).isCloseTo(9, Percentage.withPercentage(5));
    assertThat(fitted.of(INLINE_ROW)).isCloseTo(25, Percentage.withPercentage(5));
    assertThat(fitted.of(INLINE_FEATURE)).isCloseTo(7, Percentage.withPercentage(5));
  }

  @Test
  void whatAlwaysComesTogetherKeepsItsRatio() {
    CostConstants fitted = Fit.of(List.of(measured(25, INLINE_ROW, 1, KERNEL_ROW, 1)));
    assertThat(fitted.of(INLINE_ROW)).isCloseTo(15, within(0.1));
    assertThat(fitted.of(KERNEL_ROW)).isCloseTo(10, within(0.1));
  }

  @Test
  void whatWasNotMeasuredIsAsMuchFasterAsTheRest() {
    CostConstants fitted = Fit.of(List.of(measured(15, INLINE_ROW, 1)));
    assertThat(fitted.of(STREAM_ROW)).isCloseTo(60, within(1.0));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-40, 0, 1e-9, 1e12})
  void nonsenseStaysWithinTheBounds(double nanos) {
    CostConstants fitted =
        Fit.of(
            List.of(
                measured(nanos, SQL_OPERATION, 61),
                measured(30, INLINE_ROW, 1),
                measured(120, STREAM_ROW, 1)));
    double times = fitted.of(SQL_OPERATION) / SQL_OPERATION.standard();
    assertThat(times).isBetween(0.99 / CostConstants.MOST, 1.01 * CostConstants.MOST);
    assertThat(fitted.of(INLINE_ROW)).isCloseTo(30, Percentage.withPercentage(5));
    assertThat(fitted.of(STREAM_ROW)).isCloseTo(120, Percentage.withPercentage(5));
  }

  @Test
  void noiseOfATenthLeavesCostsNearTheTruth() {
    Random random = new Random(3);
    List<Measurement> all = new ArrayList<>();
    for (int features = 2; features <= 20; features += 2) {
      double noise = 0.9 + 0.2 * random.nextDouble();
      all.add(measured((30 + 8 * features) * noise, INLINE_ROW, 1, INLINE_FEATURE, features));
    }
    CostConstants fitted = Fit.of(all);
    for (int features : new int[] {4, 12, 20}) {
      double cost = fitted.of(Map.of(INLINE_ROW, 1.0, INLINE_FEATURE, (double) features));
      assertThat(cost).isCloseTo(30 + 8 * features, Percentage.withPercentage(10));
    }
  }
}
