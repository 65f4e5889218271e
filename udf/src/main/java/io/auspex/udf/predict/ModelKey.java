package io.auspex.udf.predict;

import io.auspex.catalog.ModelOptions;
import io.auspex.catalog.ModelVersion;
import io.auspex.catalog.Output;
import io.auspex.catalog.Signature;
import java.util.List;

/**
 * What is computed: some outputs of a model's file.
 *
 * @param signature how its inputs are fed
 * @param options which of them are not
 */
record ModelKey(String digest, Signature signature, ModelOptions options, List<String> outputs) {

  static ModelKey of(ModelVersion model, List<Output> outputs) {
    return new ModelKey(
        model.digest(),
        model.signature(),
        model.options(),
        outputs.stream().map(Output::toString).toList());
  }
}
