package io.auspex.engine;

import io.auspex.engine.stream.Profile;
import io.auspex.engine.stream.Stage;
import io.auspex.engine.stream.StreamProfile;
import io.auspex.sql.fragment.Fragment;
import io.auspex.sql.fragment.InlineFunction;
import io.auspex.sql.fragment.Plan;
import io.auspex.sql.fragment.PredictStream;
import io.auspex.sql.fragment.SourceStream;
import io.auspex.sql.fragment.StreamNames;
import io.auspex.udf.onnx.GraphSummary;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.ToLongFunction;

/**
 * What a plan's run took, as lines: of each prediction, in the order in which {@code EXPLAIN}
 * prints them, and of the whole.
 */
final class Measurements {
  private final Profile profile;
  private final List<StreamProfile> streams = new ArrayList<>();
  private int named;
  private final Set<String> functions = new LinkedHashSet<>();
  private final List<String> lines = new ArrayList<>();

  private Measurements(Profile profile) {
    this.profile = profile;
  }

  /**
   * @param rows how many the statement gave or wrote
   * @param planNanos how long planning took
   * @param runNanos how long all the rest took
   * @param batchBytes the most that the statement's batches took up at a time
   */
  static List<String> of(
      Plan plan, Profile profile, long rows, long planNanos, long runNanos, long batchBytes) {
    Measurements text = new Measurements(profile);
    text.lines.add("Measured, the times of threads added up");
    text.predictions(plan.root());
    text.lines.add("Whole");
    text.sums();
    text.line("plan", planNanos, "");
    text.line("open", profile.open().nanos(), "models and connections");
    text.land(plan.root(), rows);
    text.stage("total", rows, 0, planNanos + runNanos, "");
    text.memory(batchBytes);
    return text.lines;
  }

  private void predictions(Fragment fragment) {
    for (InlineFunction function : fragment.functions()) {
      if (functions.add(function.name())) {
        inline(function);
      }
    }
    fragment.streams().forEach(this::stream);
    fragment.sources().forEach(this::source);
  }

  private void source(SourceStream stream) {
    Stage read = profile.source(stream.name());
    named++;
    lines.add("Source " + StreamNames.of(named));
    stage("read", read.rows(), read.bytes(), read.nanos(), "of " + stream.source());
  }

  private void inline(InlineFunction function) {
    Stage stage = profile.function(function.name());
    lines.add("Predict " + function.name());
    stage("inline", stage.rows(), 0, stage.nanos(), String.format("%,d calls", stage.calls()));
  }

  private void stream(PredictStream stream) {
    StreamProfile measured = profile.stream(stream.name());
    streams.add(measured);
    named++;
    lines.add("Predict " + StreamNames.of(named));
    stages(List.of(measured));
    if (stream.landed()) {
      Stage read = measured.handOver();
      long nanos = measured.land().nanos() - read.nanos();
      stage("land", read.rows(), read.bytes(), nanos, "in a temporary table");
    }
    predictions(stream.input());
  }

  private void sums() {
    if (streams.size() > 1) {
      stages(streams);
    }
  }

  private void stages(List<StreamProfile> of) {
    stage("scan", of, StreamProfile::scan, stream -> stream.scan().nanos());
    line("wait", sum(of, stream -> stream.place().nanos()), "for a place among the batches");
    stage("bind", of, StreamProfile::predict, StreamProfile::bindNanos);
    stage("compute", of, StreamProfile::outputs, StreamProfile::computeNanos);
    stage("give", of, StreamProfile::handOver, stream -> 0L);
    line("wait", sum(of, stream -> stream.handOver().nanos()), "for computed batches");
  }

  private interface Stages {
    Stage of(StreamProfile stream);
  }

  private void stage(
      String name, List<StreamProfile> of, Stages stages, ToLongFunction<StreamProfile> nanos) {
    long rows = sum(of, stream -> stages.of(stream).rows());
    long bytes = sum(of, stream -> stages.of(stream).bytes());
    stage(name, rows, bytes, sum(of, nanos), "");
  }

  private static long sum(List<StreamProfile> streams, ToLongFunction<StreamProfile> number) {
    return streams.stream().mapToLong(number).sum();
  }

  /** What waited for a stream did not land anything. */
  private void land(Fragment root, long rows) {
    long waited =
        root.streams().stream()
            .filter(stream -> !stream.landed())
            .mapToLong(stream -> profile.stream(stream.name()).handOver().nanos())
            .sum();
    waited +=
        root.sources().stream()
            .filter(stream -> !stream.landed())
            .mapToLong(stream -> profile.source(stream.name()).nanos())
            .sum();
    stage("land", rows, profile.land().bytes(), profile.land().nanos() - waited, "");
  }

  private void memory(long batchBytes) {
    String process =
        ProcessMemory.peak()
            .map(bytes -> ", " + GraphSummary.size(bytes) + " by the process since its start")
            .orElse("");
    lines.add("  memory   " + GraphSummary.size(batchBytes) + " by batches" + process);
  }

  private void line(String name, long nanos, String note) {
    add(name, "", "", nanos, note);
  }

  private void stage(String name, long rows, long bytes, long nanos, String note) {
    String size = bytes == 0 ? "" : GraphSummary.size(bytes);
    add(
        name,
        String.format(Locale.ROOT, "%,d %s", rows, rows == 1 ? "row " : "rows"),
        size,
        nanos,
        note);
  }

  private void add(String name, String rows, String bytes, long nanos, String note) {
    double seconds = Math.max(0, nanos) / 1e9;
    lines.add(
        String.format(Locale.ROOT, "  %-8s%18s%12s%10.3f s  %s", name, rows, bytes, seconds, note)
            .stripTrailing());
  }
}
