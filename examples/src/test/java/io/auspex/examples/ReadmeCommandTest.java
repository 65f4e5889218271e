package io.auspex.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The README's first command, as written; its second is the one that runs this test. */
class ReadmeCommandTest {
  private static final String COMMAND = "./auspex -f examples/flights/score.sql";

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher is a POSIX shell script")
  void scoresTheFlights(@TempDir Path folder) throws Exception {
    assumeTrue(
        Files.exists(Path.of("shell/target/auspex.jar")),
        "the shaded jar is built in the phase package; run mvn verify");
    assertThat(Files.readString(Path.of("README.md"))).contains("\n" + COMMAND + "\n");
    assertThat(Files.readString(Path.of("README.md"))).contains("\nmvn verify\n");
    File out = folder.resolve("out").toFile();
    File err = folder.resolve("err").toFile();
    Process process =
        new ProcessBuilder("sh", "-c", COMMAND).redirectOutput(out).redirectError(err).start();
    assertThat(process.waitFor()).as("%s", text(err)).isZero();
    assertThat(text(out)).contains("late,10,28618,0.4412,0.8211,0.6744").contains("EWR,TUL");
    assertThat(text(err)).contains("82,609 rows");
  }

  private static String text(File file) throws Exception {
    return Files.readString(file.toPath(), StandardCharsets.UTF_8);
  }
}
