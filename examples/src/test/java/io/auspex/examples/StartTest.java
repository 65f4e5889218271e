package io.auspex.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The shell starts fast, because its classes come out of an archive that the launcher keeps. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the launcher is a POSIX shell script")
class StartTest {
  private static final int JVM = Runtime.version().feature();
  private static final Path TARGET = Path.of("shell/target");

  @Test
  void classesComeFromTheArchiveOfTheFirstRun() throws Exception {
    assumeTrue(
        Files.exists(TARGET.resolve("auspex.jar")),
        "the shaded jar is built in the phase package; run mvn verify");
    assertThat(print("./auspex", "-c", "SELECT 1 AS a")).isEqualTo("a\n1\n");
    Path archive = archive();
    assertThat(archive).isNotEmptyFile();

    String loaded =
        print(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:SharedArchiveFile=" + archive.toAbsolutePath(),
            "-Xshare:auto",
            "-Xlog:class+load",
            "-jar",
            TARGET.resolve("launch/auspex.jar").toAbsolutePath().toString(),
            "--help");
    assertThat(loaded.lines().filter(line -> line.contains("io.auspex.shell.")))
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line).contains("shared objects file"));
  }

  /** The archive of this JVM, whose name tells it from others of its version. */
  private static Path archive() throws IOException {
    try (DirectoryStream<Path> found =
        Files.newDirectoryStream(TARGET, "auspex-" + JVM + "-*.jsa")) {
      List<Path> archives = new ArrayList<>();
      found.forEach(archives::add);
      assertThat(archives).hasSize(1);
      return archives.get(0);
    }
  }

  @Test
  void withoutAnArchiveItStartsAllTheSame() throws Exception {
    assumeTrue(
        Files.exists(TARGET.resolve("auspex.jar")),
        "the shaded jar is built in the phase package; run mvn verify");
    assertThat(print("./auspex", "-c", "SELECT 1 AS a")).isEqualTo("a\n1\n");
    Path archive = archive();
    Path kept = Files.move(archive, archive.resolveSibling("archive.kept"));
    try {
      Files.writeString(archive, "no archive");
      assertThat(print("./auspex", "-c", "SELECT 1 AS a")).isEqualTo("a\n1\n");
      Files.writeString(archive, "");
      assertThat(print("./auspex", "-c", "SELECT 1 AS a")).isEqualTo("a\n1\n");
    } finally {
      Files.move(kept, archive, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static String print(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(printed).isZero();
    return printed;
  }
}
