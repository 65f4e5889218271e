package io.auspex.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Arguments, exit codes, and what goes where. */
class ShellTest {
  @TempDir private Path folder;

  @Test
  void resultsGoToStandardOutputAsCsv() {
    assertThat(ShellRun.of("-c", "SELECT 1 AS a, 'x' AS b"))
        .isEqualTo(new ShellRun(0, "a,b\n1,x\n", ""));
  }

  @Test
  void onATerminalTheyStandInABox() {
    assertThat(ShellRun.onTerminal("-c", "SELECT 1 AS a").out())
        .isEqualTo("┌───┐\n│ a │\n├───┤\n│ 1 │\n└───┘\n");
  }

  @Test
  void stepsRunInTheOrderGivenInOneSession() throws IOException {
    Path script = file("two.sql", "INSERT INTO t VALUES (2); SELECT count(*) AS n FROM t;");
    ShellRun run =
        ShellRun.of(
            "-c", "CREATE TABLE t (a INT); INSERT INTO t VALUES (1)",
            "-f", script.toString(),
            "-c", "SELECT max(a) AS m FROM t");
    assertThat(run).isEqualTo(new ShellRun(0, "n\n2\nm\n2\n", "1 row\n1 row\n"));
  }

  @Test
  void withoutStepsAScriptComesFromStandardInput() {
    assertThat(ShellRun.withInput("SELECT 1 AS a;\n-- done\nSELECT 'x;y' AS b").out())
        .isEqualTo("a\n1\nb\nx;y\n");
  }

  @Test
  void withStepsStandardInputIsLeftAlone() {
    assertThat(ShellRun.withInput("SELECT 1/0x", "-c", "SELECT 2 AS a").out()).isEqualTo("a\n2\n");
  }

  @Test
  void aScriptStopsAtItsFirstError() {
    ShellRun run =
        ShellRun.of("-c", "SELECT 1 AS a; SELECT nothing; SELECT 2 AS b", "-c", "SELECT 3 AS c");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out()).isEqualTo("a\n1\n");
    assertThat(run.err()).startsWith("Error").contains("nothing").doesNotContain("\tat ");
  }

  @Test
  void anErrorInAFileNamesItAndTheLine() throws IOException {
    Path script = file("wrong.sql", "SELECT 1 AS a;\n\nSELECT *\nFROM missing;\n");
    ShellRun run = ShellRun.of("-f", script.toString());
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains("wrong.sql, line ").contains("FROM missing");
    assertThat(run.err().lines().filter(line -> line.strip().matches("\\^+"))).hasSize(1);
  }

  @Test
  void aCaretStandsUnderThePlace() {
    assertThat(ShellRun.of("-c", "SELECT 1 AS a;\nSELECT 1,\n nothing").err())
        .matches("Error AX105: .*nothing.*\\R   nothing\\R   \\^\\R");
  }

  @Test
  void noRowsWrittenAreSaidToo() {
    assertThat(
            ShellRun.of("-c", "CREATE TABLE t (a INT); INSERT INTO t SELECT 1 WHERE false").err())
        .isEqualTo("0 rows\n");
  }

  @Test
  void aMissingFileIsAnError() {
    ShellRun run = ShellRun.of("-f", folder.resolve("none.sql").toString());
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).startsWith("Error: the file ").contains("none.sql").hasLineCount(1);
  }

  @Test
  void aWarehouseIsKept() {
    String warehouse = folder.resolve("kept.duckdb").toString();
    assertThat(ShellRun.of(warehouse, "-c", "CREATE TABLE t AS SELECT 1 AS a").exit()).isZero();
    assertThat(ShellRun.of(warehouse, "-c", "FROM t").out()).isEqualTo("a\n1\n");
  }

  @Test
  void aWarehouseThatCannotBeOpenedIsAnError() throws IOException {
    ShellRun run = ShellRun.of(file("no.duckdb", "not a warehouse").toString(), "-c", "SELECT 1");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).startsWith("Error").doesNotContain("\tat ");
  }

  @Test
  void rowsWrittenAreSaid() {
    assertThat(ShellRun.of("-c", "CREATE TABLE t AS SELECT * FROM range(12345)").err())
        .isEqualTo("12,345 rows\n");
  }

  @Test
  void aTableTooLongIsCutAndSaysSo() {
    ShellRun run = ShellRun.of("--format", "box", "--rows", "2", "-c", "FROM range(3000000)");
    assertThat(run.out().lines()).hasSize(6);
    assertThat(run.err()).isEqualTo("2 of 3,000,000 rows shown\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--nonsense",
        "--format xml",
        "--rows many",
        "-c",
        "--var day",
        "--var =3",
        "a b",
        "--form csv"
      })
  void wrongUsageIsTwo(String arguments) {
    ShellRun run = ShellRun.of(arguments.split(" "));
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("auspex --help");
  }

  @Test
  void whatIsMisspeltIsGuessed() {
    assertThat(ShellRun.of("--rwos", "3").err()).startsWith("There is no option --rwos. Did you ");
    assertThat(ShellRun.of("--format", "cssv").err()).contains("Did you mean csv?");
  }

  @Test
  void variablesAreSetBeforeAnythingRuns() {
    assertThat(
            ShellRun.of(
                "-c",
                "SELECT getvariable('day')::DATE + 1 AS d, getvariable('it''s') AS e",
                "--var",
                "day=2026-02-28",
                "--var",
                "it's=a=b; 'c'"))
        .isEqualTo(new ShellRun(0, "d,e\n2026-03-01,a=b; 'c'\n", ""));
  }

  @Test
  void versionAndHelpGoToStandardOutput() {
    assertThat(ShellRun.of("--version").out()).matches("auspex \\d.*\n");
    assertThat(ShellRun.of("--help").out()).contains("--format", "-c", "-f", "--no-progress");
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }
}
