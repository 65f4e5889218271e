package io.auspex.engine;

import com.sun.management.OperatingSystemMXBean;
import io.auspex.catalog.Artifacts;
import io.auspex.catalog.AuspexException;
import io.auspex.catalog.Catalog;
import io.auspex.catalog.ErrorCode;
import io.auspex.catalog.Findings;
import io.auspex.catalog.OptimizerRule;
import io.auspex.catalog.Secrets;
import io.auspex.catalog.Setting;
import io.auspex.catalog.Settings;
import io.auspex.catalog.Source;
import io.auspex.catalog.UserFolder;
import io.auspex.engine.landing.Orphans;
import io.auspex.engine.source.SourceConnections;
import io.auspex.engine.source.SourceTables;
import io.auspex.engine.source.write.SourceWriter;
import io.auspex.engine.source.write.StagingJournal;
import io.auspex.engine.stream.Progress;
import io.auspex.engine.stream.QueryState;
import io.auspex.engine.stream.Workers;
import io.auspex.sql.fragment.InlineFunction;
import io.auspex.sql.fragment.PredictStream;
import io.auspex.udf.duckdb.InlineFunctions;
import io.auspex.udf.predict.Cancellation;
import io.auspex.udf.predict.ComputeOptions;
import io.auspex.udf.predict.Predictor;
import io.auspex.udf.predict.Predictors;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.duckdb.DuckDBConnection;

/**
 * A DuckDB database opened by this process, and what all its sessions share: native memory, worker
 * threads, the commit lock. Opening a file that this process has open already gives the same
 * warehouse; it closes with its last user. Thread-safe.
 */
public final class Warehouse implements AutoCloseable {
  private static final Map<Path, Warehouse> OPEN = new HashMap<>();
  private static final int BATCH_MEMORY_SHARE = 4;

  private final WarehouseFile file;
  private final WarehouseFolder folder;
  private final DuckDBConnection root;
  private final String database;
  private final BufferAllocator allocator;
  private final Artifacts artifacts;
  private final Orphans orphans;
  private final SourceWriter sourceWriter;
  private final Predictors predictors = new Predictors();
  private final InlineFunctions inlineFunctions;
  private final FunctionNames functions = new FunctionNames();
  private final TreeTexts texts = new TreeTexts();
  private final Findings findings = new Findings();
  private final Workers workers = new Workers();
  private final SourceConnections sources =
      new SourceConnections(Secrets.system()::password, Optional.of(UserFolder.drivers()));
  private final AtomicLong names = new AtomicLong();
  private final ReentrantLock commitLock = new ReentrantLock();
  private final ScheduledExecutorService timeouts =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "auspex-timeouts");
            thread.setDaemon(true);
            return thread;
          });
  private int users = 1;

  private Warehouse(WarehouseFile file) throws SQLException {
    this.file = file;
    this.folder = file.folder();
    this.root = file.root();
    this.database = root.getCatalog();
    this.allocator = new RootAllocator(shareOfMachine());
    this.artifacts = new Artifacts(folder.artifacts());
    this.inlineFunctions = new InlineFunctions(allocator);
    this.orphans = new Orphans(folder.landings());
    this.sourceWriter =
        new SourceWriter(
            sources,
            new SourceTables(sources),
            new StagingJournal(folder.stagings(), !root.isReadOnly()),
            workers);
  }

  /** Makes the catalog where there is none, and clears away what a killed process left. */
  private static Warehouse initialized(WarehouseFile file) throws SQLException {
    Warehouse warehouse = new Warehouse(file);
    try {
      Catalog catalog = new Catalog(warehouse.root, warehouse.database);
      if (warehouse.root.isReadOnly()) {
        catalog.requireCurrent();
      } else {
        catalog.initialize();
        warehouse.orphans.sweep();
        warehouse.sweepSources(catalog);
        warehouse.folder.sweepSpool();
        warehouse.artifacts.sweep(catalog.digests());
      }
      return warehouse;
    } catch (RuntimeException e) {
      warehouse.shutDown();
      throw e;
    }
  }

  /**
   * Opens a warehouse.
   *
   * @param path the DuckDB file, made if there is none; empty for a new one in memory
   * @param options our settings and DuckDB's, by name
   * @throws AuspexException WAREHOUSE_LOCKED, WAREHOUSE_UNREADABLE, INVALID_SETTING
   */
  public static Warehouse open(String path, Map<String, String> options) {
    Settings settings = new Settings();
    Properties duckdb = new Properties();
    options.forEach(
        (name, value) ->
            Setting.named(name)
                .ifPresentOrElse(
                    setting -> settings.set(setting, value),
                    () -> duckdb.setProperty(name, value)));
    try {
      return path.isEmpty()
          ? initialized(WarehouseFile.inMemory(duckdb))
          : openFile(Path.of(path), duckdb, settings);
    } catch (IOException | SQLException e) {
      throw new AuspexException(
              ErrorCode.WAREHOUSE_UNREADABLE,
              path.isEmpty() ? "in memory" : path,
              String.valueOf(e.getMessage()).strip())
          .causedBy(e);
    }
  }

  private static Warehouse openFile(Path path, Properties duckdb, Settings settings)
      throws IOException, SQLException {
    Path identity = WarehouseFile.identity(path);
    synchronized (OPEN) {
      Warehouse open = OPEN.get(identity);
      if (open != null) {
        open.users++;
        return open;
      }
      Duration timeout =
          Duration.ofNanos((long) (Double.parseDouble(settings.get(Setting.LOCK_TIMEOUT)) * 1e9));
      Warehouse warehouse = initialized(WarehouseFile.open(identity, duckdb, timeout));
      OPEN.put(identity, warehouse);
      return warehouse;
    }
  }

  /** Sets what batches may take, of all sessions together, to what {@code predict_memory} says. */
  void limitBatchMemory(Settings settings) {
    String set = settings.get(Setting.PREDICT_MEMORY);
    allocator.setLimit(set.equals("auto") ? shareOfMachine() : Setting.bytes(set));
  }

  private static long shareOfMachine() {
    OperatingSystemMXBean machine =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return machine.getTotalMemorySize() / BATCH_MEMORY_SHARE;
  }

  /** A new session, for which the warehouse stays open until it is closed. */
  public Session newSession() {
    return newSession(Map.of());
  }

  /** A new session with settings of its own; names that are not ours are left to DuckDB. */
  public Session newSession(Map<String, String> options) {
    Settings settings = new Settings();
    options.forEach(
        (name, value) -> Setting.named(name).ifPresent(setting -> settings.set(setting, value)));
    if (options.keySet().stream().anyMatch(Setting.PREDICT_MEMORY.sqlName()::equalsIgnoreCase)) {
      limitBatchMemory(settings);
    }
    synchronized (OPEN) {
      if (users == 0) {
        throw new AuspexException(ErrorCode.CLOSED, "The warehouse");
      }
      Session session = new Session(this, settings);
      users++;
      return session;
    }
  }

  /** The state of a statement about to run; the caller's to close. */
  QueryState newQuery(Cancellation cancellation, Progress progress) {
    QueryState state = new QueryState(allocator, cancellation, progress);
    state.keeps(inlineFunctions.calling(state.id(), state));
    return state;
  }

  /** Bytes of native memory that batches take up just now. */
  long allocatedMemory() {
    return allocator.getAllocatedMemory();
  }

  /** The most bytes of native memory that batches took up at a time. */
  long peakMemory() {
    return allocator.getPeakMemoryAllocation();
  }

  /** A connection of its own to the database; the caller's to close. */
  DuckDBConnection connect() throws SQLException {
    return (DuckDBConnection) root.duplicate();
  }

  boolean isReadOnly() {
    return root.isReadOnly();
  }

  /** The name of the warehouse's own database, which has the schema {@code auspex}. */
  String database() {
    return database;
  }

  Predictors predictors() {
    return predictors;
  }

  Artifacts artifacts() {
    return artifacts;
  }

  Orphans orphans() {
    return orphans;
  }

  /**
   * A stream's predictor, as the settings have it; the caller's to close.
   *
   * @param mayExpect whether the stream can be run again, should the predictor not be complete
   */
  Predictor predictor(PredictStream stream, Settings settings, boolean mayExpect) {
    boolean remembers = !OptimizerRule.of(settings).contains(OptimizerRule.REPEATED_ROWS);
    return predictors.open(
        stream.model(),
        artifacts.path(stream.model()),
        stream.features(),
        stream.outputs(),
        options(settings, remembers, mayExpect),
        stream.domains(),
        stream.expected(),
        stream.bound());
  }

  /** Of what stays open for whoever comes. */
  private static ComputeOptions options(Settings settings) {
    return options(settings, false, false);
  }

  private static ComputeOptions options(Settings settings, boolean mayRemember, boolean mayExpect) {
    return new ComputeOptions(
        settings.get(Setting.PREDICT_DEVICE),
        settings.get(Setting.PREDICT_KERNEL).equals("auto"),
        mayRemember,
        mayExpect);
  }

  /** The function under a name of its own where settings have it computed by something else. */
  static InlineFunction as(InlineFunction function, Settings settings) {
    ComputeOptions options = options(settings);
    return options.equals(ComputeOptions.AUTO)
        ? function
        : function.named(
            function.name() + "_" + options.device() + (options.mayBeKernel() ? "" : "_runtime"));
  }

  /**
   * Makes an inline function known to all transactions that begin from now on. It must be called
   * outside of a transaction of the session that needs it, or have been.
   */
  void register(InlineFunction function, Settings settings) {
    if (!inlineFunctions.contains(function.name())) {
      // It stays open as long as the warehouse, and must not hold what it has predicted.
      // Of a model for some filter there may be very many: those are loaded only while they run.
      Predictor predictor =
          function.domains().isEmpty()
              ? predictors.open(
                  function.model(),
                  artifacts.path(function.model()),
                  function.features(),
                  function.outputs(),
                  options(settings))
              : predictors.openEachTime(
                  function.model(),
                  artifacts.path(function.model()),
                  function.features(),
                  function.outputs(),
                  options(settings),
                  function.domains());
      inlineFunctions.register(
          root, function.name(), predictor, function.features(), function.outputs());
    }
  }

  /** Whether the transactions that began at {@code time} see the function, which is registered. */
  boolean registeredBefore(InlineFunction function, long time) {
    return inlineFunctions.registeredBefore(function.name(), time);
  }

  /**
   * Makes an inline function, which is registered, known to the connection's open transaction.
   *
   * @return the name it has there
   */
  String registerAgain(InlineFunction function, DuckDBConnection connection) {
    String name = function.name() + "_" + names.incrementAndGet();
    inlineFunctions.registerAgain(connection, function.name(), name);
    return name;
  }

  FunctionNames functions() {
    return functions;
  }

  /** What its sessions have found in its catalog. */
  Findings findings() {
    return findings;
  }

  TreeTexts texts() {
    return texts;
  }

  /** The connections to other databases. */
  SourceConnections sources() {
    return sources;
  }

  SourceWriter sourceWriter() {
    return sourceWriter;
  }

  /** Drops what a killed process left in sources; opening does not wait for them. */
  private void sweepSources(Catalog catalog) {
    if (sourceWriter.hasOrphans()) {
      List<Source> known = catalog.sources().list();
      workers.submit(
          () -> {
            known.forEach(sourceWriter::sweep);
            return null;
          });
    }
  }

  Workers workers() {
    return workers;
  }

  WarehouseFolder folder() {
    return folder;
  }

  /** Held while a transaction commits, and while the transactions of one statement begin. */
  ReentrantLock commitLock() {
    return commitLock;
  }

  ScheduledExecutorService timeouts() {
    return timeouts;
  }

  /** Gives the warehouse back; the last user's close closes the database. */
  @Override
  public void close() {
    synchronized (OPEN) {
      if (--users == 0) {
        OPEN.values().remove(this);
        shutDown();
      }
    }
  }

  private void shutDown() {
    timeouts.shutdownNow();
    workers.close();
    // Closed in reverse: the database first, since its functions use what comes after; the file's
    // lock last.
    try (WarehouseFile released = file;
        BufferAllocator memory = allocator;
        Predictors sessions = predictors;
        InlineFunctions functions = inlineFunctions;
        SourceConnections others = sources) {
      root.close();
    } catch (IOException | SQLException e) {
      throw new AuspexException(ErrorCode.WAREHOUSE_UNREADABLE, name(), e.getMessage()).causedBy(e);
    }
  }

  private Object name() {
    return file.file() == null ? "in memory" : file.file();
  }
}
