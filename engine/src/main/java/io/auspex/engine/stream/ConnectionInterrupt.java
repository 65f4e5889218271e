package io.auspex.engine.stream;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;
import org.duckdb.DuckDBConnection;

/**
 * Interrupts what a connection runs. {@code Statement.cancel} does so only until a query has given
 * its first row, though most of a streamed query runs while its rows are read; and it waits for a
 * query that is being planned. So the driver's own way to DuckDB is taken, which is not public.
 */
final class ConnectionInterrupt {
  private static final VarHandle LOCK;
  private static final MethodHandle INTERRUPT;

  static {
    try {
      MethodHandles.Lookup driver =
          MethodHandles.privateLookupIn(DuckDBConnection.class, MethodHandles.lookup());
      LOCK = driver.findVarHandle(DuckDBConnection.class, "connRefLock", ReentrantLock.class);
      INTERRUPT =
          driver.findVirtual(
              DuckDBConnection.class, "interrupt", MethodType.methodType(void.class));
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private ConnectionInterrupt() {}

  /**
   * Does nothing where nothing runs, where a query is being planned, or where the connection is
   * closed; never waits. DuckDB forgets the interrupt when the next query begins. Thread-safe.
   */
  static void interrupt(DuckDBConnection connection) {
    ReentrantLock lock = (ReentrantLock) LOCK.get(connection);
    if (!lock.tryLock()) {
      return;
    }
    try {
      INTERRUPT.invokeExact(connection);
    } catch (SQLException isClosed) {
      // There is nothing to interrupt.
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    } finally {
      lock.unlock();
    }
  }
}
