package io.auspex.catalog;

import java.util.Arrays;
import java.util.Optional;

/**
 * What the cost model counts of a prediction, and what one of it takes: nanoseconds of a core. The
 * defaults were fitted to CREATE TABLE AS of 4 million rows with 20 features (linear, a small
 * network, 100 trees of depth 6) on a server's core; {@code CALIBRATE} measures them. What counts
 * is how they relate to each other.
 */
public enum CostConstant {
  /** Of the strategy {@code sql}. */
  SQL_OPERATION(1.5, "ns per operation of the model as SQL"),
  SQL_LEAF(1.5, "ns per leaf of the trees of the model as SQL"),

  /** Of {@code inline}: DuckDB's call of the function, and the values handed to it. */
  INLINE_ROW(30, "ns per row of an inline function"),
  INLINE_FEATURE(10, "ns per feature of an inline function"),

  /** Of {@code stream}: what leaves DuckDB and comes back. */
  STREAM_ROW(120, "ns per row of a stream"),
  STREAM_FEATURE(14, "ns per feature of a stream"),
  STREAM_COLUMN(8, "ns per column that passes beside a stream's features"),

  /** Of computing, by {@code inline} and {@code stream} alike, with a kernel. */
  KERNEL_ROW(20, "ns per row of a kernel"),
  KERNEL_SPLIT(1.2, "ns per split that a row passes in a kernel"),
  KERNEL_WEIGHT(1, "ns per weight of a kernel"),

  /** Of computing with ONNX Runtime. */
  RUNTIME_ROW(60, "ns per row of ONNX Runtime"),
  RUNTIME_WEIGHT(0.03, "ns per weight of ONNX Runtime"),

  /** Of {@code stream}, where rows repeat. */
  REMEMBERED_ROW(150, "ns per row that is looked up among those known");

  private final double standard;
  private final String unit;

  CostConstant(double standard, String unit) {
    this.standard = standard;
    this.unit = unit;
  }

  /** Its name, as {@code sql_operation}. */
  public String sqlName() {
    return Names.fold(name());
  }

  /** What holds where nothing was measured. */
  public double standard() {
    return standard;
  }

  public String unit() {
    return unit;
  }

  /** The constant of this name; empty for one that another Auspex had. */
  public static Optional<CostConstant> named(String name) {
    return Arrays.stream(values())
        .filter(constant -> constant.sqlName().equalsIgnoreCase(name))
        .findFirst();
  }
}
