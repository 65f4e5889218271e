package io.auspex.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.catalog.Source;
import io.auspex.engine.source.SourceServers;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A password that a real server asks for, right and wrong: no statement and no error shows it. */
class SourceSecretsTest {
  private static final String SECRET = "hunter2Zx9";
  private static final String WRONG = "hunter2Zx8";

  @TempDir private Path folder;
  private final StringWriter shown = new StringWriter();
  private String url;
  private Connection connection;

  @BeforeEach
  void open() throws SQLException, IOException {
    Source server = SourceServers.postgres();
    url = server.url();
    try (Connection admin = DriverManager.getConnection(url, "postgres", "postgres");
        Statement statement = admin.createStatement()) {
      statement.execute("CREATE TABLE opened AS SELECT 1 AS a");
      statement.execute("CREATE TABLE barred AS SELECT 1 AS a");
      statement.execute("DROP ROLE IF EXISTS secretive");
      statement.execute("CREATE ROLE secretive LOGIN PASSWORD '" + SECRET + "'");
      statement.execute("GRANT SELECT ON opened TO secretive");
      askForThePassword(statement);
    }
    connection = DriverManager.getConnection("jdbc:auspex:" + folder.resolve("w.duckdb"));
  }

  /** The server of the tests trusts everybody else. */
  private static void askForThePassword(Statement server) throws SQLException, IOException {
    Path rules;
    try (ResultSet row = server.executeQuery("SHOW hba_file")) {
      assertThat(row.next()).isTrue();
      rules = Path.of(row.getString(1));
    }
    String rule = "host all secretive all scram-sha-256\n";
    String before = Files.readString(rules);
    if (!before.startsWith(rule)) {
      Files.writeString(rules, rule + before);
    }
    server.execute("SELECT pg_reload_conf()");
    server.execute("SELECT pg_sleep(0.5)");
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  /** Writes down all that a statement gives, or the whole of its error. */
  private void run(String sql) {
    shown.append(sql.replace(SECRET, "").replace(WRONG, "")).append('\n');
    try (Statement statement = connection.createStatement()) {
      if (statement.execute(sql)) {
        show(statement.getResultSet());
      }
      shown.append(statement.toString());
    } catch (SQLException e) {
      e.printStackTrace(new PrintWriter(shown));
    }
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      shown.append(String.valueOf(statement.getMetaData())).append(statement.toString());
    } catch (SQLException e) {
      e.printStackTrace(new PrintWriter(shown));
    }
  }

  private void show(ResultSet rows) throws SQLException {
    while (rows.next()) {
      for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
        shown.append(String.valueOf(rows.getObject(i))).append(" | ");
      }
      shown.append('\n');
    }
  }

  private String create(String name, String password) {
    return "CREATE SOURCE " + name + " URL '" + url + "' USER 'secretive' PASSWORD " + password;
  }

  @Test
  void nothingShowsIt() throws Exception {
    run(create("crm", "'" + SECRET + "'"));
    run(create("denied", "'" + WRONG + "'"));
    run(create("later", "'" + WRONG + "' WITH (connect = false)"));
    run(create("crm", "'" + SECRET + "'"));
    run(create("broken", "'" + SECRET + "' nonsense"));
    run("CREATE SORUCE x PASSWORD '" + SECRET + "'");
    run("SHOW SOURCES");
    run("DESCRIBE SOURCE crm");
    run("SHOW TABLES FROM crm");
    run("FROM auspex.source");
    run("FROM crm.opened");
    run("EXPLAIN SELECT a FROM crm.opened WHERE a > 0");
    run("EXPLAIN ANALYZE SELECT a FROM crm.opened WHERE a > 0");
    run("FROM crm.barred");
    run("FROM later.opened");
    run("SHOW TABLES FROM later");
    run("CREATE TABLE crm.mine AS SELECT 1 AS a");
    run("DROP TABLE crm.barred");
    run("FROM duckdb_logs");
    run("FROM pragma_database_list()");

    assertThat(shown.toString())
        .contains("The source denied cannot be reached", "sealed", "secretive", "| opened |")
        .contains("exists already")
        .doesNotContain(SECRET)
        .doesNotContain(WRONG);
    try (var files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        assertThat(bytes.contains(SECRET) || bytes.contains(WRONG)).as(file.toString()).isFalse();
      }
    }
  }
}
