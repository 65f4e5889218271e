package io.auspex.udf.predict;

import io.auspex.catalog.Input;
import io.auspex.udf.tosql.ModelSql;
import java.util.Optional;
import java.util.Set;

/**
 * What planning has to know of how a model computes some of its outputs. Immutable.
 *
 * @param isKernel whether a kernel of our own computes it, where that is allowed
 * @param areTensors whether an element of an array output can be computed in its place
 * @param reads the features that it looks at; nothing where that is not known
 * @param sql the model as SQL, where that is a way to compute it
 * @param trees of its ensembles; 0 where it has none
 * @param splits that a row passes in them, about
 * @param weights of its products, about
 * @param size splits, entries of tables and steps that there are to compute it; 0 where that is not
 *     known
 * @param allSplits in all its trees, however few of them a row passes
 */
public record ModelProfile(
    boolean isKernel,
    boolean areTensors,
    Optional<Set<Slot>> reads,
    Optional<ModelSql> sql,
    int trees,
    long splits,
    long weights,
    long size,
    int allSplits) {
  /** Of a model that ONNX Runtime computes and nobody else looks into. */
  public static ModelProfile opaque(boolean areTensors, long weights) {
    return new ModelProfile(
        false, areTensors, Optional.empty(), Optional.empty(), 0, 0, weights, 0, 0);
  }

  /** The same model where only ONNX Runtime may compute it. */
  public ModelProfile withoutKernel() {
    return new ModelProfile(
        false,
        areTensors,
        Optional.empty(),
        Optional.empty(),
        trees,
        splits,
        weights,
        0,
        allSplits);
  }

  /** A value of an input's row. */
  public record Slot(String input, int slot) {
    public static Slot of(Input input, int slot) {
      return new Slot(input.name(), slot);
    }
  }
}
