package io.auspex.sql.statement;

import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.catalog.Position;
import io.auspex.catalog.PredictView;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ViewExpansionTest {
  private static final ViewNames VIEWS =
      new KnownViews(
          List.of(
              new PredictView("1", "db", "main", "v", List.of(), "SELECT 1"),
              new PredictView("2", "db", "main", "w", List.of("a"), "FROM main.v"),
              new PredictView("3", "db", "o", "v", List.of(), "SELECT r.x FROM r")));

  private static QueryText expand(String text) {
    return ((Statement.Query) new Statements(null).route(text, VIEWS, false)).query();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "FROM v|WITH $v FROM $1 AS `v`",
        "TABLE v|WITH $v FROM $1 AS `v`",
        "SELECT v.x FROM main.v|WITH $v SELECT v.x FROM $1 AS `v`",
        "SELECT v.x, main.v.y FROM main.v WHERE MAIN.v.z|WITH $v SELECT v.x, v.y FROM $1 AS `v` WHERE v.z",
        "SELECT * FROM v AS x|WITH $v SELECT * FROM $1 AS x",
        "SELECT * FROM v x, y: v|WITH $v SELECT * FROM $1 x, y: $1",
        "SELECT * FROM v LEFT JOIN w USING (a)|WITH $v, $w SELECT * FROM $1 AS `v` LEFT JOIN $2 AS `w` USING (a)",
        "SELECT * FROM w, v|WITH $v, $w SELECT * FROM $2 AS `w`, $1 AS `v`",
        "SELECT * FROM main.v, o.v|WITH $v, $o SELECT * FROM $1 AS `v`, $2 AS `v`",
        "WITH c AS (FROM v) FROM c|WITH $v, c AS (FROM $1 AS `v`) FROM c",
        "WITH RECURSIVE c AS (FROM v) FROM c|WITH RECURSIVE $v, c AS (FROM $1 AS `v`) FROM c",
        "WITH v AS (FROM v) FROM v|WITH $v, v AS (FROM $1 AS `v`) FROM v",
        "SUMMARIZE v|SUMMARIZE (WITH $v FROM $1 AS `v`)",
        "FROM (SUMMARIZE v)|WITH $v FROM (SUMMARIZE (FROM $1 AS `v`))",
        "DESCRIBE FROM v|DESCRIBE (WITH $v FROM (FROM $1 AS `v`))",
        "PIVOT v ON x|WITH $v PIVOT $1 AS `v` ON x",
        "FROM PREDICT(MODEL m, TABLE v)|WITH $v FROM PREDICT(MODEL m, TABLE $1)"
      })
  void putsViewsIntoTheWithClause(String text, String expected) {
    String expanded =
        expected
            .replace("$v", "$1 AS (SELECT 1\n)")
            .replace("$w", "$2(`a`) AS (FROM $1 AS `v`\n)")
            .replace("$o", "$2 AS (SELECT r.x FROM `db`.`o`.`r`\n)")
            .replace("$1", "`__auspex_view_1`")
            .replace("$2", "`__auspex_view_2`")
            .replace('`', '"');
    assertThat(expand(text).text()).isEqualTo(expanded);
  }

  @Test
  void pointsIntoWhatWasWritten() {
    QueryText query = expand("SELECT x,\n  y FROM main.v WHERE z");
    String text = query.text();
    assertThat(query.position(text.indexOf("y FROM"))).isEqualTo(new Position(2, 3));
    assertThat(query.position(text.indexOf("z"))).isEqualTo(new Position(2, 23));
    assertThat(query.position(text.indexOf("SELECT 1"))).isEqualTo(new Position(2, 10));
    assertThat(query.position(Position.of(text, text.indexOf("z")))).isEqualTo(new Position(2, 23));
  }
}
