package io.auspex.shell.run;

import java.io.InputStream;
import java.io.PrintStream;
import java.io.Writer;
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
    IntSupplier width) {}
