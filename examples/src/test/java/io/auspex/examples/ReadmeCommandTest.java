package io.auspex.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The README's commands, as written; but that which runs this test. */
class ReadmeCommandTest {
  private static final String COMMAND = "./auspex -f examples/flights/score.sql";
  private static final String BETWEEN = "examples/crm/run";

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher is a POSIX shell script")
  void scoresTheFlights(@TempDir Path folder) throws Exception {
    assumeBuilt();
    assertThat(Files.readString(Path.of("README.md"))).contains("\n" + COMMAND + "\n");
    assertThat(Files.readString(Path.of("README.md"))).contains("\nmvn verify\n");
    Run run = run(COMMAND, folder);
    assertThat(run.out).contains("late,10,28618,0.4412,0.8211,0.6744").contains("EWR,TUL");
    assertThat(run.err).contains("82,609 rows");
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, architectures = "amd64", disabledReason = "no servers come for it")
  void scoresBetweenOtherDatabases(@TempDir Path folder) throws Exception {
    assertThat(Files.readString(Path.of("README.md"))).contains("\n" + BETWEEN + "\n");
    Run run = run(BETWEEN, folder);
    assertThat(run.out).contains("In MariaDB's churn_scores:");
    assertThat(run.err).contains("5,174 rows");
  }

  /** The native libraries are some 100 MB; a script that runs every night would fill the disk. */
  @ParameterizedTest
  @ValueSource(strings = {"./auspex", "java -jar shell/target/auspex.jar"})
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher is a POSIX shell script")
  void leavesNothingInTheFolderForTemporaryFiles(String command, @TempDir Path folder)
      throws Exception {
    assumeBuilt();
    Path temporary = Files.createDirectory(folder.resolve("temporary"));
    String model = "udf/src/test/resources/models/affine_scalar_inputs.onnx";
    Run run =
        run(
            "JAVA_TOOL_OPTIONS='-Djava.io.tmpdir="
                + temporary
                + "' "
                + command
                + " -c \"CREATE MODEL m FROM '"
                + model
                + "'\" -c 'SELECT PREDICT(MODEL m, 1, 2, 3) AS y'",
            folder);
    assertThat(run.out).startsWith("y\n");
    // ONNX Runtime leaves an empty folder behind.
    try (Stream<Path> left = Files.walk(temporary)) {
      assertThat(left.filter(Files::isRegularFile)).isEmpty();
    }
  }

  private static void assumeBuilt() {
    assumeTrue(
        Files.exists(Path.of("shell/target/auspex.jar")),
        "the shaded jar is built in the phase package; run mvn verify");
  }

  private record Run(String out, String err) {}

  private static Run run(String command, Path folder) throws Exception {
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    Process process =
        new ProcessBuilder("sh", "-c", command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    assertThat(process.waitFor()).as("%s", Files.readString(err)).isZero();
    return new Run(Files.readString(out), Files.readString(err));
  }
}
