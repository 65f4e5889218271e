package io.auspex.shell;

import io.auspex.shell.run.Streams;
import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/** The command {@code auspex}. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    int exit = new Shell(standardStreams()).run(arguments);
    System.out.flush();
    System.err.flush();
    // Ends threads of native libraries, and runs the hooks that delete what was unpacked.
    System.exit(exit);
  }

  private static Streams standardStreams() {
    Writer out =
        new BufferedWriter(
            new OutputStreamWriter(
                new FileOutputStream(FileDescriptor.out), StandardCharsets.UTF_8),
            1 << 16);
    PrintStream err =
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    return new Streams(System.in, out, err, isTerminal(0), isTerminal(1), isTerminal(2));
  }

  /**
   * Whether a person is at a standard stream. The launcher knows of each and says so in {@code
   * auspex.terminals}, such as {@code 0 2}; Java knows only of input and output together.
   */
  private static boolean isTerminal(int descriptor) {
    String told = System.getProperty("auspex.terminals");
    return told == null ? System.console() != null : told.contains(String.valueOf(descriptor));
  }
}
