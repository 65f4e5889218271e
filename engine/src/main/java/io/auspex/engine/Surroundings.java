package io.auspex.engine;

import java.util.List;

/**
 * What a statement of a session finds there.
 *
 * @param inTransaction whether a transaction is open
 * @param localObjects whether there are temporary objects, or variables that cannot be set
 *     elsewhere
 * @param searchPath where names are looked for; empty for DuckDB's default
 * @param settings statements that give another connection the session's own settings and variables
 */
record Surroundings(
    boolean inTransaction, boolean localObjects, String searchPath, List<String> settings) {
  Surroundings {
    settings = List.copyOf(settings);
  }

  /** Whether other connections would not see what the session sees. */
  boolean unlikeOthers() {
    return inTransaction || localObjects;
  }
}
