package io.auspex.engine;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The process of a database server, with those it has started: killed, and started as it was. */
final class ChaosServer {
  private static final Duration STARTS = Duration.ofSeconds(60);
  private static final long POLL_MS = 50;

  private final List<String> command;
  private ProcessHandle process;

  /**
   * @param command what starts it again
   */
  ChaosServer(ProcessHandle process, List<String> command) {
    this.process = process;
    this.command = List.copyOf(command);
    // What the JVM leaves must not stay behind it.
    Runtime.getRuntime().addShutdownHook(new Thread(this::killQuietly, "chaos-server-stop"));
  }

  /** With what a process was started. */
  static List<String> commandOf(ProcessHandle process) {
    List<String> command = new ArrayList<>();
    command.add(process.info().command().orElseThrow());
    command.addAll(Arrays.asList(process.info().arguments().orElseThrow()));
    return command;
  }

  /** The process below this one that was started with an argument. */
  static ProcessHandle descendant(String argument) {
    return ProcessHandle.current()
        .descendants()
        .filter(
            candidate ->
                Arrays.asList(candidate.info().arguments().orElse(new String[0]))
                    .contains(argument))
        .findFirst()
        .orElseThrow();
  }

  /** Ends it as SIGKILL does. */
  synchronized void kill() throws Exception {
    List<ProcessHandle> all = new ArrayList<>(List.of(process));
    all.addAll(process.descendants().toList());
    all.forEach(ProcessHandle::destroyForcibly);
    for (ProcessHandle ended : all) {
      ended.onExit().get(STARTS.toSeconds(), TimeUnit.SECONDS);
    }
  }

  private void killQuietly() {
    try {
      kill();
    } catch (Exception e) {
      System.out.println("A server did not stop: " + e);
    }
  }

  synchronized void start() throws IOException {
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .toHandle();
  }

  /** Connects. */
  interface Connecting {
    Connection connect() throws SQLException;
  }

  /** Waits until it answers. */
  void awaitReady(Connecting connecting) throws InterruptedException {
    long deadline = System.nanoTime() + STARTS.toNanos();
    while (true) {
      try (Connection connection = connecting.connect()) {
        return;
      } catch (SQLException e) {
        if (System.nanoTime() > deadline) {
          throw new AssertionError(command + " does not come up", e);
        }
        Thread.sleep(POLL_MS);
      }
    }
  }
}
