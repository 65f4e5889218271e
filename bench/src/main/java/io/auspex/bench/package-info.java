/**
 * The Java side of the benchmark: {@link io.auspex.bench.Main} runs a statement several times
 * through the JDBC driver, {@link io.auspex.bench.Rules} one with and without rules of the planner,
 * {@link io.auspex.bench.Limit} what no way of scoring can do without. Each is a process that the
 * harness in {@code bench/harness} starts, with a job as a JSON file.
 */
package io.auspex.bench;
