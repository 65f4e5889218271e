package io.auspex.shell.run;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** This process's own standard streams. */
public final class StandardStreams {
  private StandardStreams() {}

  /** They are the process's, and not to be closed. */
  public static Streams open() {
    return Streams.over(
        System.in,
        new FileOutputStream(FileDescriptor.out),
        new FileOutputStream(FileDescriptor.err),
        StandardStreams::isTerminal,
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
