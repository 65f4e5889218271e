package io.auspex.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Runs one statement with all of the planner's rules, and without each of some, in turns: what
 * these give. Arguments as {@link Main}'s.
 */
public final class Rules {
  /** Before the list of rules in what EXPLAIN says. */
  private static final String FIRED = "rules=";

  private Rules() {}

  /** Writes the result, a failure too; fails only where that cannot be done. */
  public static void main(String[] arguments) throws Exception {
    Job.run(arguments, Rules::measure);
  }

  static ObjectNode measure(Job job) throws Exception {
    try (Connection warehouse = DriverManager.getConnection("jdbc:auspex:" + job.database());
        Statement statement = warehouse.createStatement()) {
      for (String sql : job.setup()) {
        statement.execute(sql);
      }
      Set<String> fired = fired(statement, job);
      for (String rule : job.rules()) {
        if (!fired.contains(rule)) {
          throw new IllegalStateException(rule + " does nothing for " + job.statement());
        }
      }
      List<Timing.Work> ways = new ArrayList<>();
      ways.add(() -> run(statement, "", job));
      job.rules().forEach(rule -> ways.add(() -> run(statement, rule, job)));
      List<Timing> timings = Timing.inTurns(ways, job);

      ObjectNode result = Job.result();
      timings.get(0).putInto(result);
      ObjectNode without = result.putObject("without");
      for (int rule = 0; rule < job.rules().size(); rule++) {
        timings.get(rule + 1).putInto(without.putObject(job.rules().get(rule)));
      }
      return result;
    }
  }

  private static void run(Statement statement, String disabled, Job job) throws SQLException {
    statement.execute("SET disabled_rules = '" + disabled + "'");
    statement.execute(job.statement());
  }

  private static Set<String> fired(Statement statement, Job job) throws SQLException {
    Set<String> rules = new HashSet<>();
    try (ResultSet lines = statement.executeQuery("EXPLAIN " + job.statement())) {
      while (lines.next()) {
        String line = lines.getString(1).strip();
        if (line.startsWith(FIRED)) {
          rules.addAll(List.of(line.substring(FIRED.length()).split(", ")));
        }
      }
    }
    return rules;
  }
}
