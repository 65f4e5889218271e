package io.auspex.sql.bind;

import org.apache.calcite.rel.type.RelDataTypeSystemImpl;

/** To DuckDB, names that differ in case only are the same. */
final class NamesWithoutCase extends RelDataTypeSystemImpl {
  static final NamesWithoutCase INSTANCE = new NamesWithoutCase();

  private NamesWithoutCase() {}

  @Override
  public boolean isSchemaCaseSensitive() {
    return false;
  }
}
