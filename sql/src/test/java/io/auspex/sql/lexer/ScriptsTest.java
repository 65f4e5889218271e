package io.auspex.sql.lexer;

import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.sql.lexer.Scripts.Part;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptsTest {

  @Test
  void keepsTheOffsetsOfStatements() {
    String script = "-- first\nSELECT ';' ;;\n /* ; */ SELECT $$;$$ -- end\n;SELECT 3";
    Scripts.Script split = Scripts.split(script);
    assertThat(split.statements())
        .extracting(Part::text)
        .containsExactly("SELECT ';'", "SELECT $$;$$", "SELECT 3");
    assertThat(split.statements())
        .allSatisfy(
            part -> assertThat(script.substring(part.start(), part.end())).isEqualTo(part.text()));
    assertThat(split.complete()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  -- nothing", "SELECT 1;", "SELECT 1; -- done", ";;"})
  void isComplete(String text) {
    assertThat(Scripts.split(text).complete()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"SELECT 1", "SELECT '1;", "SELECT 1; /* ;", "SELECT \";", "SELECT $$;"})
  void isIncomplete(String text) {
    assertThat(Scripts.split(text).complete()).isFalse();
  }
}
