package io.auspex.catalog;

import java.util.List;

/** What a model takes and gives. */
public record Signature(List<Input> inputs, List<Output> outputs) {
  public Signature {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }
}
