package io.auspex.sql.bind;

import io.auspex.catalog.Column;
import io.auspex.catalog.ModelVersion;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.RelNode;

/** What binding asks of those who plan. */
public interface Planning {

  /** Notes why some of the query stays DuckDB's text. */
  void keepsText(String reason);

  /** The columns of a plan, with DuckDB's types. */
  List<Column> columns(RelNode plan);

  /**
   * The rows of a plan with what a model predicts for each.
   *
   * @param columns those bound to the model's features by position; empty to bind by name
   */
  RelNode predict(RelNode input, ModelVersion model, Optional<List<String>> columns);
}
