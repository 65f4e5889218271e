package io.auspex.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Passwords go into a session in every way there is, right and wrong, and come out in none: all
 * that processes of the shell print, and all files they leave, are looked through.
 */
@Timeout(180)
class NoSecretTest {
  private static final String SECRET = "hunter2Zx9";

  /** What scripts are in, and the password's file; all else is what the shell made. */
  @TempDir private Path given;

  @TempDir private Path made;

  @Test
  void noPasswordIsPrintedOrKept() throws Exception {
    Path password = Files.writeString(given.resolve("password"), SECRET + "\n");
    String sqlite = "'jdbc:sqlite:" + made.resolve("other.sqlite") + "'";
    String good =
        """
        CREATE SOURCE literal URL %1$s USER 'me' PASSWORD '%2$s';
        CREATE SOURCE environment URL %1$s USER 'me' PASSWORD FROM ENV 'AUSPEX_TEST_PASSWORD';
        CREATE SOURCE file URL %1$s USER 'me' PASSWORD FROM FILE '%3$s';
        CREATE OR REPLACE SOURCE literal URL %1$s USER 'you' PASSWORD '%2$s' WITH (fetch_size = 9);
        CREATE SOURCE server URL 'jdbc:postgresql://localhost:1/x' USER 'me' PASSWORD '%2$s'
            WITH (connect = false);
        SHOW SOURCES;
        DESCRIBE SOURCE literal;
        DESCRIBE SOURCE environment;
        DESCRIBE SOURCE file;
        SHOW TABLES FROM literal;
        SELECT * FROM auspex.source;
        EXPLAIN SELECT * FROM auspex.source;
        EXPLAIN ANALYZE SELECT * FROM auspex.source;
        BEGIN; CREATE SOURCE lost URL %1$s PASSWORD '%2$s'; ROLLBACK;
        DROP SOURCE file;
        """
            .formatted(sqlite, SECRET, password);
    StringBuilder printed = new StringBuilder(run(good, 0));
    assertThat(printed).contains("sealed", "AUSPEX_TEST_PASSWORD", "you", "fetch_size");
    for (String bad : bad(sqlite)) {
      printed.append(run(bad.replace("$", SECRET), 1));
    }

    assertThat(printed).contains("Error AX").contains("'***'").doesNotContain(SECRET);
    for (Path file : filesMade()) {
      assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(SECRET))
          .as("%s has the password", file)
          .isFalse();
    }
    assertThat(filesMade()).contains(made.resolve("w.duckdb"), made.resolve("key"));
  }

  private static List<String> bad(String sqlite) {
    return List.of(
        "CREATE SOURCE x URL 'jdbc:postgresql://localhost:1/x' USER 'me' PASSWORD '$'",
        "CREATE SOURCE x URL 'jdbc:mariadb://localhost:1/x' USER 'me' PASSWORD '$'",
        "CREATE SOURCE x URL 'jdbc:nosuch:x' PASSWORD '$'",
        "CREATE SOURCE x URL 'jdbc:postgresql://me:$@localhost:1/x'",
        "CREATE SOURCE x URL 'jdbc:postgresql://localhost:1/x?password=$'",
        "CREATE SOURCE x URL " + sqlite + " PASSWORD $",
        "CREATE SOURCE x URL " + sqlite + " PASSWORD \"$\"",
        "CREATE SOURCE x URL " + sqlite + " PASSWORD FROM '$'",
        "CREATE SOURCE x URL " + sqlite + " PASSWORD '$' '$'",
        "CREATE SOURCE x URL " + sqlite + " PASSWORD '$ is 'mine'",
        "CREATE SOURCE x URL " + sqlite + " PASSWORD '$",
        "CREATE SOURCE x URL " + sqlite + " WITH (password = '$')",
        "CREATE SOURCE x URL " + sqlite + " WITH (nosuch = 1) PASSWORD '$'",
        "CREATE SOURCE literal URL " + sqlite + " PASSWORD '$'",
        "CREATE SORUCE x URL " + sqlite + " PASSWORD '$'",
        "EXPLAIN CREATE SOURCE x URL " + sqlite + " PASSWORD '$'",
        "ALTER SOURCE literal PASSWORD '$'",
        "CREATE SECRET (TYPE nosuch, PASSWORD '$')",
        "FROM server.public.t",
        "SHOW TABLES FROM server");
  }

  /** Runs a script in a process of its own, and returns all it prints. */
  private String run(String script, int exit) throws IOException, InterruptedException {
    Path file = Files.writeString(given.resolve("script.sql"), script);
    Path output = given.resolve("output");
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "-Djava.io.tmpdir=" + Files.createDirectories(made.resolve("tmp")),
            "-Duser.home=" + Files.createDirectories(made.resolve("home")),
            "-cp",
            System.getProperty("java.class.path"),
            "io.auspex.shell.Main",
            made.resolve("w.duckdb").toString(),
            "-f",
            file.toString());
    builder.environment().put("AUSPEX_TEST_PASSWORD", SECRET);
    builder.environment().put("AUSPEX_KEY_FILE", made.resolve("key").toString());
    builder.directory(Files.createDirectories(made.resolve("work")).toFile());
    builder.redirectErrorStream(true).redirectOutput(output.toFile());
    Process process = builder.start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    String printed = Files.readString(output);
    assertThat(process.exitValue()).as(printed).isEqualTo(exit);
    return printed;
  }

  private List<Path> filesMade() throws IOException {
    try (Stream<Path> files = Files.walk(made)) {
      return new ArrayList<>(files.filter(Files::isRegularFile).toList());
    }
  }
}
