package io.auspex.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * The seconds of a first run, and of those after it. The earlier half of these warms caches and
 * compilers; the later half counts.
 *
 * @param runs empty where the first took all of the time there was
 */
record Timing(double first, List<Double> runs) {
  /** So many runs may take the budget each. One run of a slow way says little. */
  private static final int LEAST = 3;

  /** What is measured. */
  interface Work {
    void run() throws Exception;
  }

  /** Runs {@code work} once, then as often as the job's runs, patience and budget allow. */
  static Timing of(Work work, Job job) throws Exception {
    return of(() -> {}, work, job);
  }

  /** The same, with something before each run that is not measured. */
  static Timing of(Work before, Work work, Job job) throws Exception {
    Runs runs = new Runs(job);
    while (runs.hasNext()) {
      before.run();
      runs.add(seconds(work));
    }
    return runs.timing();
  }

  /**
   * Several ways to do a thing, one run of each after the other: the machine is the same to all.
   */
  static List<Timing> inTurns(List<Work> ways, Job job) throws Exception {
    List<Runs> all = ways.stream().map(way -> new Runs(job)).toList();
    while (all.stream().anyMatch(Runs::hasNext)) {
      for (int way = 0; way < ways.size(); way++) {
        if (all.get(way).hasNext()) {
          all.get(way).add(seconds(ways.get(way)));
        }
      }
    }
    return all.stream().map(Runs::timing).toList();
  }

  /** The seconds of runs so far, and whether there may be one more. */
  private static final class Runs {
    private final Job job;
    private final List<Double> seconds = new ArrayList<>();

    Runs(Job job) {
      this.job = job;
    }

    void add(double taken) {
      seconds.add(taken);
    }

    boolean hasNext() {
      if (seconds.size() < 2) {
        return seconds.isEmpty() || (job.runs() > 0 && seconds.get(0) < job.patience());
      }
      int runs = seconds.size() - 1;
      double sum = seconds.stream().skip(1).mapToDouble(Double::doubleValue).sum();
      double allowed = runs < LEAST ? LEAST * job.budget() : job.budget();
      return runs < job.runs() && sum + seconds.get(runs) <= allowed;
    }

    Timing timing() {
      return new Timing(seconds.get(0), List.copyOf(seconds.subList(1, seconds.size())));
    }
  }

  private static double seconds(Work work) throws Exception {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e9;
  }

  /** Of the later half of the runs, or of the first where there are none. */
  double median() {
    if (runs.isEmpty()) {
      return first;
    }
    List<Double> sorted = runs.stream().skip(runs.size() / 2).sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  /**
   * Puts {@code first}, {@code runs} and {@code median}, as the Python peers' results have them.
   */
  void putInto(ObjectNode result) {
    result.put("first", first);
    ArrayNode times = result.putArray("runs");
    runs.forEach(times::add);
    result.put("median", median());
  }
}
