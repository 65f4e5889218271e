package io.auspex.sql.rel;

import io.auspex.catalog.ModelVersion;
import io.auspex.catalog.Output;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSyntax;

/**
 * {@code PREDICT(MODEL m, a, b, …)} as an expression over the model's features in their order.
 *
 * <p>Lives only until the rules have made a {@link io.auspex.sql.rel.Predict} of it.
 */
public final class PredictFunction extends SqlOperator {
  private final ModelVersion model;
  private final Optional<Output> output;

  /**
   * @param output the one that is read; empty for the only one, or a STRUCT of all
   */
  public PredictFunction(ModelVersion model, Optional<Output> output) {
    super(
        "PREDICT "
            + model.digest()
            + " "
            + model.model()
            + " "
            + model.version()
            + output.map(o -> " " + o.column()).orElse(""),
        SqlKind.OTHER_FUNCTION,
        100,
        100,
        binding -> Types.any(binding.getTypeFactory()),
        null,
        null);
    this.model = model;
    this.output = output;
  }

  public ModelVersion model() {
    return model;
  }

  /** What of the prediction is read: one output, or all of them. */
  public List<Output> outputs() {
    return output.map(List::of).orElse(model.signature().outputs());
  }

  /** Whether its value is a STRUCT of the outputs. */
  public boolean isStruct() {
    return output.isEmpty() && model.signature().outputs().size() > 1;
  }

  @Override
  public SqlSyntax getSyntax() {
    return SqlSyntax.SPECIAL;
  }
}
