package io.auspex.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.engine.User.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Models that read the same rows one after the other, without DuckDB between them. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SharedScanTest {
  private static final String QUERY =
      "SELECT id, mood, place, PREDICT(MODEL value) AS v, PREDICT(MODEL lean, ones, tens + 1,"
          + " hundreds) AS l, PREDICT(MODEL echo, city || name) AS e FROM birds ORDER BY id";

  private User user;

  @BeforeAll
  void open(@TempDir Path folder) throws SQLException, IOException {
    user = User.alone();
    Birds.prepare(user, folder);
    user.run("SET predict_strategy = 'stream'");
    user.run(
        "CREATE TABLE many AS SELECT i AS id, i % 10 AS ones, 2 AS tens, 3 AS hundreds,"
            + " 4 AS thousands, 'bird ' || i AS city FROM range(200000) t(i)");
  }

  @AfterAll
  void close() throws SQLException {
    user.close();
  }

  @AfterEach
  void reset() throws SQLException {
    user.run("RESET disabled_rules", "RESET predict_batch_rows");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 2048})
  void rowsGoFromModelToModel(int batchRows) throws SQLException {
    user.run("SET predict_batch_rows = " + batchRows);
    assertThat(relays()).isEqualTo(2);
    Table found = user.query(QUERY);
    user.run("SET disabled_rules = 'PredictShareScan'");
    assertThat(relays()).isZero();
    assertThat(found).isEqualTo(user.query(QUERY));
  }

  private long relays() throws SQLException {
    return user.query("EXPLAIN " + QUERY).rows().stream()
        .filter(row -> row.get(0).endsWith("Fragment (columns handed on)"))
        .count();
  }

  @Test
  void whatIsNotCommittedIsReadToo() throws SQLException {
    user.run("BEGIN", "INSERT INTO birds (id, ones, city, name) VALUES (99, 1, 'Ostia', 'owl')");
    Table found = user.query(QUERY);
    user.run("ROLLBACK");
    assertThat(found.rows()).hasSize(31);
    assertThat(found.rows().get(30)).contains("99", "Ostiaowl");
  }

  @Test
  void whoeverReadsMayStopAtAnyTime() throws SQLException {
    String some =
        "SELECT id, PREDICT(MODEL value) AS v, PREDICT(MODEL lean, ones, tens, hundreds) AS l,"
            + " PREDICT(MODEL echo) AS e FROM many";
    for (int i = 0; i < 20; i++) {
      String first = "SELECT id FROM (" + some + ") WHERE v >= 0 AND l IS NOT NULL LIMIT 5";
      assertThat(user.query(first).rows()).hasSize(5);
      try (Statement statement = user.connection().createStatement();
          ResultSet rows = statement.executeQuery(some)) {
        for (int read = 0; read < i * 100; read++) {
          assertThat(rows.next()).isTrue();
        }
      }
    }
    assertThat(user.value("SELECT count(e) FROM (" + some + ") WHERE v + l IS NOT NULL"))
        .isEqualTo("200000");
  }

  @Test
  void whatFailsIsTold() throws SQLException {
    String failing =
        "SELECT PREDICT(MODEL value) AS v, PREDICT(MODEL lean, CAST(city AS INTEGER), tens,"
            + " hundreds) AS l FROM many";
    assertThat(user.error(failing).getMessage()).contains("Could not convert string");
    assertThat(user.query(QUERY).rows()).hasSize(30);
  }
}
