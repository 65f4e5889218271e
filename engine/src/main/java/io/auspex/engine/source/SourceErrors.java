package io.auspex.engine.source;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;
import io.auspex.catalog.Source;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Optional;
import java.util.Set;
import org.sqlite.SQLiteException;

/** What drivers throw, in our terms: which source, what it said, whether to try again. */
public final class SourceErrors {
  /** Shutting down, starting up, too many connections; serialization failures and deadlocks. */
  private static final Set<String> TRANSIENT_STATES =
      Set.of("57P01", "57P02", "57P03", "53300", "40001", "40P01");

  /** MariaDB's: too many connections, lock wait timeout, deadlock, killed, shutting down. */
  private static final Set<Integer> TRANSIENT_NUMBERS = Set.of(1040, 1053, 1205, 1213, 1927);

  /** SQLite's BUSY and LOCKED, below what its extended codes add. */
  private static final Set<Integer> SQLITE_TRANSIENT = Set.of(5, 6);

  private static final int SQLITE_PRIMARY = 0xff;
  private static final String CONNECTION = "08";

  private SourceErrors() {}

  /**
   * The error of a statement that failed in the source; one that is ours already stays as it is.
   */
  public static AuspexException of(Source source, Throwable thrown) {
    Optional<AuspexException> known = known(thrown);
    if (known.isPresent()) {
      return known.get();
    }
    ErrorCode code = isBroken(thrown) ? ErrorCode.SOURCE_LOST : ErrorCode.SOURCE_REFUSED;
    return new AuspexException(code, source.name(), sentence(thrown)).causedBy(thrown);
  }

  /** The error of a connection that was not to be had. */
  static AuspexException unreachable(Source source, Throwable thrown, String secret) {
    Optional<AuspexException> known = known(thrown);
    if (known.isPresent()) {
      return known.get();
    }
    Throwable told = thrown;
    // The pool's own words are those of its outermost exceptions.
    while (told.getCause() != null && told.getClass().getName().contains("hikari")
        || told instanceof java.sql.SQLTransientConnectionException && told.getCause() != null) {
      told = told.getCause();
    }
    String sentence = sentence(told);
    if (secret.length() > 2) {
      sentence = sentence.replace(secret, "…");
    }
    // No cause: a driver may have put the password in its text.
    return new AuspexException(ErrorCode.SOURCE_UNREACHABLE, source.name(), sentence);
  }

  private static Optional<AuspexException> known(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof AuspexException known) {
        return Optional.of(known);
      }
    }
    return Optional.empty();
  }

  /**
   * Whether the same statement may well succeed a little later, provided that it has done nothing.
   */
  public static boolean isTransient(Throwable thrown) {
    if (isBroken(thrown)) {
      return true;
    }
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof AuspexException known) {
        return known.code() == ErrorCode.SOURCE_LOST
            || known.code() == ErrorCode.SOURCE_UNREACHABLE;
      } else if (cause instanceof SQLTransientException) {
        return true;
      } else if (cause instanceof SQLiteException sqlite) {
        return SQLITE_TRANSIENT.contains(sqlite.getResultCode().code & SQLITE_PRIMARY);
      } else if (cause instanceof SQLException failure) {
        return TRANSIENT_STATES.contains(String.valueOf(failure.getSQLState()))
            || TRANSIENT_NUMBERS.contains(failure.getErrorCode());
      }
    }
    return false;
  }

  /** Whether the connection is gone. */
  static boolean isBroken(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException
          || cause instanceof SQLRecoverableException
          || cause instanceof SQLException failure
              && String.valueOf(failure.getSQLState()).startsWith(CONNECTION)) {
        return true;
      }
    }
    return false;
  }

  /** What the driver said, as the part of a sentence: one line, without a full stop. */
  static String sentence(Throwable thrown) {
    String message = String.valueOf(thrown.getMessage());
    if (thrown instanceof SQLException == false && thrown.getMessage() == null) {
      message = thrown.getClass().getSimpleName();
    }
    // MariaDB's driver puts the number of the connection in front.
    String text = message.replaceFirst("^\\(conn=\\d+\\) ", "").strip();
    text = String.join(" ", text.lines().map(String::strip).toList());
    return text.replaceFirst("\\.+$", "");
  }
}
