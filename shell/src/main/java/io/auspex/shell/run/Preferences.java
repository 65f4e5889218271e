package io.auspex.shell.run;

import io.auspex.shell.output.Format;

/** What the user chose, on the command line or with a dot command. Not thread-safe. */
public final class Preferences {

  /** Rows of a table that are shown unless the user says otherwise. */
  public static final int DEFAULT_ROW_LIMIT = 1_000;

  private Format format;
  private int rowLimit = DEFAULT_ROW_LIMIT;
  private boolean timing;
  private boolean pager = true;
  private final boolean progress;

  /**
   * @param timing whether to say how long a statement took
   * @param progress whether to show how far a statement is, where a person can see it
   */
  public Preferences(Format format, boolean timing, boolean progress) {
    this.format = format;
    this.timing = timing;
    this.progress = progress;
  }

  public Format format() {
    return format;
  }

  public void format(Format chosen) {
    format = chosen;
  }

  /** Rows of a box or Markdown table that are shown; 0 shows all. */
  public int rowLimit() {
    return rowLimit;
  }

  public void rowLimit(int chosen) {
    rowLimit = chosen;
  }

  public boolean timing() {
    return timing;
  }

  public void timing(boolean chosen) {
    timing = chosen;
  }

  /** Whether an interactive result longer than the screen is shown page by page. */
  public boolean pager() {
    return pager;
  }

  public void pager(boolean chosen) {
    pager = chosen;
  }

  public boolean progress() {
    return progress;
  }
}
