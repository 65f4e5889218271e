package io.auspex.engine.source.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;
import io.auspex.catalog.Source;
import io.auspex.engine.source.SourceServers;
import io.auspex.engine.source.write.SourceTarget.Assignment;
import io.auspex.engine.source.write.SourceTarget.Mode;
import io.auspex.engine.source.write.SourceTarget.Upsert;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is kept in MariaDB and SQLite, what is refused, and what a broken connection leaves. */
class OthersKeptTest {
  private static final String ROWS =
      "SELECT i::INTEGER AS id, 'n' || i AS name, i::DOUBLE AS score FROM range(1, 1001) t(i)";

  @TempDir Path folder;

  private Writes mariadb() throws SQLException {
    Writes writes = new Writes(SourceServers.mariadb(), folder.resolve("journal"));
    writes.there(
        "CREATE TABLE scores (id int NOT NULL AUTO_INCREMENT COMMENT 'it''s a key',"
            + " name varchar(50) COLLATE utf8mb4_unicode_ci NOT NULL DEFAULT 'x, y',"
            + " score double DEFAULT 1, gone int, PRIMARY KEY (id),"
            + " UNIQUE KEY `by``name` (name), KEY by_score (score DESC, name(10)),"
            + " KEY by_gone (gone)) ENGINE=InnoDB COMMENT='of the model'",
        "INSERT INTO scores (name) VALUES ('one'), ('two')");
    return writes;
  }

  @Test
  void mariadbKeepsKeysAndDefinitions() throws SQLException {
    try (Writes writes = mariadb()) {
      writes.replace("scores", "SELECT *, 1::INTEGER AS gone FROM (" + ROWS + ")");
      String before = writes.rows("SHOW CREATE TABLE scores").get(0);
      assertThat(before)
          .contains("AUTO_INCREMENT COMMENT 'it''s a key'")
          .contains("utf8mb4_unicode_ci NOT NULL DEFAULT 'x, y'")
          .contains("PRIMARY KEY (`id`)", "UNIQUE KEY `by``name` (`name`)")
          .contains("KEY `by_score` (`score` DESC,`name`(10))", "KEY `by_gone` (`gone`)")
          .contains("COMMENT='of the model'");
      writes.replace("scores", ROWS);
      assertThat(writes.rows("SHOW CREATE TABLE scores").get(0))
          .isEqualTo(
              before
                  .replaceFirst("\\n  `gone`[^\\n]*", "")
                  .replaceFirst(",\\n  KEY `by_gone` \\(`gone`\\)", ""));
      assertThat(writes.rows("SELECT count(*), sum(id) FROM scores"))
          .containsExactly("1000,500500");
      writes.assertIdle();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TRIGGER seen BEFORE INSERT ON scores FOR EACH ROW SET NEW.score = 0",
        "CREATE TABLE child (id int, FOREIGN KEY (id) REFERENCES scores (id))",
      })
  void mariadbRefusesWhatItCannotKeep(String statement) throws SQLException {
    try (Writes writes = mariadb()) {
      writes.there(statement);
      fails(ErrorCode.UNSUPPORTED, () -> writes.replace("scores", ROWS));
      assertThat(writes.rows("SELECT count(*) FROM scores")).containsExactly("2");
      writes.assertIdle();
    }
  }

  @Test
  void mariadbTakesAConflictOnlyWhereItMeansTheSame() throws SQLException {
    try (Writes writes = mariadb()) {
      Upsert upsert = new Upsert(List.of("id"), List.of(new Assignment("name", "name")));
      fails(ErrorCode.UNSUPPORTED, () -> writes.upsert("scores", "SELECT 1, 'x', 1, 1", upsert));
      writes.there("CREATE TABLE old (id int PRIMARY KEY, name text) ENGINE=MyISAM");
      fails(ErrorCode.UNSUPPORTED, () -> writes.upsert("old", "SELECT 1, 'x'", upsert));
      fails(ErrorCode.UNSUPPORTED, () -> writes.insert("old", "SELECT 1, 'x'"));
      writes.assertIdle();
    }
  }

  @Test
  void mariadbTruncatesNothing() throws SQLException {
    try (Writes writes = mariadb()) {
      writes.there("CREATE TABLE narrow (a varchar(3), b tinyint, c enum('p', 'q'))");
      writes.insert("narrow", "SELECT 'abc', 1, 'p'");
      for (String bad : List.of("(a) SELECT 'abcd'", "(c) SELECT 'r'")) {
        fails(
            ErrorCode.WRITE_RULE,
            () -> writes.insert("narrow", bad.substring(4), bad.substring(1, 2)));
      }
      fails(ErrorCode.WAREHOUSE, () -> writes.insert("narrow", "SELECT 1000", "b"));
      assertThat(writes.rows("SELECT count(*) FROM narrow")).containsExactly("1");
      writes.assertIdle();
    }
  }

  @Test
  @Timeout(60)
  void mariadbLosesTheConnectionWhileRowsAreSent() throws Exception {
    try (Writes writes = mariadb()) {
      for (Mode mode : List.of(Mode.CREATE, Mode.INSERT)) {
        String table = mode == Mode.CREATE ? "new" : "scores";
        CompletableFuture<Void> killer =
            CompletableFuture.runAsync(
                () -> {
                  try {
                    String sql =
                        "SELECT id FROM information_schema.processlist"
                            + " WHERE info LIKE 'INSERT INTO `%`.`\\_\\_auspex%'";
                    List<String> found = writes.rows(sql);
                    while (found.isEmpty()) {
                      Thread.sleep(5);
                      found = writes.rows(sql);
                    }
                    writes.there("KILL " + found.get(0));
                  } catch (SQLException | InterruptedException e) {
                    throw new IllegalStateException(e);
                  }
                });
        SourceTarget target =
            new SourceTarget(
                writes.source,
                "",
                table,
                mode,
                mode == Mode.CREATE ? List.of() : List.of("id", "name", "score"),
                List.of(),
                java.util.Optional.empty());
        fails(ErrorCode.WRITE_LOST, () -> writes.write(target, ROWS.replace("1001", "3000000")));
        killer.get(10, TimeUnit.SECONDS);
        writes.assertIdle();
      }
      assertThat(writes.rows("SELECT count(*) FROM scores")).containsExactly("2");
    }
  }

  @Test
  void sqliteKeepsIndexesTriggersAndViews() throws SQLException {
    try (Writes writes =
        new Writes(SourceServers.sqlite(folder.resolve("lite.db")), folder.resolve("journal"))) {
      writes.there(
          "CREATE TABLE scores (id INTEGER PRIMARY KEY, name TEXT UNIQUE, score REAL, gone)",
          "CREATE INDEX by_score ON scores (score DESC) WHERE score > 1",
          "CREATE INDEX by_gone ON scores (gone)",
          "CREATE TABLE log (id INTEGER)",
          "CREATE TRIGGER seen AFTER INSERT ON scores BEGIN INSERT INTO log VALUES (NEW.id); END",
          "CREATE VIEW good AS SELECT id, name FROM scores");
      writes.replace("scores", ROWS);
      assertThat(writes.rows("SELECT name FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name"))
          .containsExactly("by_score", "good", "log", "scores", "seen");
      assertThat(writes.rows("SELECT count(*) FROM good")).containsExactly("1000");
      assertThat(writes.rows("SELECT count(*) FROM log")).containsExactly("0");
      fails(ErrorCode.WRITE_RULE, () -> writes.insert("scores", "SELECT 5000, 'n1', 1"));
      fails(ErrorCode.WRITE_RULE, () -> writes.insert("scores", "SELECT 1, 'new', 1"));
      writes.insert("scores", "SELECT 5000, 'new', 1");
      assertThat(writes.rows("SELECT id FROM log")).containsExactly("5000");
      writes.assertIdle();
    }
  }

  private static void fails(
      ErrorCode code, org.assertj.core.api.ThrowableAssert.ThrowingCallable write) {
    assertThatThrownBy(write)
        .isInstanceOfSatisfying(
            AuspexException.class, e -> assertThat(e.code()).as(e.toString()).isEqualTo(code));
  }

  @Test
  void aFullSqliteFileStaysAsItWas() throws SQLException {
    String file = "jdbc:sqlite:" + folder.resolve("full.db");
    Source limited = SourceServers.source("lite", file + "?max_page_count=30", null, Map.of());
    try (Writes writes = new Writes(limited, folder.resolve("journal"))) {
      writes.there("CREATE TABLE t (id integer, name text)", "INSERT INTO t VALUES (1, 'old')");
      for (Mode mode : new Mode[] {Mode.INSERT, Mode.REPLACE}) {
        assertThatThrownBy(
                () ->
                    writes.write(
                        writes.target("t", mode),
                        "SELECT i AS id, 'new' AS name FROM range(100000) r(i)"))
            .isInstanceOfSatisfying(
                AuspexException.class,
                e -> assertThat(e.code()).as(e.toString()).isEqualTo(ErrorCode.WRITE_FULL));
        assertThat(writes.rows("SELECT * FROM t")).containsExactly("1,old");
        writes.assertIdle();
      }
    }
  }
}
