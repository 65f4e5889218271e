package io.auspex.shell.terminal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import org.jline.builtins.Less;
import org.jline.builtins.Options;
import org.jline.builtins.Source;
import org.jline.terminal.Terminal;

/**
 * Shows a text that is longer than the screen, in JLine's {@code less}.
 *
 * @param wanted whether the user wants it
 */
record Pager(Terminal terminal, BooleanSupplier wanted) {
  /** The prompt, and what is said of the result. */
  private static final int KEPT = 2;

  /** Lines are not folded, since a table's are to stay together; the arrow keys move sideways. */
  private static final String[] OPTIONS = {"--ignorercfiles", "--chop-long-lines"};

  /** Whether so many lines leave the screen. A terminal that cannot move its cursor has none. */
  boolean isTooLong(long lines) {
    boolean movesCursor = !terminal.getType().startsWith(Terminal.TYPE_DUMB);
    int height = terminal.getHeight();
    return wanted.getAsBoolean() && movesCursor && height > 0 && lines > height - KEPT;
  }

  void show(String text) throws IOException {
    Options options = Options.compile(Less.usage()).parse(OPTIONS);
    try {
      new Less(terminal, Path.of(""), options).run(new Text(text));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }

  private record Text(String text) implements Source {
    @Override
    public String getName() {
      return "Space: on, b: back, arrows: sideways, /: search, q: leave";
    }

    @Override
    public InputStream read() {
      return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Long lines() {
      return text.lines().count();
    }
  }
}
