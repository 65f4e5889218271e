package io.auspex.engine;

import io.auspex.catalog.CostConstants;
import io.auspex.catalog.ModelVersion;
import io.auspex.engine.calibration.Fit;
import io.auspex.engine.calibration.Fit.Measurement;
import io.auspex.engine.calibration.Load;
import io.auspex.engine.calibration.MeasuredTable;
import io.auspex.engine.calibration.Subject;
import io.auspex.sql.context.PlanningContext;
import io.auspex.udf.domain.Domains;
import io.auspex.udf.predict.Cancellation;
import io.auspex.udf.predict.ModelProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Measures what predictions take on this machine, in a warehouse of its own in memory: the same way
 * that every statement goes, and nothing of the user's is touched.
 *
 * <p>What counts is the time that the clock tells, of all cores used: a strategy that leaves some
 * idle is as slow as one that computes more. (The time that the process computed would say that a
 * stream costs half of it, and is told in steps of 10 ms.) Other work disturbs it; so the loads are
 * measured by turns, and of each the median counts.
 */
final class Calibration {
  /** On more, a table large enough for all of them would take long to make. */
  private static final int MOST_THREADS = 4;

  private static final long ENOUGH = TimeUnit.SECONDS.toNanos(9);
  private static final int FEWEST_ROUNDS = 3;
  private static final int MOST_ROUNDS = 7;

  private final long started = System.nanoTime();
  private final int threads = Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
  private final ExecuteOptions options;
  private final Session session;
  private final Map<Load, Timing> loads = new LinkedHashMap<>();
  private final Map<Load.Query, Timing> bases = new LinkedHashMap<>();

  private Calibration(Session session, Cancellation cancellation) {
    this.session = session;
    this.options = new ExecuteOptions(Optional.empty(), cancellation);
  }

  /** The constants of this machine. It takes some twelve seconds, and computes on its cores. */
  static CostConstants measure(Cancellation cancellation) {
    try (Warehouse warehouse = Warehouse.open("", Map.of());
        Session session = warehouse.newSession()) {
      return new Calibration(session, cancellation).measure();
    }
  }

  private CostConstants measure() {
    run("SET threads = " + threads);
    run("SET predict_threads = " + threads);
    for (MeasuredTable table : MeasuredTable.values()) {
      run(table.create(threads));
    }
    createModels();
    // The first round compiles what the others run, and counts for nothing.
    round();
    loads.clear();
    bases.clear();
    for (int round = 0; round < MOST_ROUNDS && goesOn(round); round++) {
      round();
    }
    return Fit.of(Load.ALL.stream().map(this::measurement).toList());
  }

  private boolean goesOn(int round) {
    return round < FEWEST_ROUNDS || System.nanoTime() - started < ENOUGH;
  }

  private void createModels() {
    try {
      Path file = Files.createTempFile("auspex", ".onnx");
      try {
        for (Subject subject : Subject.values()) {
          Files.write(file, subject.model().toBytes());
          run(
              String.format(
                  "CREATE MODEL %s FROM '%s' FEATURES (%s)", subject, file, subject.columns()));
        }
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void round() {
    for (Load load : Load.ALL) {
      load.settings().forEach(this::run);
      sample(load.query(), loads.computeIfAbsent(load, first -> new Timing()));
    }
    Load.ALL.stream()
        .map(Load::base)
        .distinct()
        .forEach(base -> sample(base, bases.computeIfAbsent(base, first -> new Timing())));
  }

  private void sample(Load.Query query, Timing timing) {
    timing.whole.add(nanos(query.sql()));
    timing.statement.add(nanos(query.overFewRows()));
  }

  private double nanos(String sql) {
    long before = System.nanoTime();
    run(sql);
    return System.nanoTime() - before;
  }

  /** The times of a query, and of the same over few rows, by rounds. */
  private record Timing(List<Double> whole, List<Double> statement) {
    Timing() {
      this(new ArrayList<>(), new ArrayList<>());
    }

    double median() {
      return median(whole) - median(statement);
    }

    private static double median(List<Double> times) {
      return times.stream().sorted().skip(times.size() / 2).findFirst().orElseThrow();
    }
  }

  private Measurement measurement(Load load) {
    double nanos = loads.get(load).median() - bases.get(load.base()).median();
    double ofRow = nanos * threads / load.query().rows(threads);
    return new Measurement(load.work(profile(load.subject())), ofRow);
  }

  private ModelProfile profile(Subject subject) {
    PlanningContext context = session.context(List.of());
    ModelVersion model = context.model(subject.name(), Optional.empty());
    return context.profile(model, model.signature().outputs(), Domains.NONE);
  }

  private void run(String sql) {
    session.execute(sql, List.of(), options).close();
  }
}
