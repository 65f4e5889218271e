package io.auspex.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.auspex.shell.Options.Kind;
import io.auspex.shell.Options.Step;
import org.apache.commons.cli.ParseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What arguments come to: the subcommand. The options themselves are in {@link ShellTest}. */
class OptionsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "calibrate w.db -c SHOW",
        "-c SHOW calibrate w.db",
        "calibrate -c SHOW w.db",
      })
  void calibratesBeforeAllElse(String line) throws ParseException {
    Options options = Options.parse(line.split(" "));
    assertThat(options.warehouse()).isEqualTo("w.db");
    assertThat(options.steps())
        .containsExactly(new Step(Kind.SQL, "calibrate"), new Step(Kind.SQL, "SHOW"));
  }

  @Test
  void aWarehouseMayBeCalledSo() throws ParseException {
    assertThat(Options.parse(new String[] {"./calibrate"}).steps()).isEmpty();
    assertThat(Options.parse(new String[] {"calibrate", "calibrate"}).warehouse())
        .isEqualTo("calibrate");
  }

  @Test
  void servesAfterAllElse() throws ParseException {
    Options options = Options.parse(new String[] {"serve", "w.db", "-c", "SHOW"});
    assertThat(options.serves()).isTrue();
    assertThat(options.warehouse()).isEqualTo("w.db");
    assertThat(options.steps()).containsExactly(new Step(Kind.SQL, "SHOW"));
    assertThat(options.readsInput()).isFalse();
    assertThat(Options.parse(new String[] {"serve", "w.db"}).readsInput()).isFalse();
    assertThat(Options.parse(new String[] {"./serve"}).serves()).isFalse();
    assertThatThrownBy(() -> Options.parse(new String[] {"serve"}))
        .hasMessageContaining("takes a warehouse, which other processes name");
  }

  @Test
  void whatIsMeasuredMustBeKept() {
    assertThatThrownBy(() -> Options.parse(new String[] {"calibrate"}))
        .isInstanceOf(ParseException.class)
        .hasMessageContaining("takes a warehouse");
    assertThatThrownBy(() -> Options.parse(new String[] {"calibrate", "a.db", "b.db"}))
        .hasMessageContaining("one warehouse only");
  }
}
