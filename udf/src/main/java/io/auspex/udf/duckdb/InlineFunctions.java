package io.auspex.udf.duckdb;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ElementType;
import io.auspex.catalog.ErrorCode;
import io.auspex.catalog.Output;
import io.auspex.udf.binding.Feature;
import io.auspex.udf.predict.Cancellation;
import io.auspex.udf.predict.Predictor;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.arrow.memory.BufferAllocator;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBFunctions;
import org.duckdb.DuckDBScalarFunctionBuilder;

/**
 * Models as scalar functions of DuckDB, computed inside its own pipeline on its own threads: one
 * object for each open database. Thread-safe.
 *
 * <p>A function of one scalar output returns that. A function of anything else returns a VARCHAR,
 * which is the row in DuckDB's notation of an unnamed STRUCT, {@code
 * ("stay",[0.25,0.75],{"a"=1.0})}: cast to a STRUCT of the outputs' types, in their order and
 * whatever their names, it is exact for every string, number and NULL.
 *
 * <p>DuckDB has no way to take a function back, so that predictors stay open as long as this is.
 * Which transactions see a function: those that begin after it was registered, on any connection; a
 * ROLLBACK of the transaction that registered it takes it away. Hence register outside of
 * transactions, and {@linkplain #registerAgain again} in one that is open already.
 *
 * <p>Every function takes one argument before the features, a constant BIGINT: the number of the
 * {@link Caller}. DuckDB tells a function nothing of the statement it runs for, and passes on only
 * the text of its failures.
 */
public final class InlineFunctions implements AutoCloseable {
  private final BufferAllocator allocator;
  private final Map<String, Registered> registered = new HashMap<>();
  private final Map<Long, Caller> callers = new ConcurrentHashMap<>();

  /**
   * @param allocator for the chunks while they are computed; stays the caller's
   */
  public InlineFunctions(BufferAllocator allocator) {
    this.allocator = allocator.newChildAllocator("inline functions", 0, Long.MAX_VALUE);
  }

  /**
   * @param time of {@link System#nanoTime}, when every later transaction would see it
   */
  private record Registered(ChunkFunction function, Predictor predictor, long time) {}

  /** A statement in which functions are called. Thread-safe. */
  public interface Caller {
    /** Stops the computation. */
    Cancellation cancellation();

    /**
     * Is told of a function's failure, which DuckDB may yet ignore, as in {@code TRY(…)}.
     *
     * @return what to throw at DuckDB, which keeps only the message
     */
    RuntimeException inlineFailure(RuntimeException failure);

    /**
     * Is told of a chunk that was computed.
     *
     * @param function its registered name
     * @param started when it began, of {@link System#nanoTime}; it ends now
     */
    default void computed(String function, int rows, long started) {}
  }

  /** Makes a caller known until what is returned is closed. */
  public AutoCloseable calling(long number, Caller caller) {
    callers.put(number, caller);
    return () -> callers.remove(number);
  }

  /** Whether features can be arguments: arrays whose size no one knows must not be nested. */
  public static boolean takes(List<Feature> features) {
    return features.stream().allMatch(InlineFunctions::takes);
  }

  /**
   * Whether arguments and result go to and from a function as they are: numbers, which cost next to
   * nothing to hand over, and no texts.
   */
  public static boolean takesPlain(List<Feature> features, Output output) {
    return output.isScalar()
        && output.type() != ElementType.STRING
        && features.stream()
            .noneMatch(
                feature ->
                    feature.isArray()
                        || feature.isBlob()
                        || feature.input().type() == ElementType.STRING);
  }

  private static boolean takes(Feature feature) {
    boolean isNested = feature.sqlType().indexOf('[') != feature.sqlType().lastIndexOf('[');
    return !isNested || feature.input().width() > 0;
  }

  /**
   * What a call hands over for a feature.
   *
   * @param value an SQL expression of the feature's type
   */
  public static String argument(Feature feature, String value) {
    if (feature.isBlob()) {
      return BlobArgument.text(value);
    }
    return feature.isArray() ? ArrayArgument.text(value, feature.elementType()) : value;
  }

  /**
   * Registers a function; a name that is known already stays what it is. Takes the predictor over,
   * and closes it with this object, or at once if it is not needed.
   *
   * @param connection to the database, outside of a transaction
   * @param name says the model by its digest, and what is computed: equal names, equal functions
   * @param features the parameters after the caller's number, each of its {@link Feature#sqlType},
   *     NULLs included
   * @throws AuspexException UNSUPPORTED for features that are not {@linkplain #takes taken};
   *     WAREHOUSE with DuckDB's words
   */
  public synchronized void register(
      DuckDBConnection connection,
      String name,
      Predictor predictor,
      List<Feature> features,
      List<Output> outputs) {
    if (registered.containsKey(name)) {
      predictor.close();
      return;
    }
    try {
      checkTaken(features);
      ChunkFunction function = new ChunkFunction(this, name, predictor, features, outputs);
      define(connection, name, function);
      registered.put(name, new Registered(function, predictor, System.nanoTime()));
    } catch (SQLException refused) {
      predictor.close();
      throw new AuspexException(ErrorCode.WAREHOUSE, refused.getMessage()).causedBy(refused);
    } catch (RuntimeException failed) {
      predictor.close();
      throw failed;
    }
  }

  /**
   * Registers a function that is known already once more, for a transaction that began too early to
   * see it.
   *
   * @param connection whose transaction is open
   * @param name unlike that of any other function
   */
  public synchronized void registerAgain(DuckDBConnection connection, String known, String name) {
    try {
      define(connection, name, registered.get(known).function());
    } catch (SQLException refused) {
      throw new AuspexException(ErrorCode.WAREHOUSE, refused.getMessage()).causedBy(refused);
    }
  }

  private static void checkTaken(List<Feature> features) {
    if (!takes(features)) {
      throw new AuspexException(
          ErrorCode.UNSUPPORTED,
          "An array of arrays of any size",
          "as a feature of an inline function",
          "Use SET predict_strategy = 'stream'.");
    }
  }

  private static void define(DuckDBConnection connection, String name, ChunkFunction function)
      throws SQLException {
    try (DuckDBScalarFunctionBuilder builder = DuckDBFunctions.scalarFunction()) {
      builder.withName(name).withReturnType(function.returnType());
      builder.withParameter(DuckDBColumnType.BIGINT);
      for (ArgumentReader argument : function.arguments()) {
        builder.withParameter(argument.columnType());
      }
      builder.withVectorizedFunction(function).register(connection);
    }
  }

  /** Whether a function of this name was registered. */
  public synchronized boolean contains(String name) {
    return registered.containsKey(name);
  }

  /** Whether transactions that began at {@code time}, of {@link System#nanoTime}, see it. */
  public synchronized boolean registeredBefore(String name, long time) {
    return registered.get(name).time() - time < 0;
  }

  /** The caller of this number, or one that is never cancelled and hears nothing. */
  Caller caller(long number) {
    return callers.getOrDefault(number, new Nobody(new Cancellation()));
  }

  private record Nobody(Cancellation cancellation) implements Caller {
    @Override
    public RuntimeException inlineFailure(RuntimeException failure) {
      return failure;
    }
  }

  BufferAllocator allocator() {
    return allocator;
  }

  /** To be called after the database is closed, since its functions cannot run after this. */
  @Override
  public synchronized void close() {
    registered.values().forEach(function -> function.predictor().close());
    registered.clear();
    allocator.close();
  }
}
