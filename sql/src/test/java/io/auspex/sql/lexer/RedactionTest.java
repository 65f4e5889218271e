package io.auspex.sql.lexer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "CREATE SOURCE c URL 'jdbc:x:y' USER 'u' PASSWORD $ WITH (schema = 's')",
        "create or replace source \"c\" url 'jdbc:x:y' password $ user 'u'",
        "CREATE SOURCE c URL 'jdbc:x:y' PASSWORD FROM $",
        "CREATE SOURCE c URL 'jdbc:x:y' PASSWORD = $",
        "CREATE SOURCE c URL 'jdbc:x:y' PASWORD $",
        "CREATE SOURCE c URL 'jdbc:x:y' WITH (password = $)",
        "CREATE SOURCE c URL 'jdbc:x:y' WITH (fetch_size = 1, \"ssl.password\" = $)",
        "CREATE SOURCE c $",
        "CREATE SOURCE c URL $ PASSWORD $",
        "SELECT 1; CREATE SOURCE c URL 'jdbc:x:y' PASSWORD $; SELECT 'x'",
        "CREATE SORUCE c URL 'jdbc:x:y' PASSWORD $",
        "ALTER ROLE x WITH PASSWORD $",
        "CREATE SECRET s (TYPE s3, KEY_ID 'id', SECRET $, SESSION_TOKEN = $)",
        "CREATE OR REPLACE PERSISTENT SECRET s (TYPE postgres, HOST 'h', PASSWORD $)",
        "SELECT * FROM users WHERE password = $ AND name = 'x'"
      })
  void aPasswordIsNotShown(String text) {
    String secret = "'jdbc:x://hun''ter2:hun''ter2@h'";
    for (String form : new String[] {secret, "'hun''ter2'"}) {
      if (form.equals(secret) || !text.contains("URL $")) {
        assertThat(Redaction.of(text.replace("$", form)).shown())
            .isEqualTo(text.replace("$", "'***'"));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE SOURCE c URL 'jdbc:x:y' PASSWORD 'hunter2",
        "CREATE SOURCE c URL 'jdbc:x:y' PASSWORD hunter2 USER 'u'",
        "CREATE SOURCE c URL 'jdbc:x:y' PASSWORD x-hunter2",
        "EXPLAIN CREATE SOURCE c URL 'jdbc:x:y' PASSWORD hunter2",
        "CREATE SORUCE c URL 'jdbc:x:y' PASSWORD hunter2",
        "CREATE SOURCE c URL 'jdbc:x:y' PASSWORD \"hunter2\"",
        "CREATE SOURCE c URL 'jdbc:x:y' PASSWORD $$hunter2$$",
        "CREATE SOURCE c URL 'jdbc:x:y' PASSWORD FROM hunter2",
        "CREATE SOURCE c URL 'jdbc:x:y' PASSWORD FROM ENV hunter2",
        "CREATE SOURCE c URL 'jdbc:x:y' PASSWORD E'hunter2'",
        "CREATE SOURCE c URL 'jdbc:x:y' PASSWORD 'a'hunter2'",
        "CREATE SOURCE c URL 'jdbc:x:y?password=hunter2'",
        "ATTACH 'host=h user=u password=hunter2' AS p (TYPE postgres)",
        "ATTACH 'mysql://u:hunter2@h/db' AS p",
        "password:hunter2 PASSWORD 'hunter2' 'hunter2'"
      })
  void whatCannotBeUnderstoodIsHiddenToo(String text) {
    assertThat(Redaction.of(text.replace("password:hunter2 ", "")).shown().split("'\\*\\*\\*'")[0])
        .doesNotContain("hunter2");
    assertThat(Redaction.of(text).isEmpty()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "SELECT password FROM users",
        "SELECT 'http://host:80/a', 'a@b.c', 'it''s' FROM t",
        "CREATE SOURCE c URL 'jdbc:x:y' USER 'u' PASSWORD FROM ENV 'PW' WITH (schema = 's')",
        "CREATE SOURCE \"c d\" URL 'jdbc:x:y' PASSWORD FROM FILE '/run/pw'",
        "CREATE TABLE password (source VARCHAR DEFAULT 'x')"
      })
  void allElseIs(String text) {
    Redaction redaction = Redaction.of(text);
    assertThat(redaction.isEmpty()).isTrue();
    assertThat(redaction.shown()).isEqualTo(text);
  }

  @Test
  void placesAreFoundAgain() {
    String text = "CREATE SOURCE c URL 'jdbc:x:y' PASSWORD 'a long password' USER 'u'";
    Redaction redaction = Redaction.of(text);

    assertThat(redaction.shown().substring(redaction.offset(text.indexOf("USER"))))
        .startsWith("USER");
    assertThat(redaction.offset(text.indexOf("long"))).isEqualTo(text.indexOf("'a long"));
    assertThat(redaction.offset(3)).isEqualTo(3);
    assertThat(redaction.hides(text.indexOf("long"))).isTrue();
    assertThat(redaction.hides(text.indexOf("USER"))).isFalse();
  }

  @Test
  void errorsLoseIt() {
    Redaction redaction = Redaction.of("CREATE SOURCE c URL 'jdbc:x:y' PASSWORD 'hun''ter2'");

    assertThat(redaction.applyTo("at 'hun''ter2', hun'ter2 and hun''ter2."))
        .isEqualTo("at ***, *** and ***.");
    assertThat(
            Redaction.of("CREATE SOURCE c URL 'jdbc:x:y' PASSWORD x-hunter2 \"your\"")
                .applyTo("near hunter2 or your own"))
        .isEqualTo("near *** or *** own");
  }
}
