package io.auspex.jdbc;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;
import io.auspex.catalog.Position;
import java.sql.SQLException;
import java.util.Optional;

/**
 * An {@link AuspexException} as JDBC tells it: the sentence as its message, the SQLSTATE, and the
 * code's number as its vendor code.
 */
public final class AuspexSqlException extends SQLException {
  private static final long serialVersionUID = 1L;

  private final transient AuspexException error;

  AuspexSqlException(AuspexException error) {
    this(error, error.code().sqlState());
  }

  AuspexSqlException(AuspexException error, String sqlState) {
    super(error.getMessage(), sqlState, error.code().number(), error);
    this.error = error;
  }

  public ErrorCode code() {
    return error.code();
  }

  /** Where in the statement. */
  public Optional<Position> position() {
    return error.position();
  }
}
