package io.auspex.sql.rule;

import io.auspex.sql.rel.Predict;
import io.auspex.sql.rel.PredictedColumn;
import io.auspex.udf.binding.Feature;
import io.auspex.udf.domain.Domain.Numbers;
import io.auspex.udf.domain.Domains;
import io.auspex.udf.predict.OutputBound;
import java.util.List;
import java.util.Map;

/** What rules ask about the inside of models. */
public interface ModelInsight {
  /** Models that nobody looks into. */
  ModelInsight NONE =
      new ModelInsight() {
        @Override
        public List<Feature> reads(Predict predict, List<PredictedColumn> outputs) {
          return predict.features();
        }

        @Override
        public boolean isSimpler(Predict predict, Domains domains) {
          return false;
        }

        @Override
        public Map<Feature, Numbers> necessary(Predict predict, OutputBound bound) {
          return Map.of();
        }

        @Override
        public boolean computes(Predict predict, List<PredictedColumn> outputs) {
          return false;
        }
      };

  /**
   * Those of a prediction's features that some outputs depend on.
   *
   * @param outputs of the model
   */
  List<Feature> reads(Predict predict, List<PredictedColumn> outputs);

  /** Whether there is much less of a model to compute for rows of which this is known. */
  boolean isSimpler(Predict predict, Domains domains);

  /**
   * What features must be for a prediction to be wanted, whatever the others are: their columns are
   * one of these numbers, or between the last and the first of them. Of others, nothing follows.
   */
  Map<Feature, Numbers> necessary(Predict predict, OutputBound bound);

  /** Whether such outputs, of which some are one value of an array, can be computed. */
  boolean computes(Predict predict, List<PredictedColumn> outputs);
}
