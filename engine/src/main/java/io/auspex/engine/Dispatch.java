package io.auspex.engine;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.Column;
import io.auspex.catalog.ErrorCode;
import io.auspex.catalog.Names;
import io.auspex.catalog.Position;
import io.auspex.catalog.Setting;
import io.auspex.catalog.Settings;
import io.auspex.engine.stream.QueryState;
import io.auspex.sql.statement.Sink;
import io.auspex.sql.statement.Statement;
import io.auspex.sql.statement.Statement.Query;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;

/** Sends each kind of statement to what runs it. */
final class Dispatch {
  private final Warehouse warehouse;
  private final Settings settings;
  private final Transaction transaction;
  private final Verbatim verbatim;
  private final QueryRunner queries;
  private final ModelCommands models;
  private final SourceCommands sources;
  private final SourceTargets targets;
  private final ViewCommands views;
  private final CalibrationCommands calibration;

  Dispatch(
      Warehouse warehouse,
      Settings settings,
      Transaction transaction,
      Verbatim verbatim,
      QueryRunner queries,
      ModelCommands models,
      SourceCommands sources,
      SourceTargets targets,
      ViewCommands views,
      CalibrationCommands calibration) {
    this.warehouse = warehouse;
    this.settings = settings;
    this.transaction = transaction;
    this.verbatim = verbatim;
    this.queries = queries;
    this.models = models;
    this.sources = sources;
    this.targets = targets;
    this.views = views;
    this.calibration = calibration;
  }

  Result run(Statement statement, List<Object> parameters, QueryState state) throws SQLException {
    if (statement instanceof Statement.Begin begin) {
      transaction.begin(begin.text());
    } else if (statement instanceof Statement.Commit commit) {
      transaction.commit(commit.text());
    } else if (statement instanceof Statement.Rollback rollback) {
      transaction.rollback(rollback.text());
    } else {
      transaction.beginImplicitly();
      Result rows = rows(statement, parameters, state);
      if (rows != null) {
        return rows;
      }
      command(statement);
    }
    state.close();
    return Result.count(0, state.progress());
  }

  /** Runs what reads or lands rows; null for a command. */
  private Result rows(Statement statement, List<Object> parameters, QueryState state)
      throws SQLException {
    if (statement instanceof Statement.PassThrough text) {
      return verbatim.run(text.text(), parameters, state);
    } else if (statement instanceof Query query) {
      return queries.run(query, parameters, state);
    } else if (statement instanceof Statement.Explain explain) {
      Rows lines = new Explanation(queries, settings).of(explain, parameters, state);
      return verbatim.run(lines.sql(), List.of(), state);
    } else if (statement instanceof Statement.Calibrate calibrate) {
      located(calibrate.position(), () -> calibration.calibrate(state.cancellation()));
    }
    String sql = verbatim(statement);
    return sql == null ? null : verbatim.run(sql, List.of(), state);
  }

  /** What DuckDB runs for a statement that gives rows without a prediction; null for others. */
  String verbatim(Statement statement) {
    if (statement instanceof Statement.PassThrough text) {
      return text.text();
    } else if (statement instanceof Statement.ShowModels) {
      return models.list();
    } else if (statement instanceof Statement.DescribeModel describe) {
      return models.describe(describe).sql();
    } else if (statement instanceof Statement.ExplainModel explain) {
      return models.explain(explain).sql();
    } else if (statement instanceof Statement.ShowSources) {
      return sources.list().sql();
    } else if (statement instanceof Statement.DescribeSource describe) {
      return sources.describe(describe).sql();
    } else if (statement instanceof Statement.ShowSourceTables show) {
      return sources.tables(show).sql();
    } else if (statement instanceof Statement.ShowSetting show) {
      Setting setting = setting(show.name());
      return new Rows(setting.sqlName()).add(settings.get(setting)).sql();
    } else if (statement instanceof Statement.Calibrate
        || statement instanceof Statement.ShowCalibration) {
      return calibration.show();
    } else if (statement instanceof Statement.Explain) {
      return new Rows("plan").add("").sql();
    }
    return null;
  }

  private void command(Statement statement) throws SQLException {
    if (statement instanceof Statement.CreateModel create) {
      located(create.position(), () -> models.create(create));
    } else if (statement instanceof Statement.SetDefaultVersion set) {
      located(set.position(), () -> models.setDefault(set));
    } else if (statement instanceof Statement.SetAlias set) {
      located(set.position(), () -> models.setAlias(set));
    } else if (statement instanceof Statement.DropModel drop) {
      located(drop.position(), () -> models.drop(drop));
    } else if (statement instanceof Statement.CreateSource create) {
      located(create.position(), () -> sources.create(create));
    } else if (statement instanceof Statement.DropSource drop) {
      located(drop.position(), () -> sources.drop(drop));
    } else if (statement instanceof Statement.ResetCalibration reset) {
      located(reset.position(), calibration::reset);
    } else if (statement instanceof Statement.DropSourceTable drop) {
      targets.drop(drop);
    } else if (statement instanceof Statement.CreateView create) {
      views.create(create, columns(new Query(create.query(), new Sink.Client()), List.of()));
    } else if (statement instanceof Statement.DropView drop) {
      views.drop(drop);
    } else if (statement instanceof Statement.SetSetting set) {
      located(set.position(), () -> set(set));
    }
  }

  private void set(Statement.SetSetting set) {
    Setting setting = setting(set.name());
    set.value()
        .ifPresentOrElse(value -> settings.set(setting, value), () -> settings.reset(setting));
    if (setting == Setting.PREDICT_MEMORY) {
      warehouse.limitBatchMemory(settings);
    }
  }

  private static Setting setting(String name) {
    return Setting.named(name)
        .orElseThrow(
            () -> {
              List<String> names = Arrays.stream(Setting.values()).map(Setting::sqlName).toList();
              return new AuspexException(
                  ErrorCode.UNKNOWN_SETTING, name, Names.didYouMean(name, names));
            });
  }

  /** The columns of a query's rows, without running it; none if they are landed. */
  List<Column> columns(Query query, List<Object> parameters) {
    return query.sink() instanceof Sink.Client ? queries.columns(query, parameters) : List.of();
  }

  private static void located(Position position, Runnable command) {
    try {
      command.run();
    } catch (AuspexException e) {
      throw e.at(position);
    }
  }
}
