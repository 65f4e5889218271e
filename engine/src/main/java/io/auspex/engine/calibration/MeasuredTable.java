package io.auspex.engine.calibration;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A table whose rows are predicted: features between 0 and 1, and columns that only pass. The same
 * in every run.
 */
public enum MeasuredTable {
  /** No row is like another. */
  LARGE("i"),

  /** As many rows, few of them unlike all before. */
  REPEATED("i % 500"),

  /** So few rows that the time of a statement is its own. */
  SMALL("i");

  /** DuckDB scans groups of this many rows side by side. */
  private static final int ROW_GROUP = 122_880;

  private static final int GROUPS_A_THREAD = 2;
  private static final int FEW_ROWS = 512;
  private static final int FEATURES = 20;
  static final int PASSING = 8;

  private final String seed;

  MeasuredTable(String seed) {
    this.seed = seed;
  }

  /**
   * How many it has.
   *
   * @param threads that are to have enough to do
   */
  public int rows(int threads) {
    return this == SMALL ? FEW_ROWS : GROUPS_A_THREAD * ROW_GROUP * threads;
  }

  static String feature(int number) {
    return "f" + number;
  }

  static String passing(int number) {
    return "p" + number;
  }

  /** The statement that makes it. */
  public String create(int threads) {
    String features =
        IntStream.range(0, FEATURES)
            .mapToObj(f -> random(f) + "::FLOAT AS " + feature(f))
            .collect(Collectors.joining(", "));
    String passing =
        IntStream.range(0, PASSING)
            .mapToObj(p -> random(FEATURES + p) + " AS " + passing(p))
            .collect(Collectors.joining(", "));
    return String.format(
        "CREATE TABLE %s AS SELECT %s, %s FROM range(%d) t(i)",
        name(), features, passing, rows(threads));
  }

  private String random(int column) {
    return String.format("(hash(%s, %d) %% 1000003 / 1000003.0)", seed, column);
  }
}
