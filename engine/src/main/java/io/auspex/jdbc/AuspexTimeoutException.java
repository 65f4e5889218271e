package io.auspex.jdbc;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;
import java.sql.SQLTimeoutException;

/** TIMEOUT as JDBC tells it: the statement ran longer than its query timeout. */
public final class AuspexTimeoutException extends SQLTimeoutException {
  private static final long serialVersionUID = 1L;

  AuspexTimeoutException(AuspexException error) {
    super(error.getMessage(), error.code().sqlState(), error.code().number(), error);
  }

  public ErrorCode code() {
    return ErrorCode.TIMEOUT;
  }
}
