package io.auspex.sql.parser;

import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.apache.calcite.sql.validate.SqlDelegatingConformance;

/** Babel's liberties, without those that DuckDB does not take. */
final class DuckDbConformance extends SqlDelegatingConformance {
  DuckDbConformance() {
    super(SqlConformanceEnum.BABEL);
  }

  @Override
  public boolean isLimitStartCountAllowed() {
    return false;
  }

  @Override
  public boolean isApplyAllowed() {
    return false;
  }

  @Override
  public boolean isMinusAllowed() {
    return false;
  }

  @Override
  public boolean isValueAllowed() {
    return false;
  }

  @Override
  public boolean allowExtend() {
    return false;
  }

  @Override
  public boolean allowCharLiteralAlias() {
    return false;
  }

  @Override
  public boolean isColonFieldAccessAllowed() {
    return false;
  }

  /** Columns come before aliases; the parser lets no query through in which this matters. */
  @Override
  public boolean isGroupByAlias() {
    return false;
  }

  @Override
  public boolean isHavingAlias() {
    return false;
  }

  @Override
  public SelectAliasLookup isSelectAlias() {
    return SelectAliasLookup.UNSUPPORTED;
  }
}
