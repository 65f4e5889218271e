package io.auspex.catalog;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Makes several statements of the catalog one change: within the session's transaction where there
 * is one, otherwise in one of its own, repeated while other sessions change the catalog too.
 *
 * <p>Changes exclude each other by updating the one row of {@code auspex.revision}: DuckDB refuses
 * the second of two transactions that do. So no table needs a unique index, whose checks would
 * refuse a model that is dropped and created again in one transaction. What they write there is a
 * number of their own, taken back with them, so that it says which models whoever reads it sees.
 */
final class CatalogTransaction {
  private static final int TRIES = 40;
  private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(100);

  private final Sql sql;

  CatalogTransaction(Sql sql) {
    this.sql = sql;
  }

  /** Throws CATALOG_CHANGED where other sessions' changes do not let it through. */
  <T> T change(Supplier<T> change) {
    return atomically(
        () -> {
          claim();
          return change.get();
        });
  }

  void change(Runnable change) {
    change(asSupplier(change));
  }

  void atomically(Runnable work) {
    atomically(asSupplier(work));
  }

  private static Supplier<Void> asSupplier(Runnable work) {
    return () -> {
      work.run();
      return null;
    };
  }

  <T> T atomically(Supplier<T> work) {
    if (isInTransaction()) {
      return work.get();
    }
    for (int attempt = 1; ; attempt++) {
      try {
        return inOwnTransaction(work);
      } catch (AuspexException failure) {
        if (failure.code() != ErrorCode.CATALOG_CHANGED || attempt == TRIES) {
          throw failure;
        }
        pause();
      }
    }
  }

  /** Lets others finish; of random length, so that two do not meet again and again. */
  static void pause() {
    LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(LONGEST_PAUSE));
  }

  private <T> T inOwnTransaction(Supplier<T> work) {
    sql.run("BEGIN");
    T result;
    try {
      result = work.get();
    } catch (RuntimeException failure) {
      sql.run("ROLLBACK");
      throw failure;
    }
    sql.run("COMMIT");
    return result;
  }

  private void claim() {
    try {
      sql.run("UPDATE auspex.revision SET changes = ?", ThreadLocalRandom.current().nextLong());
    } catch (AuspexException failure) {
      // Anything else, such as a database that is only read, no repetition would mend.
      if (!failure.getMessage().contains("onflict")) {
        throw failure;
      }
      throw new AuspexException(ErrorCode.CATALOG_CHANGED).causedBy(failure.getCause());
    }
  }

  /** Each statement outside a transaction is one of its own, with a new number. */
  private boolean isInTransaction() {
    return transactionNumber() == transactionNumber();
  }

  private long transactionNumber() {
    return sql.first(row -> row.getLong(1), "SELECT txid_current()").orElseThrow();
  }
}
