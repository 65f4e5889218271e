package io.auspex.examples.crm;

import ch.vorburger.exec.ManagedProcessException;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/**
 * The example's two databases, and runs of its script between them: PostgreSQL has the customers,
 * MariaDB gets the scores. Both are started, filled and thrown away by this process, whose working
 * directory is the project's root. Closing ends both.
 */
public final class Crm implements AutoCloseable {
  private static final Path SCRIPT = Path.of("examples/crm/score.sql");
  private static final int CANNOT = 2;

  private final String crmPassword;
  private final String deskPassword;
  private final CrmServer crm;
  private final DeskServer desk;

  private Crm(String crmPassword, String deskPassword, CrmServer crm, DeskServer desk) {
    this.crmPassword = crmPassword;
    this.deskPassword = deskPassword;
    this.crm = crm;
    this.desk = desk;
  }

  /** Ends with the shell's exit code, or 2 where there can be no servers. */
  public static void main(String[] arguments) throws Exception {
    System.exit(run(System.out, System.err));
  }

  private static int run(PrintStream out, PrintStream err) throws Exception {
    if (!Machine.runsServers()) {
      err.println(Machine.refusal());
      return CANNOT;
    }
    err.println("Starting PostgreSQL and MariaDB.");
    try (Crm servers = start()) {
      int exit = servers.score(Redirect.INHERIT, Redirect.INHERIT);
      if (exit == 0) {
        servers.printLanded(out);
      }
      return exit;
    }
  }

  static Crm start() throws IOException, SQLException, ManagedProcessException {
    String crmPassword = Machine.password();
    String deskPassword = Machine.password();
    CrmServer crm = CrmServer.start(crmPassword);
    try {
      return new Crm(crmPassword, deskPassword, crm, DeskServer.start(deskPassword));
    } catch (ManagedProcessException | SQLException | RuntimeException e) {
      crm.close();
      throw e;
    }
  }

  /** Runs the script in a shell of its own, which finds the passwords in its environment. */
  int score(Redirect out, Redirect err) throws IOException, InterruptedException {
    Path script = Files.createTempFile("score", ".sql");
    try {
      Files.writeString(script, desk.adapt(crm.adapt(Files.readString(SCRIPT))));
      Process shell = shell(script).redirectOutput(out).redirectError(err).start();
      // Whoever ends this process ends the shell too.
      Runtime.getRuntime().addShutdownHook(new Thread(shell::destroy, "shell-stop"));
      try {
        return shell.waitFor();
      } finally {
        shell.destroy();
      }
    } finally {
      Files.deleteIfExists(script);
    }
  }

  private ProcessBuilder shell(Path script) {
    ProcessBuilder shell =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "-Dauspex.terminals=" + System.getProperty("auspex.terminals", ""),
            "-cp",
            System.getProperty("java.class.path"),
            "io.auspex.shell.Main",
            "-f",
            script.toString());
    shell.environment().putAll(Map.of("CRM_PW", crmPassword, "DESK_PW", deskPassword));
    return shell;
  }

  /** Asks MariaDB itself what it has. */
  private void printLanded(PrintStream out) throws SQLException {
    try (Connection connection = connectToDesk();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT verdict, count(*), avg(risk) FROM churn_scores GROUP BY verdict")) {
      out.println("\nIn MariaDB's churn_scores:");
      while (rows.next()) {
        out.printf(
            "%,6d customers with verdict %s, mean risk %.3f%n",
            rows.getLong(2), rows.getString(1), rows.getDouble(3));
      }
    }
  }

  /** A connection to MariaDB, as the user who writes the scores. */
  Connection connectToDesk() throws SQLException {
    return desk.connect();
  }

  @Override
  public void close() throws IOException, ManagedProcessException {
    try {
      desk.close();
    } finally {
      crm.close();
    }
  }
}
