package io.auspex.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code auspex serve} and calls of its warehouse, as processes started by the launcher. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the launcher is a POSIX shell script")
@Timeout(120)
class ServeTest {
  private static final int ENDED_BY_SIGTERM = 143;

  @TempDir private Path folder;

  @Test
  void callsAreAnsweredByTheServerWhileItLives() throws Exception {
    assumeTrue(
        Files.exists(Path.of("shell/target/auspex.jar")),
        "the shaded jar is built in the phase package; run mvn verify");
    String warehouse = folder.resolve("w.duckdb").toString();
    Path endpoint = Path.of(warehouse + ".auspex", "server");
    Process server = start("serve", warehouse, "-c", "CREATE TABLE t AS SELECT 42 AS a");
    try {
      await(endpoint, server);
      // It has the warehouse's lock: nobody else could answer.
      assertThat(print("", warehouse, "-c", "SELECT a FROM t")).isEqualTo("0:a\n42\n");
      assertThat(print("SELECT a + 1 AS b FROM t", warehouse)).isEqualTo("0:b\n43\n");
      assertThat(print("", warehouse, "-c", "SELECT nothing")).startsWith("1:Error AX105");
    } finally {
      server.destroy();
    }
    assertThat(server.waitFor()).isEqualTo(ENDED_BY_SIGTERM);
    assertThat(endpoint).doesNotExist();
    assertThat(print("", warehouse, "-c", "SELECT a FROM t")).isEqualTo("0:a\n42\n");
  }

  @Test
  void afterAServerWasKilledCallsDoWithout() throws Exception {
    assumeTrue(
        Files.exists(Path.of("shell/target/auspex.jar")),
        "the shaded jar is built in the phase package; run mvn verify");
    String warehouse = folder.resolve("k.duckdb").toString();
    Path endpoint = Path.of(warehouse + ".auspex", "server");
    Process server = start("serve", warehouse, "-c", "CREATE TABLE t AS SELECT 42 AS a");
    await(endpoint, server);
    server.destroyForcibly().waitFor();
    assertThat(endpoint).exists();
    assertThat(print("", warehouse, "-c", "SELECT a FROM t")).isEqualTo("0:a\n42\n");
  }

  private static Process start(String... arguments) throws IOException {
    String[] command = new String[arguments.length + 1];
    command[0] = "./auspex";
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  /** Exit code, colon, what was printed. */
  private static String print(String input, String... arguments) throws Exception {
    Process process = start(arguments);
    process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().close();
    String printed = output(process);
    return process.waitFor() + ":" + printed;
  }

  private static String output(Process process) throws IOException {
    try (InputStream printed = process.getInputStream()) {
      return new String(printed.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void await(Path file, Process server) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!Files.exists(file)) {
      assertThat(server.isAlive()).isTrue();
      assertThat(System.nanoTime()).isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }
}
