package io.auspex.sql.fragment;

import io.auspex.catalog.ModelVersion;
import io.auspex.catalog.Names;
import io.auspex.catalog.Output;
import io.auspex.udf.binding.Feature;
import io.auspex.udf.domain.Domains;
import java.util.List;

/**
 * A model's outputs as a DuckDB scalar function, to be registered before the fragment's transaction
 * begins.
 *
 * @param name made of the model's digest and what is computed, so that equal functions share it
 * @param features its parameters, in order
 * @param outputs one scalar output, which the function returns as it is; or any outputs, which it
 *     returns as one VARCHAR in DuckDB's notation of a STRUCT, for the text around it to cast
 * @param domains what is known of the features of all rows that it is called for
 */
public record InlineFunction(
    String name,
    ModelVersion model,
    List<Feature> features,
    List<Output> outputs,
    Domains domains) {
  public InlineFunction {
    features = List.copyOf(features);
    outputs = List.copyOf(outputs);
  }

  /** The same function under another name. */
  public InlineFunction named(String other) {
    return new InlineFunction(other, model, features, outputs, domains);
  }

  /**
   * The text of a fragment with this function's calls under the name that it has in the warehouse,
   * and with the number of the statement that calls before the features. The function's own name is
   * made of digests, so that it stands for nothing else in the text.
   */
  public String called(String sql, String name, long caller) {
    return sql.replace(
        Names.quote(this.name) + "(", Names.quote(name) + "(CAST(" + caller + " AS BIGINT), ");
  }
}
