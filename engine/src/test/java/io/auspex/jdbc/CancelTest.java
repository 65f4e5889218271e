package io.auspex.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.auspex.catalog.ErrorCode;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Timer;
import java.util.TimerTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a statement is at, it stops within a second and leaves nothing behind. */
@Timeout(60)
class CancelTest {
  private static final String LONG_BEFORE_ITS_FIRST_ROW =
      "SELECT sum(hash(a.i * b.i)) FROM range(1000000) a(i), range(1000000) b(i)";
  private static final String LONG_WHILE_IT_STREAMS = "SELECT * FROM range(1000000000000)";

  private Connection connection;
  private Statement statement;
  private int threadsBefore;

  @BeforeEach
  void open() throws SQLException {
    connection = DriverManager.getConnection("jdbc:auspex:");
    statement = connection.createStatement();
    threadsBefore = Thread.activeCount();
  }

  /** Closing the last connection of a warehouse fails where native memory is left. */
  @AfterEach
  void close() throws Exception {
    connection.close();
    // A thread that has been told to end needs a moment to.
    for (int i = 0; i < 100 && Thread.activeCount() > threadsBefore + 1; i++) {
      Thread.sleep(20);
    }
    assertThat(Thread.activeCount()).isLessThanOrEqualTo(threadsBefore + 1);
  }

  private void read(String sql) throws SQLException {
    try (ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {}
    }
  }

  private static Timer after(Duration delay, Runnable action) {
    Timer timer = new Timer(true);
    timer.schedule(
        new TimerTask() {
          @Override
          public void run() {
            action.run();
          }
        },
        delay.toMillis());
    return timer;
  }

  private void cancel() {
    try {
      statement.cancel();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        LONG_BEFORE_ITS_FIRST_ROW,
        LONG_WHILE_IT_STREAMS,
        "CREATE TABLE t AS " + LONG_WHILE_IT_STREAMS,
      })
  void cancelsFromAnotherThread(String sql) throws SQLException {
    Timer timer = after(Duration.ofMillis(300), this::cancel);
    long start = System.nanoTime();
    assertThatThrownBy(
            () -> {
              if (statement.execute(sql)) {
                ResultSet rows = statement.getResultSet();
                while (rows.next()) {}
              }
            })
        .isInstanceOfSatisfying(
            AuspexSqlException.class,
            error -> assertThat(error.code()).isEqualTo(ErrorCode.CANCELLED));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(1300));
    timer.cancel();
    read("SELECT 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {LONG_BEFORE_ITS_FIRST_ROW, LONG_WHILE_IT_STREAMS})
  void timesOut(String sql) throws SQLException {
    statement.setQueryTimeout(1);
    assertThat(statement.getQueryTimeout()).isEqualTo(1);
    long start = System.nanoTime();
    assertThatThrownBy(() -> read(sql)).isInstanceOf(SQLTimeoutException.class);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(2000));
    read("SELECT 1");
  }

  @Test
  void cancelWithoutARunningStatementDoesNothing() throws SQLException {
    statement.cancel();
    read("SELECT 1");
    statement.cancel();
    read("SELECT 1");
  }

  @Test
  void closingEarlyStopsTheQuery() throws SQLException {
    for (int i = 0; i < 20; i++) {
      ResultSet rows = statement.executeQuery(LONG_WHILE_IT_STREAMS);
      for (int row = 0; row < i * 1000; row++) {
        assertThat(rows.next()).isTrue();
      }
      rows.close();
    }
    read("SELECT 1");
  }

  @Test
  void closingTheConnectionStopsWhatRuns() throws Exception {
    after(
        Duration.ofMillis(300),
        () -> {
          try {
            connection.close();
          } catch (SQLException e) {
            throw new AssertionError(e);
          }
        });
    long start = System.nanoTime();
    assertThatThrownBy(() -> read(LONG_BEFORE_ITS_FIRST_ROW)).isInstanceOf(SQLException.class);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(1300));
  }

  /** Twenty million rows go by, and the buffers outside the heap stay small. */
  @Test
  void streamsInBoundedMemory() throws SQLException {
    try (ResultSet rows = statement.executeQuery("SELECT i, i * 2 FROM range(20000000) r(i)")) {
      long count = 0;
      long used = 0;
      while (rows.next()) {
        if (++count % 5_000_000 == 0) {
          used =
              Math.max(
                  used,
                  ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                      .mapToLong(BufferPoolMXBean::getMemoryUsed)
                      .sum());
        }
      }
      assertThat(count).isEqualTo(20_000_000);
      assertThat(statement.unwrap(AuspexStatement.class).progress().rowsDelivered())
          .isEqualTo(count);
      assertThat(used).isLessThan(64 << 20);
    }
  }
}
