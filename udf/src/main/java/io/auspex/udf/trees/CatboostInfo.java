package io.auspex.udf.trees;

/** What a CatBoost model says of its training. */
final class CatboostInfo {
  private final Part info;
  private final Source source;

  /**
   * @param info the object with {@code params} in it
   */
  CatboostInfo(Part info, Source source) {
    this.info = info;
    this.source = source;
  }

  String loss() {
    if (info.has("binclass_probability_threshold")) {
      throw source.unsupported(
          "it has a probability threshold of its own",
          "Save it without one, and compare the probability in SQL.");
    }
    return info.has("params") && info.part("params").has("loss_function")
        ? info.part("params").part("loss_function").text("type")
        : "";
  }
}
