package io.auspex.engine.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Transactions see the same as long as the first one lasts; after that the connection is lost. */
@Timeout(60)
class SourceSnapshotTest {
  private static final String KEPT = "0000ABCD-00000001-1";

  private Connection first;
  private Connection second;

  @BeforeEach
  void connect() throws SQLException {
    String url = SourceServers.postgres().url();
    first = DriverManager.getConnection(url, "postgres", "postgres");
    second = DriverManager.getConnection(url, "postgres", "postgres");
  }

  @AfterEach
  void close() throws SQLException {
    first.close();
    second.close();
  }

  @Test
  void bothSeeTheSame() throws Exception {
    run("CREATE TABLE t AS SELECT 1 AS n");
    SourceSnapshot snapshot = SourceSnapshot.begin(first);
    run("INSERT INTO t VALUES (2)");
    snapshot.join(second);
    try (Statement statement = second.createStatement();
        ResultSet rows = statement.executeQuery("SELECT count(*) FROM t")) {
      rows.next();
      assertThat(rows.getInt(1)).isEqualTo(1);
    }
  }

  @Test
  void theFirstHasEnded() throws Exception {
    SourceSnapshot snapshot = SourceSnapshot.begin(first);
    first.rollback();
    assertIsLost(snapshot);
  }

  /** While a process ends, its snapshot may still be there: a copy stands for it. */
  @Test
  void theFirstIsJustEnding() throws Exception {
    SourceSnapshot snapshot = SourceSnapshot.begin(first);
    run("SELECT lo_from_bytea(9, pg_read_binary_file('pg_snapshots/" + snapshot.id() + "'))");
    run("SELECT lo_export(9, 'pg_snapshots/" + KEPT + "')");
    first.rollback();
    assertIsLost(new SourceSnapshot(KEPT));
  }

  private void assertIsLost(SourceSnapshot snapshot) {
    Throwable thrown = catchThrowable(() -> snapshot.join(second));
    assertThat(thrown).hasMessage("the transaction that all parts read in has ended");
    assertThat(SourceErrors.isBroken(thrown)).isTrue();
  }

  private void run(String sql) throws SQLException {
    try (Statement statement = second.createStatement()) {
      statement.execute(sql);
    }
  }
}
