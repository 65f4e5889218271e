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
    before.run();
    double first = seconds(work);
    List<Double> times = new ArrayList<>();
    double sum = 0;
    double last = first;
    while (times.size() < job.runs()
        && (times.isEmpty() ? first < job.patience() : sum + last <= allowed(times.size(), job))) {
      before.run();
      last = seconds(work);
      sum += last;
      times.add(last);
    }
    return new Timing(first, List.copyOf(times));
  }

  private static double allowed(int runs, Job job) {
    return runs < LEAST ? LEAST * job.budget() : job.budget();
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
