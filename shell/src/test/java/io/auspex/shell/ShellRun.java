package io.auspex.shell;

import io.auspex.shell.run.Streams;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;

/** One run of the command with its streams caught. */
record ShellRun(int exit, String out, String err) {

  static ShellRun of(String... arguments) {
    return withInput("", arguments);
  }

  static ShellRun withInput(String input, String... arguments) {
    return run(input, false, arguments);
  }

  /** As if a person saw the results. */
  static ShellRun onTerminal(String... arguments) {
    return run("", true, arguments);
  }

  private static ShellRun run(String input, boolean terminal, String... arguments) {
    StringWriter out = new StringWriter();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Streams streams =
        new Streams(
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            out,
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false,
            terminal,
            false,
            () -> Integer.MAX_VALUE);
    int exit = new Shell(streams).run(arguments);
    return new ShellRun(exit, out.toString(), err.toString(StandardCharsets.UTF_8));
  }
}
