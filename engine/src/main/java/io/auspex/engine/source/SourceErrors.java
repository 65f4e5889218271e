package io.auspex.engine.source;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;
import io.auspex.catalog.Source;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.sql.SQLTransientException;
import java.util.Optional;
import java.util.Set;
import org.sqlite.SQLiteException;

/** What drivers throw, in our terms: which source, what it said, whether to try again. */
public final class SourceErrors {
  /** PostgreSQL's word for a connection that an administrator, or a crash, has ended. */
  private static final Set<String> ENDED_STATES = Set.of("57P01", "57P02");

  /** MariaDB's: the connection was killed, the server shuts down. */
  private static final Set<Integer> ENDED_NUMBERS = Set.of(1053, 1927);

  /** Starting up, too many connections; serialization failures and deadlocks. */
  private static final Set<String> TRANSIENT_STATES = Set.of("57P03", "53300", "40001", "40P01");

  /** MariaDB's: too many connections, lock wait timeout, deadlock. */
  private static final Set<Integer> TRANSIENT_NUMBERS = Set.of(1040, 1205, 1213);

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
        || told instanceof SQLTransientConnectionException && told.getCause() != null) {
      told = told.getCause();
    }
    String sentence = sentence(told);
    boolean isSafe = secret.isEmpty() || !sentence.contains(secret);
    AuspexException error =
        new AuspexException(
            ErrorCode.SOURCE_UNREACHABLE,
            source.name(),
            isSafe ? sentence : sentence.replace(secret, "…"));
    // Not what has the password in its text, as a driver may do that shows its properties.
    return isSafe ? error.causedBy(told) : error;
  }

  /** The error of ours that it is, or that is the reason of it; empty where there is none. */
  public static Optional<AuspexException> known(Throwable thrown) {
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
      if (cause instanceof SQLTransientException && !(cause instanceof SQLTimeoutException)) {
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
  public static boolean isBroken(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException
          || cause instanceof SQLRecoverableException
          || cause instanceof SQLException failure && isEnd(failure)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isEnd(SQLException failure) {
    String state = String.valueOf(failure.getSQLState());
    return state.startsWith(CONNECTION)
        || ENDED_STATES.contains(state)
        || ENDED_NUMBERS.contains(failure.getErrorCode());
  }

  /** What the driver said, as the part of a sentence: one line, without a full stop. */
  public static String sentence(Throwable thrown) {
    String message =
        Optional.ofNullable(thrown.getMessage()).orElse(thrown.getClass().getSimpleName());
    // MariaDB's driver puts the number of the connection in front.
    String text = message.replaceFirst("^\\(conn=\\d+\\) ", "").strip();
    text = String.join(" ", text.lines().map(String::strip).toList());
    return text.replaceFirst("\\.+$", "");
  }
}
