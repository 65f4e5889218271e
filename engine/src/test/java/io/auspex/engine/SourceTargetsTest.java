package io.auspex.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.Source;
import io.auspex.engine.source.SourceServers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Statements whose rows go into a source. */
@Timeout(120)
class SourceTargetsTest {
  private static final String PREDICTIONS =
      "SELECT i AS id, y FROM PREDICT(MODEL matrix_input, (SELECT i::INTEGER AS i, 1 AS ones,"
          + " i %% 10 AS tens, 0 AS hundreds, 0 AS thousands FROM range(%d) r(i)))";

  private static final String STAGED =
      "SELECT relname FROM pg_class WHERE relname LIKE '\\_\\_auspex%'";

  @TempDir Path folder;
  private Source source;
  private Workbench bench;

  @BeforeEach
  void open() throws SQLException {
    source = SourceServers.postgres();
    bench =
        Workbench.at(folder.resolve("house.db"))
            .create("matrix_input", "")
            .run(
                "CREATE SOURCE crm URL '" + source.url() + "' USER 'postgres' PASSWORD 'postgres'");
  }

  @AfterEach
  void close() {
    bench.assertIdle();
    bench.close();
  }

  private List<String> there(String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(source.url(), "postgres", "postgres");
        Statement statement = connection.createStatement()) {
      if (statement.execute(sql)) {
        ResultSet results = statement.getResultSet();
        while (results.next()) {
          rows.add(results.getString(1));
        }
      }
    }
    return rows;
  }

  private long update(String sql) {
    return Workbench.drain(bench.session(), sql, ExecuteOptions.plain());
  }

  @Test
  void predictionsGoWhereTheyAreUsed() throws SQLException {
    assertThat(
            update(
                "CREATE TABLE crm.public.scores (PRIMARY KEY (id)) AS "
                    + PREDICTIONS.formatted(1000)))
        .isEqualTo(1000);
    assertThat(there("SELECT sum(id) || ' ' || sum(y) FROM scores"))
        .containsExactly("499500 46000");
    assertThat(update("CREATE TABLE IF NOT EXISTS crm.scores AS " + PREDICTIONS.formatted(5)))
        .isZero();
    assertThat(update("CREATE OR REPLACE TABLE crm.scores AS " + PREDICTIONS.formatted(10)))
        .isEqualTo(10);
    assertThat(update("INSERT INTO crm.scores (y, id) SELECT 7, 10")).isEqualTo(1);
    assertThat(update("INSERT INTO crm.scores BY NAME SELECT 8 AS y, 11 AS id")).isEqualTo(1);
    assertThat(
            update(
                "INSERT INTO crm.scores SELECT id, y + 1000 FROM ("
                    + PREDICTIONS.formatted(20)
                    + ") ON CONFLICT (id) DO UPDATE SET y = excluded.y -- as it is"))
        .isEqualTo(20);
    assertThat(there("SELECT count(*) || ' ' || min(y) FROM scores")).containsExactly("20 1001");
    assertThat(update("INSERT INTO crm.scores SELECT 3, 3 ON CONFLICT (id) DO NOTHING"))
        .isEqualTo(1);
    assertThat(there("SELECT min(y) FROM scores")).containsExactly("1001");
    assertThat(
            there(
                "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'p'"
                    + " AND conrelid = 'scores'::regclass"))
        .containsExactly("PRIMARY KEY (id)");
    update("DROP TABLE crm.public.scores");
    update("DROP TABLE IF EXISTS crm.public.scores");
    assertThat(there("SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"))
        .isEmpty();
  }

  private void fails(String sql, String message) {
    assertThatThrownBy(() -> update(sql))
        .isInstanceOf(AuspexException.class)
        .hasMessageContaining(message);
  }

  @Test
  void whatCannotBeIsSaid() throws SQLException {
    there("CREATE TABLE t (id integer PRIMARY KEY, name text)");
    fails("CREATE TABLE crm.t AS SELECT 1 AS id", "t exists already");
    fails("INSERT INTO crm.t SELECT 1", "takes 2 columns, but the query gives 1");
    fails("INSERT INTO crm.t SELECT 'one', 'x'", "Could not convert string 'one' to INT32");
    fails("INSERT INTO crm.t SELECT DATE '2024-01-01', 'x'", "DATE");
    fails("INSERT INTO crm.t (id, nome) SELECT 1, 'x'", "Did you mean name?");
    fails("INSERT INTO crm.nothing SELECT 1", "has no table");
    fails("INSERT INTO crm.t SELECT 1, 'x' UNION ALL SELECT 1, 'y'", "break a rule");
    fails("INSERT INTO crm.t SELECT 1, 'x' ON CONFLICT (name) DO NOTHING", "ON CONFLICT");
    bench.run("BEGIN");
    fails("INSERT INTO crm.t SELECT 1, 'x'", "COMMIT first");
    fails("DROP TABLE crm.t", "COMMIT first");
    bench.run("ROLLBACK");
    assertThat(there("SELECT * FROM t")).isEmpty();
  }

  @Test
  void whatAKilledProcessLeftIsDroppedWhenTheWarehouseOpens() throws Exception {
    there("CREATE TABLE scores AS SELECT 1 AS id");
    bench.close();
    try (ChildJvm child = ChildJvm.start(Writer.class, folder.resolve("house.db"))) {
      child.await("writing");
      while (there(STAGED).isEmpty()) {
        Thread.sleep(20);
      }
      Thread.sleep(500);
      child.kill();
    }
    assertThat(there(STAGED)).isNotEmpty();
    bench = Workbench.at(folder.resolve("house.db"));
    while (!there(STAGED).isEmpty()) {
      Thread.sleep(20);
    }
    assertThat(there("SELECT id FROM scores")).containsExactly("1");
    bench.run("CREATE OR REPLACE TABLE crm.scores AS SELECT 2 AS id");
    assertThat(there("SELECT id FROM scores")).containsExactly("2");
  }

  /** Writes rows until it is killed. */
  static final class Writer {
    public static void main(String[] arguments) {
      Workbench bench = Workbench.at(Path.of(arguments[0]));
      System.out.println("writing");
      bench.run("CREATE OR REPLACE TABLE crm.scores AS SELECT i AS id FROM range(1000000000) r(i)");
    }
  }
}
