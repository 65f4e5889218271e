package io.auspex.examples.crm;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.zip.GZIPInputStream;
import org.postgresql.PGConnection;

/** PostgreSQL on this machine, with the customers, and a user who may only read them. */
final class CrmServer implements AutoCloseable {
  private static final int PORT = 15432;
  private static final String DATABASE = "crm";
  private static final String READER = "analyst";
  private static final Path CUSTOMERS = Path.of("examples/crm/data/customers.csv.gz");

  private final EmbeddedPostgres server;

  private CrmServer(EmbeddedPostgres server) {
    this.server = server;
  }

  /** Starts the server and loads the customers. {@code password} is the reader's. */
  static CrmServer start(String password) throws IOException, SQLException {
    CrmServer crm =
        new CrmServer(EmbeddedPostgres.builder().setPort(Machine.portLike(PORT)).start());
    try {
      crm.load(password);
      return crm;
    } catch (IOException | SQLException | RuntimeException e) {
      crm.close();
      throw e;
    }
  }

  private void load(String password) throws IOException, SQLException {
    try (Connection connection = owner("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + DATABASE);
    }
    try (Connection connection = owner(DATABASE);
        Statement statement = connection.createStatement();
        InputStream rows = new GZIPInputStream(Files.newInputStream(CUSTOMERS))) {
      statement.execute(
          """
          CREATE TABLE customers (
            customer_id integer PRIMARY KEY,
            female boolean NOT NULL,
            senior_citizen boolean NOT NULL,
            partner boolean NOT NULL,
            dependents boolean NOT NULL,
            contract text NOT NULL,
            paperless_billing boolean NOT NULL,
            payment_method text NOT NULL,
            has_left boolean NOT NULL)
          """);
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn("COPY customers FROM STDIN (FORMAT csv, HEADER)", rows);
      statement.execute("ANALYZE customers");
      statement.execute("CREATE ROLE " + READER + " LOGIN PASSWORD '" + password + "'");
      statement.execute("GRANT SELECT ON customers TO " + READER);
      askForPasswords(statement);
    }
  }

  /** Until here the server has trusted whoever came. */
  private static void askForPasswords(Statement statement) throws IOException, SQLException {
    Path rules;
    try (ResultSet row = statement.executeQuery("SHOW hba_file")) {
      row.next();
      rules = Path.of(row.getString(1));
    }
    Files.writeString(
        rules, "host all all 127.0.0.1/32 scram-sha-256\nhost all all ::1/128 scram-sha-256\n");
    statement.execute("SELECT pg_reload_conf()");
  }

  private Connection owner(String database) throws SQLException {
    return DriverManager.getConnection(server.getJdbcUrl("postgres", database));
  }

  /** The script with this server's port for the one that it names. */
  String adapt(String script) {
    return Machine.withPort(script, PORT, server.getPort());
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
