package io.auspex.catalog;

import java.util.List;

/** What a model takes and gives. */
public record Signature(List<Input> inputs, List<Output> outputs, Batching batching) {
  public Signature {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /** Of a model that takes as many rows as there are. */
  public Signature(List<Input> inputs, List<Output> outputs) {
    this(inputs, outputs, Batching.ANY);
  }
}
