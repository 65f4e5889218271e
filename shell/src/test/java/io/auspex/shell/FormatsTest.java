package io.auspex.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each format, to the letter. */
class FormatsTest {
  private static final String QUERY =
      """
      SELECT * FROM (VALUES
        (1, 'a,"b|c', 1.5::DOUBLE, NULL),
        (22, E'日本語\\nx', 0.25::DOUBLE, [1, 2])) AS t(id, name, v, l)""";

  @Test
  void box() {
    assertThat(print("box"))
        .isEqualTo(
            """
            ┌────┬────────┬──────┬────────┐
            │ id │ name   │    v │ l      │
            ├────┼────────┼──────┼────────┤
            │  1 │ a,"b|c │  1.5 │ NULL   │
            │ 22 │ 日本語 │ 0.25 │ [1, 2] │
            │    │ x      │      │        │
            └────┴────────┴──────┴────────┘
            """);
  }

  @Test
  void csv() {
    assertThat(print("csv"))
        .isEqualTo(
            """
            id,name,v,l
            1,"a,""b|c",1.5,
            22,"日本語
            x",0.25,"[1, 2]"
            """);
  }

  @Test
  void json() {
    assertThat(print("json"))
        .isEqualTo(
            """
            [
            {"id":1,"name":"a,\\"b|c","v":1.5,"l":null},
            {"id":22,"name":"日本語\\nx","v":0.25,"l":[1,2]}
            ]
            """);
  }

  @Test
  void jsonl() {
    assertThat(print("jsonl"))
        .isEqualTo(
            """
            {"id":1,"name":"a,\\"b|c","v":1.5,"l":null}
            {"id":22,"name":"日本語\\nx","v":0.25,"l":[1,2]}
            """);
  }

  @Test
  void markdown() {
    assertThat(print("markdown"))
        .isEqualTo(
            """
            | id | name        |    v | l      |
            |----|-------------|------|--------|
            |  1 | a,"b\\|c     |  1.5 | NULL   |
            | 22 | 日本語<br>x | 0.25 | [1, 2] |
            """);
  }

  @Test
  void vertical() {
    assertThat(print("vertical"))
        .isEqualTo(
            """
            ── row 1 ──
               id │ 1
             name │ a,"b|c
                v │ 1.5
                l │ NULL
            ── row 2 ──
               id │ 22
             name │ 日本語
                  │ x
                v │ 0.25
                l │ [1, 2]
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "box      ; ┌───┐.│ a │.├───┤.└───┘.",
        "csv      ; a.",
        "json     ; [].",
        "jsonl    ; ''",
        "markdown ; | a |.|---|.",
        "vertical ; ''"
      })
  void noRows(String format, String expected) {
    ShellRun run = ShellRun.of("--format", format, "-c", "SELECT 1 AS a WHERE false");
    assertThat(run.out()).isEqualTo(expected.replace('.', '\n'));
  }

  @Test
  void structuredValuesAreStructuredInJson() {
    String query =
        """
        SELECT {'a': 1, 'b c': [true, NULL]} AS s, MAP {'k': 1.5::FLOAT} AS m, '{"x": [1]}'::JSON AS j,
          DATE '2024-02-29' AS d, TIMESTAMP '2024-02-29 12:34:56.5' AS t, 'nan'::DOUBLE AS n""";
    assertThat(ShellRun.of("--format", "jsonl", "-c", query).out())
        .isEqualTo(
            "{\"s\":{\"a\":1,\"b c\":[true,null]},\"m\":{\"k\":1.5},\"j\":{\"x\": [1]},"
                + "\"d\":\"2024-02-29\",\"t\":\"2024-02-29 12:34:56.5\",\"n\":\"NaN\"}\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[1, 2]",
        "{'a': 1, 'b': 'x y'}",
        "MAP {'k': [1]}",
        "[1, 2]::INT[2]",
        "TIMESTAMP '2024-02-29 12:34:56.5'",
        "1e20::DOUBLE",
        "1e-7::FLOAT",
        "TIMESTAMP '2024-02-29'",
        "TIMESTAMPTZ '2024-02-29 12:00:00+02'",
        "TIME '12:34:56'",
        "INTERVAL 1 DAY",
        "'a\\x00b'::BLOB",
        "170141183460469231731687303715884105727::HUGEINT",
        "12.50::DECIMAL(9, 2)"
      })
  void valuesReadAsDuckDbWritesThem(String value) {
    String csv =
        ShellRun.of("-c", "SELECT " + value + " AS a, (" + value + ")::VARCHAR AS b").out();
    String row = csv.lines().skip(1).findFirst().orElseThrow();
    int half = row.length() / 2;
    assertThat(row.substring(0, half)).isEqualTo(row.substring(half + 1));
  }

  private static String print(String format) {
    ShellRun run = ShellRun.of("--format", format, "-c", QUERY);
    assertThat(run.err()).isEmpty();
    return run.out();
  }
}
