package io.auspex.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
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

  @BeforeEach
  void needsTheJar() {
    assumeTrue(
        Files.exists(Path.of("shell/target/auspex.jar")),
        "the shaded jar is built in the phase package; run mvn verify");
  }

  @Test
  void callsAreAnsweredByTheServerWhileItLives() throws Exception {
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

  /** ONNX Runtime computes and has its own hook for the process's end. */
  @Test
  void aServerEndsInOrderWhileItPredicts() throws Exception {
    String warehouse = folder.resolve("p.duckdb").toString();
    String model =
        "CREATE MODEL churn FROM 'examples/churn/models/churn.onnx' OUTPUTS (output_probability AS p)";
    Process server = start("serve", warehouse, "-c", model);
    await(Path.of(warehouse + ".auspex", "server"), server);
    String customers = "FROM 'examples/churn/data/customers.parquet'";
    String endless =
        "CREATE TABLE scores AS SELECT p['Yes'] AS p FROM PREDICT(MODEL churn, (SELECT c.* "
            + customers
            + " c, range(1000000)))";
    Process call =
        start(
            warehouse,
            "-c",
            "SET predict_kernel = 'onnxruntime'; SET predict_strategy = 'stream'",
            "-c",
            "SELECT count(*) AS n FROM PREDICT(MODEL churn, ("
                + customers
                + ")) WHERE p['Yes'] > 2",
            "-c",
            endless);
    assertThat(line(call)).isEqualTo("n");
    assertThat(line(call)).isEqualTo("0");
    TimeUnit.MILLISECONDS.sleep(500);
    assertThat(call.isAlive()).isTrue();
    server.destroy();
    assertThat(server.waitFor()).isEqualTo(ENDED_BY_SIGTERM);
    assertThat(output(call)).startsWith("Error");
    assertThat(call.waitFor()).isEqualTo(1);
    assertThat(print("", warehouse, "-c", "FROM scores")).contains("scores does not exist");
  }

  /** One line of what it prints, without what follows. */
  private static String line(Process process) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = process.getInputStream().read(); next >= 0 && next != '\n'; ) {
      line.append((char) next);
      next = process.getInputStream().read();
    }
    return line.toString();
  }

  @Test
  void afterAServerWasKilledCallsDoWithout() throws Exception {
    String warehouse = folder.resolve("k.duckdb").toString();
    Path endpoint = Path.of(warehouse + ".auspex", "server");
    Process server = start("serve", warehouse, "-c", "CREATE TABLE t AS SELECT 42 AS a");
    await(endpoint, server);
    server.destroyForcibly().waitFor();
    assertThat(endpoint).exists();
    assertThat(print("", warehouse, "-c", "SELECT a FROM t")).isEqualTo("0:a\n42\n");
    assertThat(endpoint).doesNotExist();
  }

  private static Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(arguments));
    command.add(0, "./auspex");
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
