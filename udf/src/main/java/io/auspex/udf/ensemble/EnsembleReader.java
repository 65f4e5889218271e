package io.auspex.udf.ensemble;

import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.Optional;

/** Reads the tree ensembles of a graph. */
public final class EnsembleReader {
  private EnsembleReader() {}

  /** Why an ensemble is left to ONNX Runtime. */
  static final class Odd extends RuntimeException {
    Odd(String reason) {
      super(reason, null, false, false);
    }
  }

  public static boolean isEnsemble(NodeProto node) {
    return switch (node.getOpType()) {
      case "TreeEnsemble", "TreeEnsembleRegressor", "TreeEnsembleClassifier" -> true;
      default -> false;
    };
  }

  /**
   * The ensemble of a node. Nothing where its lists do not fit together, or where ONNX Runtime
   * makes of it what nobody can have meant.
   *
   * @param isDouble whether its input is of doubles
   */
  public static Optional<Ensemble> read(NodeProto node, boolean isDouble) {
    try {
      Ensemble ensemble =
          node.getOpType().equals("TreeEnsemble")
              ? RootedEnsemble.read(node, isDouble)
              : NumberedEnsemble.read(node, isDouble);
      EqualChains.check(ensemble);
      checkWritten(ensemble);
      return Optional.of(ensemble);
    } catch (Odd | IndexOutOfBoundsException | IllegalArgumentException | ArithmeticException odd) {
      return Optional.empty();
    }
  }

  /**
   * Of some classifiers of two classes, ONNX Runtime leaves a score as it finds it in memory. And
   * what PROBIT gives hangs on the last bits of a logarithm, which only it has.
   */
  private static void checkWritten(Ensemble ensemble) {
    boolean isOfTwo = ensemble.classes().isPresent() && ensemble.targets() == 2;
    boolean isMixed =
        isOfTwo && ensemble.base().length == 1 && !ensemble.classes().get().hasOneColumn();
    if (ensemble.postTransform() == Ensemble.PostTransform.PROBIT || isMixed) {
      throw new Odd("a score that cannot be told");
    }
  }
}
