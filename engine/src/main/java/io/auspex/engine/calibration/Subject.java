package io.auspex.engine.calibration;

import io.auspex.udf.synthetic.SyntheticModel;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A model that is measured. They differ in what costs the most: features, weights, splits, or
 * nothing.
 */
public enum Subject {
  LINEAR(20, () -> SyntheticModel.linear(20, 1)),
  NARROW(4, () -> SyntheticModel.linear(4, 1)),
  DEEP(20, () -> SyntheticModel.linear(20, 8, 1)),
  TREE(20, () -> SyntheticModel.trees(20, 1, 5)),
  FOREST(20, () -> SyntheticModel.trees(20, 40, 6)),
  NETWORK(20, () -> SyntheticModel.network(20, 128, 32, 1));

  private final int features;
  private final Supplier<SyntheticModel> model;

  Subject(int features, Supplier<SyntheticModel> model) {
    this.features = features;
    this.model = model;
  }

  public SyntheticModel model() {
    return model.get();
  }

  /** How many columns it takes, of which a kernel reads those it looks at. */
  int features() {
    return features;
  }

  /** The columns it takes, as {@code FEATURES} lists them. */
  public String columns() {
    return IntStream.range(0, features)
        .mapToObj(MeasuredTable::feature)
        .collect(Collectors.joining(", "));
  }
}
