package io.auspex.shell.run;

import java.io.BufferedWriter;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.function.IntPredicate;
import java.util.function.IntSupplier;

/**
 * Where the shell reads and writes: results go to {@code out}, everything else to {@code err}.
 *
 * @param inTerminal whether a person types the input
 * @param outTerminal whether a person sees the results
 * @param errTerminal whether a person sees the rest, progress among it
 * @param width the terminal's columns, asked each time
 */
public record Streams(
    InputStream in,
    Writer out,
    PrintStream err,
    boolean inTerminal,
    boolean outTerminal,
    boolean errTerminal,
    IntSupplier width) {
  private static final int OUT_CHARACTERS = 1 << 16;

  /**
   * Over streams of bytes in UTF-8, which are closed with {@code out} and {@code err}.
   *
   * @param isTerminal by descriptor: 0 is input, 1 output, 2 errors
   */
  public static Streams over(
      InputStream in,
      OutputStream out,
      OutputStream err,
      IntPredicate isTerminal,
      IntSupplier width) {
    return new Streams(
        in,
        new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), OUT_CHARACTERS),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        isTerminal.test(0),
        isTerminal.test(1),
        isTerminal.test(2),
        width);
  }
}
