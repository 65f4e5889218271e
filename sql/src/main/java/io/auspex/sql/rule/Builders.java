package io.auspex.sql.rule;

import io.auspex.sql.validate.QueryConverter;
import org.apache.calcite.plan.Contexts;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.tools.RelBuilderFactory;

/** Builders for rules. */
final class Builders {
  /** Builds what it is told to, without simplifying: expressions are DuckDB's business. */
  static final RelBuilderFactory AS_WRITTEN =
      RelBuilder.proto(Contexts.of(QueryConverter.asWritten(RelBuilder.Config.DEFAULT)));

  private Builders() {}
}
