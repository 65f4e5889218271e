package io.auspex.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.auspex.catalog.ModelOptions.Option;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelOptionsTest {
  private static final ModelOptions OPTIONS =
      new ModelOptions(Map.of("input.sr", "16000", "input.a.b", "1", "batch.state", "1"));

  @Test
  void valuesAreFoundByTensor() {
    assertThat(OPTIONS.byTensor(Option.INPUT)).isEqualTo(Map.of("sr", "16000", "a.b", "1"));
    assertThat(OPTIONS.byTensor(Option.PAD)).isEmpty();
    assertThat(OPTIONS.of(Option.BATCH, "State")).contains("1");
    assertThat(OPTIONS.of(Option.BATCH, "sr")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"input.x", "PAD.Ids", "batch.a.b"})
  void whatThereIsIsKnown(String key) {
    assertThatCode(() -> ModelOptions.checkKnown(key)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({"imput.sr, input.sr", "padding.ids, pad.ids", "input, input.…", "'batch.', batch.…"})
  void anotherIsRefusedWithTheNearest(String key, String nearest) {
    assertThatThrownBy(() -> ModelOptions.checkKnown(key))
        .hasMessageContaining("There is no option " + key + " in WITH")
        .hasMessageEndingWith("Did you mean " + nearest + "?")
        .isInstanceOfSatisfying(
            AuspexException.class,
            unknown -> assertThat(unknown.code()).isEqualTo(ErrorCode.UNKNOWN_OPTION));
  }
}
