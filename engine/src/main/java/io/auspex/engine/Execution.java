package io.auspex.engine;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.Setting;
import io.auspex.catalog.Settings;
import io.auspex.engine.source.write.SourceWrite;
import io.auspex.engine.stream.DuckStream;
import io.auspex.engine.stream.PredictReader;
import io.auspex.engine.stream.QueryState;
import io.auspex.engine.stream.RelayReader;
import io.auspex.engine.stream.RowStream;
import io.auspex.engine.stream.Spool;
import io.auspex.engine.stream.Stage;
import io.auspex.sql.fragment.Fragment;
import io.auspex.sql.fragment.NamedRows;
import io.auspex.sql.fragment.Plan;
import io.auspex.sql.fragment.PredictStream;
import io.auspex.sql.fragment.SourceKeys;
import io.auspex.sql.fragment.SourceStream;
import io.auspex.sql.source.SourceDialect;
import io.auspex.udf.predict.Predictor;
import io.auspex.udf.predict.Predictors;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.c.ArrowArrayStream;
import org.apache.arrow.c.Data;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.duckdb.DuckDBConnection;

/**
 * Runs a {@link Plan}: opens its streams leaf first, each fragment reading those below it, and runs
 * the final fragment, whose rows go to the client or are landed.
 *
 * <p>Everything it opens belongs to the query's state and is closed with it.
 */
final class Execution {
  /** Rows of a batch on its way to the client. */
  static final int CLIENT_BATCH_ROWS = 8192;

  private final Warehouse warehouse;
  private final Settings settings;
  private final SessionFunctions functions;
  private final RemoteTables sources;
  private final List<Object> parameters;
  private final QueryState state;
  private final SessionHold hold;
  private final Connections connections;
  private final StreamNaming naming;
  private final Map<Fragment, String> texts = new IdentityHashMap<>();
  private final List<Predictor> predictors = new ArrayList<>();
  private final List<DuckStream> streams = new ArrayList<>();
  private boolean mayExpect;

  /**
   * @param session the session's connection
   */
  Execution(
      Warehouse warehouse,
      DuckDBConnection session,
      Settings settings,
      SessionFunctions functions,
      RemoteTables sources,
      Surroundings surroundings,
      List<Object> parameters,
      QueryState state) {
    this.warehouse = warehouse;
    this.settings = settings;
    this.functions = functions;
    this.sources = sources;
    this.parameters = parameters;
    this.state = state;
    this.hold = state.owns(new SessionHold(session, warehouse.commitLock()));
    this.connections = new Connections(warehouse, session, surroundings, state, hold);
    this.naming = new StreamNaming(connections, hold, state);
  }

  /** A part of the work that may be done again from its beginning. */
  private interface Attempt<T> {
    T run() throws SQLException;
  }

  /** Runs the plan; its rows stream to the client. */
  Result rows(Plan plan) {
    mayExpect = !connections.areTheSessions();
    RowStream stream = complete(() -> stream(plan));
    return connections.areTheSessions()
        ? Result.rows(state, stream, hold::close)
        : Result.rows(state, stream);
  }

  private RowStream stream(Plan plan) throws SQLException {
    open(plan, false);
    long started = System.nanoTime();
    DuckStream rows = open(plan.root(), CLIENT_BATCH_ROWS);
    state.profile().land().time(started);
    RowStream stream = new RowStream(state, rows);
    if (!isComplete()) {
      // The best are known with the first row, not before.
      stream.readAhead();
    }
    return stream;
  }

  /**
   * Runs {@code before + final fragment + after} on the session's connection, in a transaction of
   * its own unless one is open. All its rows have landed when this returns, or none.
   *
   * @return the rows written
   */
  long land(Plan plan, String before, String after) {
    mayExpect = !connections.areTheSessions();
    return write(plan, true, before, after);
  }

  /** Runs a statement that reads the plan's rows but changes nothing in the warehouse. */
  long export(Plan plan, String before, String after) {
    return write(plan, false, before, after);
  }

  /**
   * Has a source written with the plan's rows.
   *
   * @return the rows written
   */
  long deliver(Plan plan, SourceWrite write) {
    return complete(
        () -> {
          open(plan, false);
          texts.computeIfPresent(plan.root(), (root, sql) -> write.over(sql));
          DuckStream rows = open(plan.root(), CLIENT_BATCH_ROWS);
          long written = write.write(rows.reader());
          state.profile().land().passed(written);
          commit();
          return written;
        });
  }

  /** Runs the plan and throws its rows away, for DuckDB to tell why it fails. */
  void rehearse(Plan plan) {
    complete(
        () -> {
          begin(plan, false);
          update(plan.root(), "CREATE TEMP TABLE \"__auspex_rows\" AS " + texts.get(plan.root()));
          rollback();
          return null;
        });
  }

  private long write(Plan plan, boolean lands, String before, String after) {
    return complete(
        () -> {
          open(plan, lands);
          long started = System.nanoTime();
          long rows = update(plan.root(), before + texts.get(plan.root()) + after);
          state.profile().land().time(started);
          state.check();
          if (isComplete()) {
            state.profile().land().passed(Math.max(0, rows));
            commit();
          }
          return rows;
        });
  }

  /**
   * Does it, and once more where rows turn out to be missing; a failure may come from the NULLs in
   * their place.
   */
  private <T> T complete(Attempt<T> attempt) {
    try {
      T done = attempt.run();
      if (isComplete()) {
        return done;
      }
    } catch (SQLException | RuntimeException e) {
      if (isComplete() || state.hasFailed()) {
        throw failure(e);
      }
    }
    beginAnew();
    return complete(attempt);
  }

  /** Whether no row is missing that only earlier queries had no need of. */
  private boolean isComplete() {
    return predictors.stream().allMatch(Predictor::isComplete);
  }

  /** Takes back what was done, for another time where nothing is expected. */
  private void beginAnew() {
    rollback();
    predictors.forEach(Predictor::wasNotComplete);
    predictors.clear();
    mayExpect = false;
    state.restart();
    state.owns(hold);
  }

  private AuspexException failure(Exception thrown) {
    AuspexException failure = state.failure(thrown);
    rollback();
    return failure;
  }

  private void commit() throws SQLException {
    settle();
    hold.commit();
  }

  private void rollback() {
    settle();
    hold.rollback();
  }

  private void settle() {
    streams.forEach(DuckStream::settle);
    streams.clear();
  }

  private void open(Plan plan, boolean lands) throws SQLException {
    long started = System.nanoTime();
    begin(plan, lands);
    state.profile().open().time(started);
  }

  /** Connects the fragments, and makes the streams they read available to them. */
  private void begin(Plan plan, boolean lands) throws SQLException {
    makeCallable(plan.root());
    connections.begin(plan, lands);
    observe(plan.root());
    register(plan.root());
  }

  /** To be done before the transactions begin, which would not see functions made later. */
  private void makeCallable(Fragment fragment) {
    texts.put(fragment, functions.callable(fragment, state.id()));
    fragment.streams().forEach(stream -> makeCallable(stream.input()));
  }

  /** What reads no stream says how far the whole is: streams come no faster than they are read. */
  private void observe(Fragment fragment) throws SQLException {
    if (fragment.named().isEmpty()) {
      state.scans(connections.of(fragment));
    }
    for (PredictStream stream : fragment.streams()) {
      observe(stream.input());
    }
  }

  private void register(Fragment fragment) throws SQLException {
    for (SourceStream stream : fragment.sources()) {
      SourceStream asking = asking(stream, connections.of(fragment));
      publish(asking, sources.rows(asking, state), connections.of(fragment));
    }
    for (PredictStream stream : fragment.streams()) {
      registerInputs(stream);
      long landing = publish(stream, predictions(stream), connections.of(fragment));
      state.profile().stream(stream.name()).land().time(landing);
    }
  }

  /** The stream with the keys in its query that it is to be given, where these are few. */
  private SourceStream asking(SourceStream stream, DuckDBConnection connection)
      throws SQLException {
    if (stream.keys().isEmpty()) {
      return stream;
    }
    SourceKeys keys = stream.keys().get();
    List<Object> values = keys.parameters().stream().map(parameters::get).toList();
    Optional<List<String>> found = SentKeys.few(connection, keys, values, state);
    return found
        .flatMap(
            few ->
                SourceDialect.of(stream.system())
                    .having(stream.sql(), stream.columns(), keys.column(), few))
        .map(stream::asking)
        .orElse(stream);
  }

  /** Gives the rows their name; returns when that began. */
  private long publish(NamedRows stream, ArrowReader rows, DuckDBConnection connection)
      throws SQLException {
    ArrowArrayStream exported = state.owns(ArrowArrayStream.allocateNew(state.allocator()));
    Data.exportArrayStream(state.allocator(), rows, exported);
    state.owns(exported::release);
    long started = System.nanoTime();
    naming.publish(stream, exported, connection);
    return started;
  }

  /** Streams that go on to another model are read by it, and need no name. */
  private void registerInputs(PredictStream stream) throws SQLException {
    if (stream.input().isRelay()) {
      registerInputs(stream.input().streams().get(0));
    } else {
      register(stream.input());
    }
  }

  private Source source(PredictStream stream) {
    if (stream.input().isRelay()) {
      PredictReader below = predictions(stream.input().streams().get(0));
      return new Source(new RelayReader(below, stream.input().relayed()), below::interrupt);
    }
    String sql =
        ArrowTypes.sent(texts.get(stream.input()), stream.columns().subList(0, stream.passing()));
    DuckStream scan = open(stream.input(), sql, batchRows(stream));
    return connections.areTheSessions()
        ? spooled(scan, state.profile().stream(stream.name()).scan())
        : new Source(scan.reader(), scan::interrupt);
  }

  private PredictReader predictions(PredictStream stream) {
    int threads = threads();
    Source source = source(stream);
    Predictor predictor = warehouse.predictor(stream, settings, mayExpect);
    predictors.add(predictor);
    return state.owns(
        new PredictReader(
            state,
            source.reader(),
            source.interrupt(),
            predictor,
            stream,
            warehouse.workers(),
            threads));
  }

  private record Source(ArrowReader reader, Runnable interrupt) {}

  private Source spooled(DuckStream scan, Stage stage) {
    long started = System.nanoTime();
    Spool spool = state.owns(Spool.of(scan.reader(), warehouse.folder().spool(), state));
    stage.time(started);
    try {
      scan.close();
    } catch (Exception e) {
      throw state.failure(e);
    }
    return new Source(spool.reader(), () -> {});
  }

  private DuckStream open(Fragment fragment, int batchRows) {
    return open(fragment, texts.get(fragment), batchRows);
  }

  private DuckStream open(Fragment fragment, String sql, int batchRows) {
    boolean isRepeatable = !connections.areTheSessions() && fragment.named().isEmpty();
    DuckStream stream =
        DuckStream.open(
            connections.of(fragment), sql, parameters(fragment), state, batchRows, isRepeatable);
    streams.add(stream);
    return state.owns(stream);
  }

  private long update(Fragment fragment, String sql) throws SQLException {
    return DuckStream.update(connections.of(fragment), sql, parameters(fragment), state);
  }

  private List<Object> parameters(Fragment fragment) {
    return fragment.parameters().stream().map(parameters::get).toList();
  }

  private int batchRows(PredictStream stream) {
    int set = settings.number(Setting.PREDICT_BATCH_ROWS);
    return set > 0 ? set : Predictors.batchRows(stream.model(), stream.features());
  }

  private int threads() {
    int set = settings.number(Setting.PREDICT_THREADS);
    return set > 0 ? set : Runtime.getRuntime().availableProcessors();
  }
}
