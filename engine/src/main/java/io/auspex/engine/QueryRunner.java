package io.auspex.engine;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.Column;
import io.auspex.catalog.ErrorCode;
import io.auspex.catalog.Names;
import io.auspex.catalog.Questions;
import io.auspex.engine.landing.FileLanding;
import io.auspex.engine.source.write.SourceWrite;
import io.auspex.engine.stream.DuckStream;
import io.auspex.engine.stream.Progress;
import io.auspex.engine.stream.QueryState;
import io.auspex.sql.fragment.Fragment;
import io.auspex.sql.fragment.NamedRows;
import io.auspex.sql.fragment.Plan;
import io.auspex.sql.plan.Planner;
import io.auspex.sql.statement.Sink;
import io.auspex.sql.statement.Statement.Query;
import io.auspex.sql.statement.Statements;
import io.auspex.udf.predict.Cancellation;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Supplier;
import org.duckdb.DuckDBConnection;

/** Plans a query with a prediction in it, runs the plan, and brings the rows where they go. */
final class QueryRunner {
  private final Session session;
  private final Warehouse warehouse;
  private final DuckDBConnection connection;
  private final Questions questions;
  private final StreamingMode streaming;
  private final SessionFunctions functions;
  private final RemoteTables sources;
  private final SourceTargets targets;
  private final LocalState localState;

  QueryRunner(
      Session session,
      Warehouse warehouse,
      DuckDBConnection connection,
      Questions questions,
      StreamingMode streaming,
      SessionFunctions functions,
      RemoteTables sources,
      SourceTargets targets,
      LocalState localState) {
    this.session = session;
    this.warehouse = warehouse;
    this.connection = connection;
    this.questions = questions;
    this.streaming = streaming;
    this.functions = functions;
    this.sources = sources;
    this.targets = targets;
    this.localState = localState;
  }

  private Plan plan(Query query, List<Object> parameters) {
    int wanted = Statements.parameters(query.query().statement()).count();
    if (parameters.size() < wanted) {
      throw new AuspexException(
          ErrorCode.SYNTAX,
          "The statement has "
              + wanted
              + " parameters, but only "
              + parameters.size()
              + " values.");
    }
    return Planner.plan(query.query(), session.context(parameters));
  }

  /**
   * Interrupted with the statement: a plan may ask DuckDB for what takes long, such as a sample.
   */
  Plan plan(Query query, List<Object> parameters, QueryState state) {
    try (Cancellation.Registration interruption = DuckStream.interruptible(connection, state)) {
      Plan plan = plan(query, parameters);
      state.check();
      return plan;
    }
  }

  /** A state for a statement that another one runs, cancelled with it. */
  QueryState state(Cancellation cancellation, Progress progress) {
    return warehouse.newQuery(cancellation, progress);
  }

  Result run(Query query, List<Object> parameters, QueryState state) throws SQLException {
    return run(query, () -> plan(query, parameters, state), parameters, state);
  }

  /**
   * Runs a query.
   *
   * @param planned its plan, which is not asked for where there is nothing to run
   */
  Result run(Query query, Supplier<Plan> planned, List<Object> parameters, QueryState state)
      throws SQLException {
    Sink sink = query.sink();
    if (sink instanceof Sink.IntoSource into && targets.keeps(into)) {
      state.close();
      return Result.count(0, state.progress());
    }
    if (sink instanceof Sink.CreateTable create && refusesOrKeeps(create)) {
      state.close();
      return Result.count(0, state.progress());
    }
    Plan plan = planned.get();
    Surroundings surroundings = localState.surroundings(session.inTransaction());
    Execution execution = execution(surroundings, parameters, state);
    state.rewritten();
    if (sink instanceof Sink.Client) {
      return rows(execution, plan, surroundings, parameters, state);
    }
    long rows;
    if (sink instanceof Sink.CreateTable create) {
      rows = execution.land(plan, create.before(), create.after());
    } else if (sink instanceof Sink.Insert insert) {
      refuseReturning(insert);
      rows = execution.land(plan, insert.before(), insert.after());
    } else if (sink instanceof Sink.IntoSource into) {
      rows = deliver(into, plan, execution, surroundings, parameters, state);
    } else {
      rows = copy((Sink.CopyTo) sink, plan, execution);
    }
    state.close();
    return Result.count(rows, state.progress());
  }

  /** Left to itself, DuckDB would rename a file of its own over a pipe or a device. */
  private static String withoutTemporaryFile(Sink.CopyTo copy) {
    String options = copy.options().strip();
    if (options.isEmpty()) {
      return "(USE_TMP_FILE false)";
    } else if (options.startsWith("(")) {
      return "(USE_TMP_FILE false, " + options.substring(1);
    }
    throw new AuspexException(
        ErrorCode.LANDING_FAILED,
        copy.file(),
        "it is no regular file; write the options of COPY in parentheses.");
  }

  private Execution execution(Surroundings surroundings, List<Object> parameters, QueryState state)
      throws SQLException {
    streaming.set(surroundings.unlikeOthers());
    return new Execution(
        warehouse,
        connection,
        session.settings(),
        functions,
        sources,
        surroundings,
        parameters,
        state);
  }

  private Result rows(
      Execution execution,
      Plan plan,
      Surroundings surroundings,
      List<Object> parameters,
      QueryState state)
      throws SQLException {
    try {
      return execution.rows(plan);
    } catch (AuspexException e) {
      throw DuckStream.isReasonLost(e) ? reason(plan, surroundings, parameters, state) : e;
    }
  }

  private long deliver(
      Sink.IntoSource into,
      Plan plan,
      Execution execution,
      Surroundings surroundings,
      List<Object> parameters,
      QueryState state)
      throws SQLException {
    SourceWrite write = targets.prepare(into, columns(plan, parameters), state);
    try {
      return execution.deliver(plan, write);
    } catch (AuspexException e) {
      throw DuckStream.isReasonLost(e) ? reason(plan, surroundings, parameters, state) : e;
    }
  }

  /** Why DuckDB failed before the first row: it tells when the rows are landed. */
  private AuspexException reason(
      Plan plan, Surroundings surroundings, List<Object> parameters, QueryState failed)
      throws SQLException {
    if (!session.inTransaction()) {
      try (QueryState state = warehouse.newQuery(failed.cancellation(), new Progress())) {
        state.rewritten();
        execution(surroundings, parameters, state).rehearse(plan);
      } catch (AuspexException told) {
        failed.fail(told);
        return told;
      }
    }
    return new AuspexException(
        ErrorCode.WAREHOUSE,
        "DuckDB failed before the first row, and in a transaction does not say why. Run ROLLBACK,"
            + " and repeat the statement outside of a transaction.");
  }

  /** A table that is there already is found out before anything is computed. */
  private boolean refusesOrKeeps(Sink.CreateTable create) {
    boolean taken =
        !create.orReplace()
            && new NameLookup(questions).atTarget(create.table(), create.temporary()).isPresent();
    if (!taken) {
      return false;
    }
    if (create.ifNotExists()) {
      return true;
    }
    throw new AuspexException(ErrorCode.TABLE_EXISTS, String.join(".", create.table()));
  }

  private static void refuseReturning(Sink.Insert insert) {
    if (insert.returning()) {
      throw new AuspexException(
          ErrorCode.UNSUPPORTED,
          "RETURNING",
          "when predictions are inserted",
          "Leave it out, and read the table afterwards.");
    }
  }

  private long copy(Sink.CopyTo copy, Plan plan, Execution execution) {
    try (FileLanding landing =
        FileLanding.at(copy.file(), copy.partitioned(), warehouse.orphans())) {
      String options = landing.isDirect() ? withoutTemporaryFile(copy) : copy.options();
      String to = ") TO " + Names.literal(landing.temporary().toString()) + " " + options;
      long rows = execution.export(plan, "COPY (", to);
      landing.land();
      return rows;
    }
  }

  /** The columns of a query's rows, without running it: empty relations stand for its streams. */
  List<Column> columns(Query query, List<Object> parameters) {
    return columns(plan(query, parameters), parameters);
  }

  private List<Column> columns(Plan plan, List<Object> parameters) {
    Fragment root = plan.root();
    List<String> parameterTypes = ParameterTypes.of(parameters);
    StringBuilder sql = new StringBuilder();
    for (NamedRows stream : root.named()) {
      sql.append(sql.isEmpty() ? "WITH " : ", ")
          .append(Names.quote(stream.name()))
          .append(" AS (")
          .append(stream.nulls())
          .append(')');
    }
    List<String> types = root.parameters().stream().map(parameterTypes::get).toList();
    return session
        .context(List.of())
        .describe(sql + " SELECT * FROM (" + functions.callable(root, 0) + ")", types);
  }
}
