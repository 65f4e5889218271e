package io.auspex.engine.source.write;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;
import io.auspex.engine.source.SourceErrors;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import org.sqlite.SQLiteException;

/**
 * What a source said when it was written to, in our terms: whose turn it is to do something. What
 * means that the connection is gone, {@link SourceErrors} knows.
 */
final class WriteErrors {
  /** By SQLSTATE, or the class that its first two characters are. */
  private static final Map<String, ErrorCode> STATES =
      Map.ofEntries(
          Map.entry("42501", ErrorCode.WRITE_DENIED),
          Map.entry("25006", ErrorCode.WRITE_DENIED),
          Map.entry("28", ErrorCode.WRITE_DENIED),
          Map.entry("40", ErrorCode.WRITE_CONFLICT),
          Map.entry("55P03", ErrorCode.WRITE_CONFLICT),
          Map.entry("53100", ErrorCode.WRITE_FULL),
          Map.entry("53", ErrorCode.WRITE_FULL),
          Map.entry("23", ErrorCode.WRITE_RULE),
          Map.entry("21000", ErrorCode.WRITE_RULE),
          Map.entry("22", ErrorCode.WRITE_RULE),
          Map.entry("57014", ErrorCode.WRITE_TIMEOUT),
          Map.entry("57P03", ErrorCode.WRITE_LOST));

  /** MariaDB's numbers, which say more than its states. */
  private static final Map<Integer, ErrorCode> NUMBERS =
      Map.ofEntries(
          Map.entry(1044, ErrorCode.WRITE_DENIED),
          Map.entry(1142, ErrorCode.WRITE_DENIED),
          Map.entry(1143, ErrorCode.WRITE_DENIED),
          Map.entry(1227, ErrorCode.WRITE_DENIED),
          Map.entry(1290, ErrorCode.WRITE_DENIED),
          Map.entry(1792, ErrorCode.WRITE_DENIED),
          Map.entry(1265, ErrorCode.WRITE_RULE),
          Map.entry(1292, ErrorCode.WRITE_RULE),
          Map.entry(1366, ErrorCode.WRITE_RULE),
          Map.entry(1205, ErrorCode.WRITE_CONFLICT),
          Map.entry(1213, ErrorCode.WRITE_CONFLICT),
          Map.entry(1020, ErrorCode.WRITE_CONFLICT),
          Map.entry(1021, ErrorCode.WRITE_FULL),
          Map.entry(1030, ErrorCode.WRITE_FULL),
          Map.entry(1114, ErrorCode.WRITE_FULL),
          Map.entry(1317, ErrorCode.WRITE_TIMEOUT),
          Map.entry(1969, ErrorCode.WRITE_TIMEOUT),
          Map.entry(3024, ErrorCode.WRITE_TIMEOUT));

  /** SQLite's primary codes. */
  private static final Map<Integer, ErrorCode> SQLITE =
      Map.of(
          3, ErrorCode.WRITE_DENIED,
          8, ErrorCode.WRITE_DENIED,
          5, ErrorCode.WRITE_CONFLICT,
          6, ErrorCode.WRITE_CONFLICT,
          13, ErrorCode.WRITE_FULL,
          19, ErrorCode.WRITE_RULE);

  private static final int SQLITE_PRIMARY = 0xff;

  private WriteErrors() {}

  /** The error to tell; one that is ours already stays as it is. */
  static AuspexException of(SourceTarget target, Throwable thrown) {
    return SourceErrors.known(thrown)
        .orElseGet(
            () ->
                new AuspexException(
                        code(thrown),
                        target.fullName(),
                        target.source().name(),
                        SourceErrors.sentence(thrown))
                    .causedBy(thrown));
  }

  private static ErrorCode code(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLiteException sqlite) {
        ErrorCode code = SQLITE.get(sqlite.getResultCode().code & SQLITE_PRIMARY);
        return code == null ? ErrorCode.WRITE_FAILED : code;
      } else if (cause instanceof SQLException failure) {
        return ofState(failure)
            .orElseGet(() -> isLost(thrown) ? ErrorCode.WRITE_LOST : ErrorCode.WRITE_FAILED);
      }
    }
    return isLost(thrown) ? ErrorCode.WRITE_LOST : ErrorCode.WRITE_FAILED;
  }

  private static Optional<ErrorCode> ofState(SQLException failure) {
    String state = String.valueOf(failure.getSQLState());
    String group = state.substring(0, Math.min(2, state.length()));
    ErrorCode byNumber = NUMBERS.get(failure.getErrorCode());
    ErrorCode code = byNumber != null ? byNumber : STATES.getOrDefault(state, STATES.get(group));
    return Optional.ofNullable(code);
  }

  /** Whether the connection is gone. */
  static boolean isLost(Throwable thrown) {
    return SourceErrors.isBroken(thrown) || is(thrown, ErrorCode.WRITE_LOST);
  }

  private static boolean is(Throwable thrown, ErrorCode code) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException failure) {
        return ofState(failure).filter(code::equals).isPresent();
      }
    }
    return false;
  }

  /** Whether the same may well succeed a little later, provided that it has done nothing. */
  static boolean isTransient(Throwable thrown) {
    return isLost(thrown)
        || SourceErrors.isTransient(thrown)
        || is(thrown, ErrorCode.WRITE_CONFLICT);
  }
}
