package io.auspex.sql.source;

import io.auspex.sql.context.NotUnderstood;
import io.auspex.sql.context.RemoteColumn;
import io.auspex.sql.context.RemoteSystem;
import java.util.Optional;

/**
 * An aggregate in another database: count, sum of exact numbers, min and max of what has the same
 * order. A sum of doubles depends on the order of the rows, an average on how it is divided.
 *
 * @param call its text there
 * @param column what the source gives
 * @param type what DuckDB would give, to which it is cast
 */
public record SourceAggregate(SourceText call, RemoteColumn column, String type) {
  /** With more digits, sums of MySQL might not fit where ours do not either. */
  private static final int SUMMED_DIGITS = 18;

  static SourceAggregate ofRows() {
    return counted(SourceText.of("count(*)", "BIGINT"));
  }

  /**
   * @param name DuckDB's name of the function
   * @throws NotUnderstood where the source might compute something else
   */
  static SourceAggregate of(
      String name, boolean isDistinct, SourceValue argument, RemoteSystem system) {
    if (isDistinct && !name.equals("count")) {
      throw new NotUnderstood(name + " of DISTINCT");
    }
    return switch (name) {
      case "count" -> count(argument, isDistinct, system);
      case "sum" -> sum(argument, system);
      case "min", "max" -> ofOrder(name, argument, system);
      default -> throw new NotUnderstood(name);
    };
  }

  private static SourceAggregate counted(SourceText call) {
    RemoteColumn column = new RemoteColumn("count", "BIGINT", "bigint", false, Optional.empty());
    return new SourceAggregate(call, column, "BIGINT");
  }

  private static SourceAggregate count(
      SourceValue argument, boolean isDistinct, RemoteSystem system) {
    boolean isEqual =
        argument
            .column()
            .map(column -> new SourceOperations(system).hasEquality(column))
            .orElse(argument.type().isExactNumber());
    if (isDistinct && !isEqual) {
      throw new NotUnderstood("values that are equal elsewhere");
    }
    return counted(
        argument.text().around(isDistinct ? "count(DISTINCT " : "count(", ")", "BIGINT"));
  }

  private static SourceAggregate sum(SourceValue argument, RemoteSystem system) {
    String summed = argument.text().type();
    boolean isPostgreSql = system == RemoteSystem.POSTGRESQL;
    boolean fits = isPostgreSql || SourceType.digits(summed) <= SUMMED_DIGITS;
    boolean isKnown = isPostgreSql || system == RemoteSystem.MARIADB;
    if (!argument.type().isExactNumber() || !fits || !isKnown) {
      throw new NotUnderstood("sum");
    }
    int scale = SourceType.scale(summed);
    String there = (isPostgreSql ? "numeric(38," : "decimal(38,") + scale + ")";
    String here = "DECIMAL(38," + scale + ")";
    return new SourceAggregate(
        argument.text().around("CAST(sum(", ") AS " + there + ")", here),
        new RemoteColumn("sum", here, there, true, Optional.empty()),
        argument.type() == SourceType.INTEGER ? "HUGEINT" : here);
  }

  private static SourceAggregate ofOrder(String name, SourceValue argument, RemoteSystem system) {
    RemoteColumn column = argument.column().orElseThrow(() -> new NotUnderstood(name));
    boolean isKnown =
        new SourceOperations(system).hasOrder(column)
            && argument.type() != SourceType.BOOLEAN
            && argument.type() != SourceType.DOUBLE;
    if (!isKnown) {
      throw new NotUnderstood(name);
    }
    return new SourceAggregate(
        argument.text().around(name + "(", ")", column.type()), column, column.type());
  }
}
