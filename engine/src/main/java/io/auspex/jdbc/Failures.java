package io.auspex.jdbc;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;
import java.sql.SQLException;

/** Errors on their way out of the driver. */
final class Failures {
  private Failures() {}

  /** What a caller of JDBC is to be thrown for {@code failure}. */
  static SQLException of(Exception failure) {
    if (failure instanceof AuspexException known) {
      return known.code() == ErrorCode.TIMEOUT
          ? new AuspexTimeoutException(known)
          : new AuspexSqlException(known);
    }
    if (failure instanceof AuspexSqlException || failure instanceof AuspexTimeoutException) {
      return (SQLException) failure;
    }
    if (failure instanceof SQLException ofDuckDb) {
      return of(ErrorCode.WAREHOUSE, ofDuckDb, ofDuckDb.getMessage());
    }
    return of(ErrorCode.INTERNAL_ERROR, failure, failure);
  }

  static SQLException of(ErrorCode code, Object... arguments) {
    return new AuspexSqlException(new AuspexException(code, arguments));
  }

  static SQLException of(ErrorCode code, Exception cause, Object argument) {
    return new AuspexSqlException(new AuspexException(code, argument).causedBy(cause));
  }

  static SQLException closed(String what) {
    return of(ErrorCode.CLOSED, what);
  }

  static SQLException notOnRow() {
    return of(ErrorCode.ROW_VALUE, "The result set is not on a row. Call next() first.");
  }

  static SQLException unsupported(String what, String instead) {
    return of(ErrorCode.UNSUPPORTED, what, "over JDBC", instead);
  }

  static SQLException unreadable(Object value, String type) {
    return of(
        ErrorCode.ROW_VALUE,
        "The value " + Text.shortened(value) + " cannot be read as " + type + ".");
  }
}
