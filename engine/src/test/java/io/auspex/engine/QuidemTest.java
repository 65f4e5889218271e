package io.auspex.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.hydromatic.quidem.AbstractCommand;
import net.hydromatic.quidem.Command;
import net.hydromatic.quidem.Quidem;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs the files of {@code sql/}, each a session with its results and plans: as they are, and again
 * with other settings, which must give the same rows.
 *
 * <p>{@code $models} and {@code $folder} stand for the folders of the tests' models and of what the
 * file writes; {@code !explain} for the plan of the query before it. With {@code
 * -Dauspex.rewrite=true} the files get the results that are found, to be read before they are kept.
 */
class QuidemTest {
  private static final List<String> FILES =
      List.of(
          "models",
          "imports",
          "predict",
          "queries",
          "features",
          "outputs",
          "tensors",
          "options",
          "axes",
          "sequences",
          "views",
          "landing",
          "transactions",
          "rules",
          "plans",
          "sources",
          "settings",
          "calibration");

  /** Files about plans and settings themselves, which have one way only. */
  private static final List<String> ONE_WAY =
      List.of("plans", "rules", "sources", "settings", "calibration");

  /** Files with expressions in statements that are cut, which cannot be streamed. */
  private static final List<String> EXPRESSIONS =
      List.of(
          "models", "imports", "predict", "features", "outputs", "tensors", "options", "sequences");

  /** Files with arrays of arrays of any size, which no function in DuckDB takes. */
  private static final List<String> NESTED = List.of("axes");

  @TempDir private Path folder;

  static Stream<Arguments> sessions() {
    List<List<String>> ways = new ArrayList<>();
    for (String rows : List.of("1", "7", "2048", "8192")) {
      ways.add(List.of("predict_batch_rows = " + rows));
      ways.add(List.of("planner = 'never'", "predict_batch_rows = " + rows));
    }
    ways.add(List.of("predict_strategy = 'inline'"));
    ways.add(List.of("planner = 'never'", "predict_strategy = 'inline'"));
    List<Arguments> sessions = new ArrayList<>();
    for (String file : FILES) {
      sessions.add(Arguments.of(file, List.of()));
      if (!ONE_WAY.contains(file)) {
        ways.stream()
            .filter(way -> !NESTED.contains(file) || !way.contains("predict_strategy = 'inline'"))
            .forEach(way -> sessions.add(Arguments.of(file, way)));
      }
      if (!ONE_WAY.contains(file) && !EXPRESSIONS.contains(file)) {
        sessions.add(Arguments.of(file, List.of("predict_strategy = 'stream'")));
      }
    }
    return sessions.stream();
  }

  @ParameterizedTest
  @MethodSource("sessions")
  void givesWhatTheFileSays(String file, List<String> settings) throws IOException {
    Path source = Path.of("src/test/resources/sql", file + ".iq");
    String text = Files.readString(source);
    StringWriter written = new StringWriter();
    Quidem.Config config =
        Quidem.configBuilder()
            .withReader(new StringReader(inPlace(text)))
            .withWriter(written)
            .withConnectionFactory((name, reference) -> connect(name, settings))
            .withCommandHandler(
                (lines, content, line) ->
                    line.equals("explain") ? new ExplainCommand(lines, content, settings) : null)
            .build();
    new Quidem(config).execute();
    String result = written.toString().replace(models(), "$models");
    result = result.replace(folder.toString(), "$folder");
    if (Boolean.getBoolean("auspex.rewrite") && settings.isEmpty()) {
      Files.writeString(source, result.replaceAll("(?m)^(\\tat |Caused by|\\t\\.\\.\\.).*\n", ""));
    }
    assertThat(result).isEqualTo(text);
  }

  private String inPlace(String text) {
    return text.replace("$models", models()).replace("$folder", folder.toString());
  }

  private static String models() {
    return User.file("udf/src/test/resources/models").toString();
  }

  private Connection connect(String name, List<String> settings) throws Exception {
    Connection connection =
        DriverManager.getConnection("jdbc:auspex:" + folder.resolve(name + ".duckdb"));
    try (Statement statement = connection.createStatement()) {
      for (String setting : settings) {
        statement.execute("SET " + setting);
      }
    }
    return connection;
  }

  /** {@code !explain}: the plan; of other ways no plan is expected. */
  private static final class ExplainCommand extends AbstractCommand {
    private final List<String> lines;
    private final List<String> content;
    private final List<String> settings;

    ExplainCommand(List<String> lines, List<String> content, List<String> settings) {
      this.lines = List.copyOf(lines);
      this.content = List.copyOf(content);
      this.settings = settings;
    }

    @Override
    public void execute(Command.Context context, boolean execute) throws Exception {
      if (!execute || !settings.isEmpty()) {
        context.echo(content);
      } else {
        try (Statement statement = context.connection().createStatement();
            ResultSet plan =
                statement.executeQuery("EXPLAIN " + context.previousSqlCommand().sql)) {
          while (plan.next()) {
            context.writer().println(plan.getString(1));
          }
        }
      }
      context.echo(lines);
    }
  }
}
