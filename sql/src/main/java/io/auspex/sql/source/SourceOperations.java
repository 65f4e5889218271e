package io.auspex.sql.source;

import io.auspex.sql.context.RemoteColumn;
import io.auspex.sql.context.RemoteSystem;

/** Which columns other databases sort and group as DuckDB does. */
public record SourceOperations(RemoteSystem system) {

  /**
   * Whether sorted rows have the same order. NULLs are placed as the plan says; NaN is the greatest
   * in PostgreSQL, too. To MySQL, the date 0000-00-00, NULL here, is the least.
   */
  public boolean hasOrder(RemoteColumn column) {
    return switch (SourceType.of(column, system)) {
      case INTEGER, DECIMAL, BOOLEAN, DOUBLE -> true;
      case TEXT -> SourceCollation.hasOrder(column, system);
      case DATE, TIMESTAMP -> system == RemoteSystem.POSTGRESQL;
      case OTHER -> false;
    };
  }

  /** Whether it is known how to ask for the first rows alone. */
  public boolean canTake() {
    return system != RemoteSystem.GENERIC;
  }

  /** Whether the same values are equal. Of doubles, 0 and −0 are, and either may stand for both. */
  public boolean hasEquality(RemoteColumn column) {
    return switch (SourceType.of(column, system)) {
      case INTEGER, DECIMAL, BOOLEAN -> true;
      case TEXT -> SourceCollation.isExact(column, system);
      case DATE, TIMESTAMP -> system == RemoteSystem.POSTGRESQL;
      case DOUBLE, OTHER -> false;
    };
  }
}
