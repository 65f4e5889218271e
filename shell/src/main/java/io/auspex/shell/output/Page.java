package io.auspex.shell.output;

import java.io.Writer;
import java.util.function.IntSupplier;

/**
 * What results are printed on.
 *
 * @param out where they go; printers flush it, and never close it
 * @param terminal whether a person is looking: dim NULLs, and what is too wide stands upright
 * @param width columns of the terminal, asked only when a result may be too wide for it
 * @param rowLimit how many rows of a table are shown; 0 shows all. Formats for programs (csv, json,
 *     jsonl) and vertical never leave out a row.
 */
public record Page(Writer out, boolean terminal, IntSupplier width, int rowLimit) {

  /** Whether a table that shows {@code rows} rows takes no more. */
  boolean isFull(long rows) {
    return rowLimit > 0 && rows >= rowLimit;
  }
}
