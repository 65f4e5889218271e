package io.auspex.engine;

/**
 * What a statement of a session finds there.
 *
 * @param inTransaction whether a transaction is open
 * @param temporaryObjects whether there are temporary tables or views
 * @param searchPath where names are looked for; empty for DuckDB's default
 */
record Surroundings(boolean inTransaction, boolean temporaryObjects, String searchPath) {

  /** Whether other connections would not see what the session sees. */
  boolean unlikeOthers() {
    return inTransaction || temporaryObjects;
  }
}
