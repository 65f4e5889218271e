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
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each way of writing, in each kind of database. */
class SourceWriteTest {
  @TempDir Path folder;

  enum Database {
    POSTGRESQL,
    MARIADB,
    SQLITE,
    H2
  }

  private Writes open(Database database) throws SQLException {
    Source source =
        switch (database) {
          case POSTGRESQL -> SourceServers.postgres();
          case MARIADB -> SourceServers.mariadb();
          case SQLITE -> SourceServers.sqlite(folder.resolve("lite.db"));
          case H2 ->
              SourceServers.source(
                  "h2", "jdbc:h2:" + folder.resolve("h2"), "sa", java.util.Map.of());
        };
    return new Writes(source, folder.resolve("journal"));
  }

  private static void fails(ErrorCode code, ThrowingCallable write) {
    assertThatThrownBy(write)
        .isInstanceOfSatisfying(
            AuspexException.class, e -> assertThat(e.code()).as(e.toString()).isEqualTo(code));
  }

  private static final String SCORES =
      "SELECT i::INTEGER AS id, i * 0.5::DOUBLE AS score, 'name ' || i AS name"
          + " FROM range(%d) t(i)";

  @ParameterizedTest
  @EnumSource
  void createsATable(Database database) throws SQLException {
    try (Writes writes = open(database)) {
      assertThat(writes.create("scores", SCORES.formatted(20_000), "ID")).isEqualTo(20_000);
      assertThat(writes.back("scores", "id")).isEqualTo(writes.duckRows(SCORES.formatted(20_000)));
      fails(ErrorCode.TABLE_EXISTS, () -> writes.create("scores", SCORES.formatted(1), "id"));
      assertThat(writes.back("scores", "id")).hasSize(20_000);
      // The key is one.
      fails(ErrorCode.WRITE_RULE, () -> writes.insert("scores", SCORES.formatted(1)));
      writes.assertIdle();
    }
  }

  @ParameterizedTest
  @EnumSource
  void createsAnEmptyTable(Database database) throws SQLException {
    try (Writes writes = open(database)) {
      assertThat(writes.create("Odd \"Name\" `x`", SCORES.formatted(0))).isZero();
      assertThat(writes.back("Odd \"Name\" `x`", "id")).isEmpty();
      assertThat(writes.writer.drop(writes.source, "", "Odd \"Name\" `x`", false)).isTrue();
      assertThat(writes.writer.drop(writes.source, "", "Odd \"Name\" `x`", true)).isFalse();
      fails(
          ErrorCode.SOURCE_TABLE,
          () -> writes.writer.drop(writes.source, "", "Odd \"Name\" `x`", false));
      writes.assertIdle();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aKeyThatRepeatsLeavesNothing(Database database) throws SQLException {
    try (Writes writes = open(database)) {
      fails(
          ErrorCode.WRITE_RULE,
          () -> writes.create("t", "SELECT i % 9999 AS id FROM range(10000) t(i)", "id"));
      fails(ErrorCode.SOURCE_TABLE, () -> writes.writer.drop(writes.source, "", "t", false));
      writes.assertIdle();
    }
  }

  @ParameterizedTest
  @EnumSource
  void replacesATable(Database database) throws SQLException {
    try (Writes writes = open(database)) {
      assertThat(writes.replace("scores", SCORES.formatted(10), "id")).isEqualTo(10);
      String query = SCORES.formatted(20_000) + " WHERE i % 2 = 0";
      assertThat(writes.replace("scores", query)).isEqualTo(10_000);
      assertThat(writes.back("scores", "id")).isEqualTo(writes.duckRows(query));
      // The key was kept.
      fails(ErrorCode.WRITE_RULE, () -> writes.insert("scores", SCORES.formatted(1)));
      fails(
          ErrorCode.WRITE_RULE,
          () ->
              writes.replace(
                  "scores",
                  "SELECT 1::INTEGER AS id, 0.5::DOUBLE AS score, 'x' AS name FROM range(2)"));
      assertThat(writes.back("scores", "id")).isEqualTo(writes.duckRows(query));
      writes.assertIdle();
    }
  }

  @ParameterizedTest
  @EnumSource
  void insertsByPosition(Database database) throws SQLException {
    try (Writes writes = open(database)) {
      writes.create("scores", SCORES.formatted(3), "id");
      assertThat(writes.insert("scores", "SELECT 'nine', 9", "name", "ID")).isEqualTo(1);
      assertThat(writes.insert("scores", "SELECT '11', '5.5', 11")).isEqualTo(1);
      assertThat(writes.back("scores", "id"))
          .containsExactly(
              "0,0.0,name 0", "1,0.5,name 1", "2,1.0,name 2", "9,null,nine", "11,5.5,11");
      fails(ErrorCode.WRITE_COLUMNS, () -> writes.insert("scores", "SELECT 1"));
      fails(ErrorCode.COLUMN_NOT_FOUND, () -> writes.insert("scores", "SELECT 1", "nane"));
      fails(ErrorCode.WAREHOUSE, () -> writes.insert("scores", "SELECT 'x', 1, 'x'"));
      // One row of many breaks the key: none stays.
      fails(
          ErrorCode.WRITE_RULE,
          () -> writes.insert("scores", SCORES.formatted(5000) + " ORDER BY id DESC"));
      assertThat(writes.back("scores", "id")).hasSize(5);
      writes.assertIdle();
    }
  }

  @ParameterizedTest
  @EnumSource
  void upserts(Database database) throws SQLException {
    try (Writes writes = open(database)) {
      writes.create("scores", SCORES.formatted(3), "id");
      Upsert update = new Upsert(List.of("ID"), List.of(new Assignment("score", "score")));
      String rows = "SELECT i::INTEGER, i * 100::DOUBLE, 'new' FROM range(%d, %d) t(i)";
      assertThat(writes.upsert("scores", rows.formatted(1, 5), update)).isEqualTo(4);
      List<String> expected =
          List.of("0,0.0,name 0", "1,100.0,name 1", "2,200.0,name 2", "3,300.0,new", "4,400.0,new");
      assertThat(writes.back("scores", "id")).isEqualTo(expected);
      writes.upsert("scores", rows.formatted(4, 6), new Upsert(List.of("id"), List.of()));
      assertThat(writes.back("scores", "id")).hasSize(6).containsAll(expected);
      fails(
          ErrorCode.WRITE_RULE,
          () -> writes.upsert("scores", "SELECT 7, 1, 'x' FROM range(2)", update));
      assertThat(writes.back("scores", "id")).hasSize(6);
      writes.assertIdle();
    }
  }

  @ParameterizedTest
  @EnumSource
  void rowsThatFailLeaveNothing(Database database) throws SQLException {
    try (Writes writes = open(database)) {
      writes.create("scores", SCORES.formatted(3), "id");
      String failing =
          "SELECT i::INTEGER AS id, 1 / (50000 - i) AS score,"
              + " CASE WHEN i = 50000 THEN error('broken') ELSE 'x' END AS name"
              + " FROM range(3, 60000) t(i)";
      for (Mode mode : List.of(Mode.REPLACE, Mode.INSERT)) {
        fails(ErrorCode.WAREHOUSE, () -> writes.write(writes.target("scores", mode), failing));
      }
      fails(ErrorCode.WAREHOUSE, () -> writes.create("other", failing));
      assertThat(writes.back("scores", "id")).hasSize(3);
      fails(ErrorCode.SOURCE_TABLE, () -> writes.writer.drop(writes.source, "", "other", false));
      writes.assertIdle();
    }
  }
}
