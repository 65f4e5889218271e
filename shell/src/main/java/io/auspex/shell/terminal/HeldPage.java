package io.auspex.shell.terminal;

import java.io.IOException;
import java.io.Writer;

/**
 * Holds a result back until it is whole, and then shows it: as it is, or in the pager if it is
 * longer than the screen. More than anybody pages through is written as it comes.
 */
final class HeldPage extends Writer {
  /** Characters that are held. */
  private static final int MOST = 8 << 20;

  private final Writer out;
  private final Pager pager;
  private final StringBuilder held = new StringBuilder();
  private boolean passing;

  /**
   * @param out stays open
   */
  HeldPage(Writer out, Pager pager) {
    this.out = out;
    this.pager = pager;
  }

  @Override
  public void write(char[] characters, int offset, int length) throws IOException {
    if (!passing) {
      held.append(characters, offset, length);
      passing = held.length() > MOST;
      if (passing) {
        out.write(held.toString());
        held.setLength(0);
      }
    } else {
      out.write(characters, offset, length);
    }
  }

  /** Nothing is shown before it is whole. */
  @Override
  public void flush() throws IOException {
    if (passing) {
      out.flush();
    }
  }

  @Override
  public void close() throws IOException {
    if (pager.isTooLong(held.chars().filter(character -> character == '\n').count())) {
      pager.show(held.toString());
    } else {
      out.write(held.toString());
    }
    held.setLength(0);
    out.flush();
  }
}
