package io.auspex.sql.statement;

import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.catalog.Position;
import io.auspex.catalog.PredictView;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ViewExpansionTest {
  private static final List<PredictView> VIEWS =
      List.of(
          new PredictView("1", "db", "main", "v", List.of(), "SELECT 1"),
          new PredictView("1", "db", "main", "w", List.of("a"), "FROM main.v"));

  private static QueryText expand(String text) {
    return ((Statement.Query) new Statements(null).route(text, VIEWS, false)).query();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "FROM v|WITH $v FROM v",
        "SELECT v.x FROM main.v|WITH $v SELECT v.x FROM \"v\"",
        "SELECT * FROM w, v|WITH $v, $w SELECT * FROM w, v",
        "WITH c AS (FROM v) FROM c|WITH $v, c AS (FROM v) FROM c",
        "WITH RECURSIVE c AS (FROM v) FROM c|WITH RECURSIVE $v, c AS (FROM v) FROM c",
        "WITH v AS (FROM v) FROM v|WITH $v, v AS (FROM v) FROM v",
        "SUMMARIZE v|SUMMARIZE WITH $v FROM v",
        "DESCRIBE main.v|DESCRIBE WITH $v FROM \"v\"",
        "DESCRIBE FROM v|DESCRIBE WITH $v FROM v",
        "PIVOT v ON x|WITH $v PIVOT v ON x",
        "FROM PREDICT(MODEL m, TABLE v)|WITH $v FROM PREDICT(MODEL m, TABLE v)"
      })
  void putsViewsIntoTheWithClause(String text, String expected) {
    String expanded =
        expected
            .replace("$v", "\"v\" AS (SELECT 1\n)")
            .replace("$w", "\"w\"(\"a\") AS (FROM \"v\"\n)");
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
