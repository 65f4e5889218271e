package io.auspex.udf.fuzz;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.auspex.catalog.ElementType;
import java.util.List;
import java.util.SortedSet;

/**
 * A random model.
 *
 * @param traits what it has, such as {@code mode BRANCH_LT}: tests ask that each occurs
 */
public record Case(long seed, ModelProto model, List<Input> inputs, SortedSet<String> traits) {

  /**
   * An input {@code [N, width]}, or {@code [N]}.
   *
   * @param pools for each column the values that matter to the model, {@code Double} or {@code
   *     String}
   */
  public record Input(String name, ElementType type, List<? extends List<?>> pools) {
    public int width() {
      return pools.size();
    }
  }

  /** One line that says how to make it again, and what it is. */
  public String description() {
    return "seed " + seed + ": " + String.join(", ", traits);
  }
}
