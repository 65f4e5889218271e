package io.auspex.sql.rule;

import io.auspex.catalog.ModelVersion;
import io.auspex.sql.rel.Predict;
import io.auspex.sql.rel.PredictedColumn;
import io.auspex.udf.binding.Feature;
import java.util.List;

/** What rules ask about the inside of models. */
public interface ModelInsight {
  /** Models that nobody looks into. */
  ModelInsight NONE =
      new ModelInsight() {
        @Override
        public List<Feature> reads(
            ModelVersion model, List<Feature> features, List<PredictedColumn> outputs) {
          return features;
        }

        @Override
        public boolean computes(Predict predict, List<PredictedColumn> outputs) {
          return false;
        }
      };

  /**
   * Those of the features that some outputs depend on.
   *
   * @param features what is bound to the model
   */
  List<Feature> reads(ModelVersion model, List<Feature> features, List<PredictedColumn> outputs);

  /** Whether such outputs, of which some are one value of an array, can be computed. */
  boolean computes(Predict predict, List<PredictedColumn> outputs);
}
