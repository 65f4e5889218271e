package io.auspex.engine.source.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;
import io.auspex.catalog.Source;
import io.auspex.engine.source.SourceServers;
import io.auspex.engine.source.write.SourceTarget.Mode;
import io.auspex.udf.predict.Cancellation;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever happens to PostgreSQL while it is written to: all rows are there, or none, once. */
@Timeout(60)
class PostgresFaultsTest {
  private static final String MANY = "SELECT i AS id, 'new' AS name FROM range(3000000) t(i)";
  private static final String FEW = "SELECT i AS id, 'new' AS name FROM range(2, 1000) t(i)";

  @TempDir Path folder;
  private Source source;
  private Writes writes;

  @BeforeEach
  void open() throws SQLException {
    source = SourceServers.postgres();
    writes = new Writes(source, folder.resolve("journal"));
    writes.there(
        "CREATE TABLE t (id bigint PRIMARY KEY, name text)", "INSERT INTO t VALUES (1, 'old')");
  }

  @AfterEach
  void close() throws SQLException {
    writes.assertIdle();
    writes.close();
  }

  private static void fails(ErrorCode code, ThrowingCallable write) {
    assertThatThrownBy(write)
        .isInstanceOfSatisfying(
            AuspexException.class, e -> assertThat(e.code()).as(e.toString()).isEqualTo(code));
  }

  private void assertUnchanged() throws SQLException {
    assertThat(writes.rows("SELECT * FROM t")).containsExactly("1,old");
    writes.assertIdle();
  }

  /**
   * Does something to the session that runs a statement like {@code pattern}, once there is one.
   */
  private CompletableFuture<Void> upon(String pattern, String function) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            String sql =
                "SELECT %s(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
                        .formatted(function)
                    + " AND state = 'active' AND datname = current_database() AND query LIKE '"
                    + pattern
                    + "'";
            while (writes.rows(sql).isEmpty()) {
              Thread.sleep(20);
            }
          } catch (SQLException | InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  @Test
  void aConnectionLostWhileRowsAreSent() throws Exception {
    for (Mode mode : new Mode[] {Mode.REPLACE, Mode.INSERT}) {
      var killer = upon("COPY %", "pg_terminate_backend");
      fails(ErrorCode.WRITE_LOST, () -> writes.write(writes.target("t", mode), MANY));
      killer.get(10, TimeUnit.SECONDS);
      assertUnchanged();
    }
  }

  /** A reader is in the way of the swap; meanwhile its session is killed, again and again. */
  @Test
  void aConnectionLostWhileRowsAreMadeVisible() throws Exception {
    for (Mode mode : new Mode[] {Mode.REPLACE, Mode.INSERT}) {
      try (Connection other = writes.connections.borrow(source);
          Statement statement = other.createStatement()) {
        other.setAutoCommit(false);
        statement.execute(
            mode == Mode.REPLACE ? "SELECT * FROM t" : "INSERT INTO t VALUES (1500, 'theirs')");
        var killer =
            upon(
                    mode == Mode.REPLACE ? "LOCK TABLE%" : "INSERT INTO \"public\".\"t\"%",
                    "pg_terminate_backend")
                .thenRunAsync(
                    () -> {
                      try {
                        other.rollback();
                      } catch (SQLException e) {
                        throw new IllegalStateException(e);
                      }
                    });
        assertThat(
                writes.write(
                    writes.target("t", mode),
                    mode == Mode.REPLACE ? FEW : FEW.replace("2, 1000", "1000, 1998")))
            .isEqualTo(998);
        killer.get(10, TimeUnit.SECONDS);
        other.setAutoCommit(true);
      }
      assertThat(writes.rows("SELECT count(*), count(DISTINCT id) FROM t"))
          .containsExactly(mode == Mode.REPLACE ? "998,998" : "1996,1996");
      writes.assertIdle();
    }
  }

  @Test
  void othersInTheWayAreWaitedForAndThenTold() throws Exception {
    writes.there(
        "DO $$ BEGIN EXECUTE 'ALTER DATABASE ' || current_database()"
            + " || ' SET lock_timeout = 100'; END $$");
    try (Writes impatient = new Writes(source, folder.resolve("other"));
        Connection other = writes.connections.borrow(source);
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("SELECT * FROM t");
      fails(ErrorCode.WRITE_CONFLICT, () -> impatient.replace("t", FEW));
      var gone =
          CompletableFuture.runAsync(
              () -> {
                try {
                  other.rollback();
                } catch (SQLException e) {
                  throw new IllegalStateException(e);
                }
              },
              CompletableFuture.delayedExecutor(500, TimeUnit.MILLISECONDS));
      assertThat(impatient.replace("t", FEW)).isEqualTo(998);
      gone.get();
      other.setAutoCommit(true);
    }
    assertThat(writes.rows("SELECT count(*) FROM t")).containsExactly("998");
  }

  /**
   * Each waits for a row of the other; the server ends this one, since the other is more patient.
   */
  @Test
  void aDeadlockIsTriedAgain() throws Exception {
    try (Connection other = writes.connections.borrow(source);
        Statement statement = other.createStatement()) {
      statement.execute("SET deadlock_timeout = '1h'");
      other.setAutoCommit(false);
      statement.execute("INSERT INTO t VALUES (6, 'theirs')");
      String waiting =
          "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
              + " AND wait_event_type = 'Lock'";
      var theirs =
          CompletableFuture.runAsync(
              () -> {
                try {
                  while (writes.rows(waiting).isEmpty()) {
                    Thread.sleep(20);
                  }
                  statement.execute("INSERT INTO t VALUES (7, 'theirs')");
                  other.rollback();
                } catch (SQLException | InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              });
      assertThat(writes.insert("t", "SELECT * FROM (VALUES (7, 'new'), (6, 'new')) v(id, name)"))
          .isEqualTo(2);
      theirs.get(10, TimeUnit.SECONDS);
      other.setAutoCommit(true);
      statement.execute("RESET deadlock_timeout");
    }
    // The server counts them a little later.
    String counted =
        "SELECT 1 FROM pg_stat_database WHERE datname = current_database() AND deadlocks > 0";
    while (writes.rows(counted).isEmpty()) {
      Thread.sleep(20);
    }
    assertThat(writes.rows("SELECT * FROM t ORDER BY id"))
        .containsExactly("1,old", "6,new", "7,new");
  }

  @Test
  void aUserWhoMayOnlyRead() throws SQLException {
    String role = "reader_" + writes.rows("SELECT current_database()").get(0);
    writes.there("CREATE ROLE " + role + " LOGIN", "GRANT SELECT ON t TO " + role);
    try (Writes reader =
        new Writes(
            SourceServers.source("pg", source.url(), role, Map.of()), folder.resolve("other"))) {
      fails(ErrorCode.WRITE_DENIED, () -> reader.create("new", FEW));
      fails(ErrorCode.WRITE_DENIED, () -> reader.replace("t", FEW));
      fails(ErrorCode.WRITE_DENIED, () -> reader.insert("t", FEW));
      fails(ErrorCode.WRITE_DENIED, () -> reader.writer.drop(reader.source, "", "t", false));
      reader.assertIdle();
    }
    writes.there("DROP OWNED BY " + role, "DROP ROLE " + role);
    assertUnchanged();
  }

  @Test
  void theServersOwnTimeout() throws SQLException {
    writes.there(
        "DO $$ BEGIN EXECUTE 'ALTER DATABASE ' || current_database()"
            + " || ' SET statement_timeout = 300'; END $$");
    try (Writes limited = new Writes(source, folder.resolve("other"))) {
      fails(ErrorCode.WRITE_TIMEOUT, () -> limited.replace("t", MANY));
      limited.assertIdle();
    }
    assertUnchanged();
  }

  @Test
  void aCancelledStatement() throws Exception {
    Cancellation cancellation = new Cancellation();
    CompletableFuture.runAsync(
        cancellation::cancel, CompletableFuture.delayedExecutor(400, TimeUnit.MILLISECONDS));
    fails(
        ErrorCode.CANCELLED,
        () -> writes.write(writes.target("t", Mode.REPLACE), MANY, cancellation, rows -> rows));
    assertUnchanged();
  }

  @Test
  void theTargetThatAppearsMeanwhile() throws SQLException {
    fails(
        ErrorCode.TABLE_EXISTS,
        () ->
            writes.write(
                writes.target("new", Mode.CREATE),
                FEW,
                new Cancellation(),
                rows -> {
                  thereQuietly("CREATE TABLE new (theirs integer)");
                  return rows;
                }));
    assertThat(writes.rows("SELECT count(*) FROM new")).containsExactly("0");
    assertUnchanged();
  }

  private void thereQuietly(String sql) {
    try {
      writes.there(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** As a process leaves it that was killed. */
  @Test
  void whatADeadProcessLeftIsDropped() throws SQLException {
    StagingName orphan = StagingName.of(1, "public");
    new StagingJournal(folder.resolve("journal"), true).announce("pg", orphan);
    StagingName elsewhere = StagingName.of(2, "public");
    new StagingJournal(folder.resolve("journal"), true).announce("another", elsewhere);
    writes.there("CREATE TABLE " + orphan.rows() + " (i integer)");
    writes.insert("t", FEW);
    assertThat(writes.rows("SELECT relname FROM pg_class WHERE relname LIKE '\\_\\_auspex%'"))
        .isEmpty();
    assertThat(writes.journal.orphans())
        .containsExactly(new StagingJournal.Entry("another", elsewhere));
    writes.journal.settle(elsewhere);
  }

  /** Several processes may have a warehouse open for reading; what others write is not dead. */
  @Test
  void whatOthersMayStillWriteIsKept() throws SQLException {
    StagingName theirs = StagingName.of(1, "public");
    new StagingJournal(folder.resolve("journal"), false).announce("pg", theirs);
    writes.there("CREATE TABLE " + theirs.rows() + " (i integer)");
    StagingJournal shared = new StagingJournal(folder.resolve("journal"), false);
    new SourceWriter(writes.connections, writes.tables, shared, null).sweep(writes.source);
    assertThat(writes.rows("SELECT count(*) FROM " + theirs.rows())).containsExactly("0");
    writes.writer.sweep(writes.source);
    assertThat(writes.rows("SELECT relname FROM pg_class WHERE relname LIKE '\\_\\_auspex%'"))
        .isEmpty();
    assertThat(writes.journal.orphans()).isEmpty();
  }
}
