package io.auspex.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many rows are predicted where a query asks for the same predictions more than once. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PredictReuseTest {
  private static final Pattern PREDICTED = Pattern.compile("compute +([\\d,]+) rows");
  private static final Pattern CALL = Pattern.compile("\"auspex_\\w+\"\\(");

  private User user;

  @BeforeAll
  void open(@TempDir Path folder) throws SQLException, IOException {
    user = User.alone();
    Birds.prepare(user, folder);
  }

  @AfterAll
  void close() throws SQLException {
    user.close();
  }

  /** There are 30 birds. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "30 | SELECT PREDICT(MODEL value) AS v FROM birds WHERE PREDICT(MODEL value) > 9"
            + " ORDER BY PREDICT(MODEL value)",
        "30 | SELECT y, PREDICT(MODEL value, ones, tens, hundreds, thousands) AS v"
            + " FROM PREDICT(MODEL value, TABLE birds) WHERE y > 9",
        "30 | SELECT PREDICT(MODEL lean, ones + 1, 2, id) AS v FROM birds"
            + " WHERE PREDICT(MODEL lean, ones + 1, 2, id) IS NOT NULL",
        "60 | SELECT PREDICT(MODEL lean, ones + 1, 2, id) AS v FROM birds"
            + " WHERE PREDICT(MODEL lean, ones + 2, 2, id) IS NOT NULL",
        "60 | SELECT PREDICT(MODEL lean, ones, tens, hundreds) AS l, PREDICT(MODEL value) AS v"
            + " FROM birds WHERE PREDICT(MODEL value) IS NOT NULL"
      })
  void equalPredictionsAreMadeOnce(long predicted, String query) throws SQLException {
    user.run("SET predict_strategy = 'stream'");
    assertThat(predicted(query)).isEqualTo(predicted);
    user.run("SET predict_strategy = 'inline'");
    assertThat(calls(query)).isEqualTo(predicted / 30);
    user.run("SET disabled_rules = 'PredictReuse'");
    assertThat(calls(query)).isGreaterThan(1);
    user.run("SET predict_strategy = 'stream'");
    assertThat(predicted(query)).isGreaterThan(30);
    user.run("RESET disabled_rules");
  }

  /** Of several streams, their sum comes last. */
  private long predicted(String query) throws SQLException {
    long predicted = -1;
    for (List<String> row : user.query("EXPLAIN ANALYZE " + query).rows()) {
      Matcher matcher = PREDICTED.matcher(row.get(0));
      if (matcher.find()) {
        predicted = Long.parseLong(matcher.group(1).replace(",", ""));
      }
    }
    return predicted;
  }

  private long calls(String query) throws SQLException {
    return user.query("EXPLAIN " + query).rows().stream()
        .filter(row -> row.get(0).stripLeading().startsWith("|"))
        .mapToLong(row -> CALL.matcher(row.get(0)).results().count())
        .sum();
  }
}
