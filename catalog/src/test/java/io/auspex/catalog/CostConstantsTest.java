package io.auspex.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a catalog may say of times, and what the planner makes of it. */
class CostConstantsTest {
  @ParameterizedTest
  @EnumSource
  void eachHasADefaultThatHoldsWhereNothingIsKnown(CostConstant constant) {
    assertThat(constant.standard()).isPositive();
    assertThat(CostConstants.STANDARD.of(constant)).isEqualTo(constant.standard());
    assertThat(CostConstant.named(constant.sqlName())).contains(constant);
  }

  @ParameterizedTest
  @CsvSource({
    "3, 3",
    "12, 12",
    "1e9, 12",
    "Infinity, 12",
    "0.2, 0.2",
    "0, 0.1875",
    "-5, 0.1875",
    "NaN, 1.5"
  })
  void noneIsFarFromItsDefault(double kept, double used) {
    CostConstants constants = new CostConstants(Map.of(CostConstant.SQL_OPERATION, kept));
    assertThat(constants.of(CostConstant.SQL_OPERATION)).isEqualTo(used);
    assertThat(constants.of(CostConstant.STREAM_ROW)).isEqualTo(120);
  }

  @Test
  void aCostIsTheSumOfWhatIsCounted() {
    CostConstants constants = new CostConstants(Map.of(CostConstant.INLINE_FEATURE, 20.0));
    Map<CostConstant, Double> counts =
        Map.of(CostConstant.INLINE_ROW, 1.0, CostConstant.INLINE_FEATURE, 3.0);
    assertThat(constants.of(counts)).isCloseTo(30 + 3 * 20, within(1e-9));
  }

  @Test
  void aMachineIsKnownByWhatTimesDependOn() {
    assertThat(Machine.current().fingerprint())
        .contains(Runtime.getRuntime().availableProcessors() + " cores")
        .contains("Java " + Runtime.version())
        .contains("Auspex " + Versions.auspex())
        .contains("ONNX Runtime " + Versions.onnxRuntime())
        .doesNotContain("${")
        .doesNotContain("null");
  }
}
