package io.auspex.engine;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Another JVM, like this one, that runs a class of the tests and talks over its standard output.
 */
final class ChildJvm implements AutoCloseable {
  private static final int ENDS_SECONDS = 60;

  private final Process process;
  private final Path temporary;
  private final BufferedReader output;
  private final List<String> said = new ArrayList<>();

  private ChildJvm(Process process, Path temporary) {
    this.process = process;
    this.temporary = temporary;
    this.output = process.inputReader();
  }

  static ChildJvm start(Class<?> main, Object... arguments) throws IOException {
    return start(main, List.of("-Xmx512m"), Map.of(), arguments);
  }

  static ChildJvm start(
      Class<?> main, List<String> options, Map<String, String> environment, Object... arguments)
      throws IOException {
    // DuckDB's library, 70 MB, is unpacked there, and stays behind when the child is killed.
    Path temporary = Files.createTempDirectory("auspex-child-");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.add("--add-opens=java.base/java.nio=ALL-UNNAMED");
    command.add("-Dauspex.root=" + System.getProperty("auspex.root"));
    command.add("-Djava.io.tmpdir=" + temporary);
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(main.getName());
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    return new ChildJvm(builder.start(), temporary);
  }

  long pid() {
    return process.pid();
  }

  /** Waits until the child says a line that begins so, and gives the rest of it. */
  String await(String beginning) throws IOException {
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      said.add(line);
      if (line.startsWith(beginning)) {
        return line.substring(beginning.length()).strip();
      }
    }
    throw new AssertionError("The child did not say " + beginning + ", but:\n" + said());
  }

  /** All it has said and was listened to. */
  String said() {
    return String.join("\n", said);
  }

  /** Tells the child, which waits for its standard input to end, to go on. */
  void release() throws IOException {
    try (OutputStream input = process.getOutputStream()) {
      input.flush();
    }
  }

  /** What a child calls that waits for {@link #release}. */
  static void awaitRelease() {
    try {
      System.in.read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends the child as SIGKILL does: it gets no chance to clean up. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /** Waits for its end. */
  int exitCode() throws InterruptedException {
    if (!process.waitFor(ENDS_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("The child does not end. It said:\n" + said());
    }
    return process.exitValue();
  }

  @Override
  public void close() throws IOException, InterruptedException {
    kill();
    WarehouseFolder.delete(temporary);
  }
}
