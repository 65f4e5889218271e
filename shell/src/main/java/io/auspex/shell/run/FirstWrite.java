package io.auspex.shell.run;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;

/** Does something just before the first character is written; what it writes to stays open. */
final class FirstWrite extends FilterWriter {
  private Runnable before;

  FirstWrite(Writer out, Runnable before) {
    super(out);
    this.before = before;
  }

  @Override
  public void write(int character) throws IOException {
    announce();
    super.write(character);
  }

  @Override
  public void write(char[] characters, int offset, int length) throws IOException {
    announce();
    super.write(characters, offset, length);
  }

  @Override
  public void write(String text, int offset, int length) throws IOException {
    announce();
    super.write(text, offset, length);
  }

  @Override
  public void close() throws IOException {
    out.flush();
  }

  private void announce() {
    if (before != null) {
      before.run();
      before = null;
    }
  }
}
