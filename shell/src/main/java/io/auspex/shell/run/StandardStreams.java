package io.auspex.shell.run;

import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** This process's own standard streams. */
public final class StandardStreams {
  private static final int OUT_CHARACTERS = 1 << 16;

  private StandardStreams() {}

  /** They are the process's, and not to be closed. */
  public static Streams open() {
    Writer out =
        new BufferedWriter(
            new OutputStreamWriter(
                new FileOutputStream(FileDescriptor.out), StandardCharsets.UTF_8),
            OUT_CHARACTERS);
    PrintStream err =
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    return new Streams(
        System.in,
        out,
        err,
        isTerminal(0),
        isTerminal(1),
        isTerminal(2),
        StandardStreams::terminalWidth);
  }

  /**
   * Whether a person is at a standard stream. The launcher knows of each and says so in {@code
   * auspex.terminals}, such as {@code 02}; Java knows only of input and output together.
   */
  private static boolean isTerminal(int descriptor) {
    String told = System.getProperty("auspex.terminals");
    return told == null ? System.console() != null : told.contains(String.valueOf(descriptor));
  }

  /** Opens the terminal only to measure it: without a prompt, nothing else needs one. */
  private static int terminalWidth() {
    try (Terminal terminal = TerminalBuilder.builder().system(true).build()) {
      return terminal.getWidth() > 0 ? terminal.getWidth() : Integer.MAX_VALUE;
    } catch (IOException e) {
      return Integer.MAX_VALUE;
    }
  }
}
