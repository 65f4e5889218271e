package io.auspex.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Properties;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DriverTest {
  @TempDir Path folder;

  @Test
  void isFoundByTheServiceLoader() throws SQLException {
    assertThat(ServiceLoader.load(Driver.class)).anyMatch(driver -> driver instanceof AuspexDriver);
    Driver driver = DriverManager.getDriver("jdbc:auspex:x");
    assertThat(driver.connect("jdbc:other:x", new Properties())).isNull();
    assertThat(driver.acceptsURL("jdbc:duckdb:")).isFalse();
    assertThat(driver.getPropertyInfo("jdbc:auspex:", null))
        .anyMatch(info -> info.name.equals("lock_timeout") && info.description.contains("seconds"));
  }

  @Test
  void connectionsShareTheWarehouseOfAFile() throws SQLException {
    String url = "jdbc:auspex:" + folder.resolve("w.duckdb");
    try (Connection one = DriverManager.getConnection(url);
        Connection two = DriverManager.getConnection(url)) {
      one.createStatement().execute("CREATE TABLE t AS SELECT 1 AS i");
      ResultSet rows = two.createStatement().executeQuery("SELECT i FROM t");
      assertThat(rows.next()).isTrue();
    }
    try (Connection again = DriverManager.getConnection(url)) {
      assertThat(again.createStatement().executeQuery("SELECT i FROM t").next()).isTrue();
    }
  }

  @Test
  void takesSettings() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", "somebody");
    properties.setProperty("memory_limit", "1GB");
    String url = "jdbc:auspex:;threads=1;lock_timeout=0.5";
    try (Connection connection = DriverManager.getConnection(url, properties);
        ResultSet rows =
            connection
                .createStatement()
                .executeQuery(
                    "SELECT current_setting('threads'), current_setting('memory_limit')")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getInt(1)).isEqualTo(1);
      assertThat(rows.getString(2)).startsWith("953");
    }
    try (Connection connection =
            DriverManager.getConnection("jdbc:auspex:;predict_strategy=stream");
        ResultSet rows = connection.createStatement().executeQuery("SHOW predict_strategy")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString(rows.getMetaData().getColumnCount())).isEqualTo("stream");
    }
    assertThatThrownBy(() -> DriverManager.getConnection("jdbc:auspex:;lock_timeout=soon"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("lock_timeout");
  }

  @Test
  void aWarehouseThatCannotBeOpenedIsNoConnection() throws IOException {
    Path file = Files.writeString(folder.resolve("no.duckdb"), "this is no database at all");
    assertThatThrownBy(() -> DriverManager.getConnection("jdbc:auspex:" + file))
        .isInstanceOfSatisfying(
            AuspexSqlException.class, error -> assertThat(error.getSQLState()).isEqualTo("08001"));
  }

  /** A BI tool starts its JVM as it likes; nothing is opened to Arrow there. */
  @Test
  void worksWithoutJvmFlags() throws IOException, InterruptedException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Process process =
        new ProcessBuilder(
                java.toString(),
                "-cp",
                System.getProperty("java.class.path"),
                OtherProgram.class.getName())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output).endsWith("[1, 2] 340282366920938463463374607431768211455\n");
  }

  /** Somebody else's program. */
  static final class OtherProgram {
    private OtherProgram() {}

    public static void main(String[] arguments) throws SQLException {
      try (Connection connection = DriverManager.getConnection("jdbc:auspex:");
          ResultSet rows =
              connection
                  .createStatement()
                  .executeQuery(
                      "SELECT [1, 2], 340282366920938463463374607431768211455::UHUGEINT")) {
        rows.next();
        System.out.println(rows.getString(1) + " " + rows.getString(2));
      }
    }
  }
}
