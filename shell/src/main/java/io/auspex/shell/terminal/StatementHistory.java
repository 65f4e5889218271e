package io.auspex.shell.terminal;

import io.auspex.engine.Script;
import java.time.Instant;
import org.jline.reader.impl.history.DefaultHistory;

/** What was typed, in memory and in its file, with {@code '***'} for passwords. */
final class StatementHistory extends DefaultHistory {

  @Override
  public void add(Instant time, String line) {
    super.add(time, Script.withoutSecrets(line));
  }
}
