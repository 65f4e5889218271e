package io.auspex.engine.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;
import io.auspex.catalog.Source;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import org.h2.Driver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pools and drivers: how a source is reached, and what is said where it is not. */
class SourceConnectionsTest {
  @TempDir private Path folder;
  private final SourceConnections connections = SourceServers.connections();

  @AfterEach
  void close() {
    assertThat(connections.active()).as("lent connections").isZero();
    connections.close();
    SourceServers.assertNoThreads("auspex-source");
  }

  @Test
  void postgres() throws SQLException {
    Source source = SourceServers.postgres();
    assertThat(ask(source, "SHOW TimeZone")).isEqualTo("UTC");
    assertThat(ask(source, "SELECT '\\'")).isEqualTo("\\");
  }

  @Test
  void mariadb() throws SQLException {
    Source source = SourceServers.mariadb();
    assertThat(ask(source, "SELECT @@time_zone")).isEqualTo("+00:00");
    assertThat(ask(source, "SELECT " + SourceSystem.MARIADB.literal("\\'x"))).isEqualTo("\\'x");
    Source asMysql =
        SourceServers.source("m", source.url().replace("mariadb", "mysql"), "root", Map.of());
    assertThat(ask(asMysql, "SELECT 1")).isEqualTo("1");
  }

  @Test
  void sqlite() throws SQLException {
    assertThat(ask(SourceServers.sqlite(folder.resolve("a.db")), "SELECT 1")).isEqualTo("1");
  }

  @Test
  void aDriverByJar() throws SQLException, URISyntaxException {
    Source source =
        SourceServers.source(
            "h2",
            "jdbc:h2:mem:",
            null,
            Map.of("jar", SourceServers.h2Jar().toString(), "driver", "org.h2.Driver"));
    assertThat(ask(source, "SELECT H2VERSION()")).isNotEmpty();
    try (Connection connection = connections.borrow(source)) {
      assertThat(connection.unwrap(Connection.class).getClass().getClassLoader())
          .isNotSameAs(Driver.class.getClassLoader());
    }
  }

  @Test
  void aDriverOfTheFolder() throws SQLException, URISyntaxException, IOException {
    Files.copy(SourceServers.h2Jar(), folder.resolve("h2.jar"));
    Source source = SourceServers.source("h2", "jdbc:h2:mem:", null, Map.of());
    try (SourceConnections own =
            new SourceConnections(any -> Optional.empty(), Optional.of(folder));
        Connection connection = own.borrow(source)) {
      assertThat(connection.unwrap(Connection.class).getClass().getClassLoader())
          .isNotSameAs(Driver.class.getClassLoader());
    }
  }

  @Test
  void noDriver() {
    assertThat(error(SourceServers.source("x", "jdbc:nothing://h/d", "me", Map.of())))
        .hasMessageContaining("The source x has no driver")
        .extracting(AuspexException::code)
        .isEqualTo(ErrorCode.SOURCE_DRIVER);
    assertThat(
            error(
                SourceServers.source("x", "jdbc:h2:mem:", null, Map.of("jar", "/nowhere/h2.jar"))))
        .hasMessageContaining("/nowhere/h2.jar");
    assertThat(
            error(SourceServers.source("x", "jdbc:h2:mem:", null, Map.of("driver", "no.Driver"))))
        .hasMessageContaining("no.Driver");
  }

  @Test
  void aWrongUserIsToldAtOnce() throws SQLException {
    Source source =
        SourceServers.source(
            "pg", SourceServers.postgres().url() + "_missing", "postgres", Map.of());
    long started = System.nanoTime();
    assertThat(error(source))
        .hasMessageContaining("The source pg cannot be reached")
        .hasMessageContaining("does not exist")
        .extracting(AuspexException::code)
        .isEqualTo(ErrorCode.SOURCE_UNREACHABLE);
    assertThat(System.nanoTime() - started).isLessThan(3_000_000_000L);
  }

  @Test
  void aServerThatIsNotThere() {
    assertThat(error(SourceServers.source("pg", "jdbc:postgresql://localhost:1/d", "me", Map.of())))
        .hasMessageContaining("The source pg cannot be reached")
        .hasMessageContaining("refused");
  }

  @Test
  void aReplacedSourceIsReachedAnew() throws SQLException {
    Source before = SourceServers.sqlite(folder.resolve("a.db"));
    Source after = SourceServers.sqlite(folder.resolve("b.db"));
    try (Connection old = connections.borrow(before)) {
      assertThat(ask(after, "SELECT file FROM pragma_database_list")).endsWith("b.db");
      assertThat(ask(old, "SELECT file FROM pragma_database_list")).endsWith("a.db");
      assertThat(connections.active()).isEqualTo(1);
    }
  }

  @Test
  void aDiscardedConnectionIsNotLentAgain() throws SQLException {
    Source source = SourceServers.postgres();
    String first;
    try (Connection connection = connections.borrow(source)) {
      first = ask(connection, "SELECT pg_backend_pid()");
      connections.discard(source, connection);
    }
    assertThat(ask(source, "SELECT pg_backend_pid()")).isNotEqualTo(first);
  }

  private AuspexException error(Source source) {
    return catchThrowableOfType(AuspexException.class, () -> connections.borrow(source));
  }

  private String ask(Source source, String sql) throws SQLException {
    try (Connection connection = connections.borrow(source)) {
      return ask(connection, sql);
    }
  }

  private static String ask(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }
}
