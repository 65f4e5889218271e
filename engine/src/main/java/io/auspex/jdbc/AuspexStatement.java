package io.auspex.jdbc;

import io.auspex.engine.stream.Progress;

/**
 * What every statement of this driver can say beyond JDBC; reached with {@code
 * statement.unwrap(AuspexStatement.class)}.
 */
public interface AuspexStatement {
  /**
   * How far the running statement is, or how far the last one came. May be asked from any thread,
   * while it runs too.
   */
  Progress progress();
}
