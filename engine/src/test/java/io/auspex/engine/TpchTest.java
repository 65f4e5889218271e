package io.auspex.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.engine.User.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The 22 queries of TPC-H with their validation parameters, planned by Calcite and never cut, give
 * what DuckDB makes of their text.
 */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TpchTest {
  private static final double SCALE = 0.01;

  private User user;

  @BeforeAll
  void load(@TempDir Path folder) throws SQLException, IOException {
    user = User.alone();
    Tpch.load(user, SCALE, folder);
  }

  @AfterAll
  void close() throws SQLException {
    user.close();
  }

  static Stream<String> queries() {
    return IntStream.rangeClosed(1, 22).mapToObj("q%02d"::formatted);
  }

  @ParameterizedTest
  @MethodSource("queries")
  void plannedGivesWhatDuckDbGives(String query) throws SQLException, IOException {
    String text = Resources.text("tpch/" + query + ".sql");
    Table expected = user.run("SET planner = 'auto'").query(text);
    assertThat(user.run("SET planner = 'always'").query(text)).isEqualTo(expected);
    assertThat(expected.rows()).as("rows").isNotEmpty();
  }
}
