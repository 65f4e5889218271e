package io.auspex.shell.terminal;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The command in a process of its own, on a pseudo-terminal of the operating system's: {@code
 * script} of util-linux makes it.
 */
final class PtyShell extends Driven {
  private static final int QUIET_SINCE = 23;
  private static final Path SCRIPT = Path.of("/usr/bin/script");

  /**
   * Who starts the tests in the background lets them ignore Ctrl-C, and what they start does so too
   * unless it is told not to.
   */
  private static final String[] HEEDS_CONTROL_C = {"/usr/bin/env", "--default-signal=INT"};

  /** As the launcher finds out. */
  private static final String TERMINALS =
      "t=; for d in 0 1 2; do if [ -t $d ]; then t=$t$d; fi; done; exec ";

  private final Process process;
  private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
  private final Thread reading;

  /**
   * @param home where the history is kept
   * @param arguments what a POSIX shell reads after the command
   * @param redirections such as {@code >out.csv}; all else is the terminal
   */
  PtyShell(Path home, int columns, int rows, String arguments, String redirections)
      throws IOException {
    super(columns, rows);
    assumeTrue(Files.isExecutable(SCRIPT), "the test needs util-linux's script");
    String size = "stty rows " + rows + " cols " + columns + "; ";
    String command = "{ " + TERMINALS + command(home) + " " + arguments + "; } " + redirections;
    ProcessBuilder builder =
        new ProcessBuilder(
            HEEDS_CONTROL_C[0],
            HEEDS_CONTROL_C[1],
            SCRIPT.toString(),
            "-qfec",
            size + command,
            "/dev/null");
    builder.environment().putAll(Map.of("TERM", "xterm-256color", "LC_ALL", "C.UTF-8"));
    builder.environment().put("SHELL", "/bin/sh");
    // The tests of a page run as its reader does: at the project's root.
    builder.directory(Path.of(System.getProperty("auspex.root")).toFile());
    process = builder.redirectErrorStream(true).start();
    reading = new Thread(() -> read(process.getInputStream()), "screen");
    reading.setDaemon(true);
    reading.start();
  }

  /** What the launcher and the jar's manifest say to newer JVMs, which else complain. */
  private static String quietly() {
    return Runtime.version().feature() >= QUIET_SINCE
        ? "--sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED"
        : "";
  }

  private static String command(Path home) {
    return String.join(
        " ",
        "'" + Path.of(System.getProperty("java.home"), "bin", "java") + "'",
        "-XX:+UseSerialGC -XX:TieredStopAtLevel=1 --add-opens=java.base/java.nio=ALL-UNNAMED",
        quietly(),
        "-Dauspex.terminals=$t",
        "'-Duser.home=" + home + "'",
        "-cp '" + System.getProperty("java.class.path") + "'",
        "io.auspex.shell.Main");
  }

  private void read(InputStream output) {
    byte[] bytes = new byte[1 << 12];
    try {
      for (int length = output.read(bytes); length >= 0; length = output.read(bytes)) {
        synchronized (screen) {
          screen.write(bytes, 0, length);
        }
      }
    } catch (IOException e) {
      // The process was ended.
    }
  }

  @Override
  OutputStream keys() {
    return process.getOutputStream();
  }

  @Override
  String written() {
    synchronized (screen) {
      return screen.toString(StandardCharsets.UTF_8);
    }
  }

  /** The exit code, once the process has ended. */
  int exit() throws InterruptedException {
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new AssertionError("the shell did not end:\n" + screen().text());
    }
    reading.join();
    return process.exitValue();
  }

  @Override
  public void close() throws Exception {
    process.getOutputStream().close();
    process.descendants().forEach(ProcessHandle::destroy);
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}
