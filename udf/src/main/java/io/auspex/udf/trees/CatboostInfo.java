package io.auspex.udf.trees;

import java.util.Optional;

/**
 * What a CatBoost model says of its training.
 *
 * @param info the object with {@code params} in it
 */
record CatboostInfo(Part info) {

  String loss() {
    if (info.has("binclass_probability_threshold")) {
      throw info.source()
          .unsupported(
              "it has a probability threshold of its own",
              "Save it without one, and compare the probability in SQL.");
    }
    return info.has("params") && info.part("params").has("loss_function")
        ? info.part("params").part("loss_function").text("type")
        : "";
  }

  /** What it knows of the labels. */
  Optional<Part> classes() {
    return info.has("class_params") ? Optional.of(info.part("class_params")) : Optional.empty();
  }
}
