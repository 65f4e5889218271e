package io.auspex.sql.validate;

import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.apache.calcite.sql.validate.SqlDelegatingConformance;

/**
 * How names are looked up. Where DuckDB takes a name for what SELECT calls so and Calcite would
 * too, but in another order, Calcite must not find it.
 */
final class NameLookup extends SqlDelegatingConformance {
  static final NameLookup INSTANCE = new NameLookup();

  private NameLookup() {
    super(SqlConformanceEnum.DEFAULT);
  }

  @Override
  public boolean isGroupByAlias() {
    return false;
  }

  @Override
  public boolean isGroupByOrdinal() {
    return true;
  }

  @Override
  public boolean isHavingAlias() {
    return false;
  }

  @Override
  public boolean isSortByAlias() {
    return true;
  }

  @Override
  public boolean isSortByOrdinal() {
    return true;
  }
}
