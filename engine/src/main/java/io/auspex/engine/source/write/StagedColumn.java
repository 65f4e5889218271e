package io.auspex.engine.source.write;

import io.auspex.engine.source.type.DuckType;

/**
 * A column of the staging table.
 *
 * @param name that of the target's column
 * @param type what the rows have, in DuckDB's terms
 * @param stagedAs its type in the staging table, as the source writes it
 * @param landsAs what it is cast to on its way into the target; the same where nothing is
 */
record StagedColumn(String name, DuckType type, String stagedAs, String landsAs) {

  boolean isCast() {
    return !stagedAs.equals(landsAs);
  }
}
