package io.auspex.udf.synthetic;

import static io.auspex.udf.trees.GraphWriter.tensor;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import io.auspex.catalog.ElementType;
import io.auspex.udf.trees.GraphWriter;
import java.util.List;
import java.util.Random;

/**
 * A model of random numbers, whose size is what counts of it: one input {@code features} FLOAT
 * {@code [N, width]}, made for values between 0 and 1, and one output {@code y} FLOAT {@code
 * [N,1]}. The same in every run. Immutable.
 */
public final class SyntheticModel {
  /** Those of an ONNX Runtime that knows TreeEnsemble, which came with them. */
  private static final int OPSET = 18;

  private static final int ML_OPSET = 5;
  private static final int IR_VERSION = 9;
  private static final long SEED = 7;

  private final ModelProto proto;

  private SyntheticModel(GraphWriter graph, String y) {
    graph.output("y", ElementType.FLOAT, 1, y);
    this.proto =
        ModelProto.newBuilder()
            .setIrVersion(IR_VERSION)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET))
            .addOpsetImport(
                OperatorSetIdProto.newBuilder().setDomain(GraphWriter.ML).setVersion(ML_OPSET))
            .setProducerName("Auspex")
            .setGraph(graph.graph())
            .build();
  }

  /**
   * Layers of linear sums, nothing between them: a linear model where there is one.
   *
   * @param widths the features, then what comes out of each layer; the last is 1
   */
  public static SyntheticModel linear(int... widths) {
    return layers(false, widths);
  }

  /** A network: layers of linear sums, and what is negative of them set to 0 between two. */
  public static SyntheticModel network(int... widths) {
    return layers(true, widths);
  }

  private static SyntheticModel layers(boolean cut, int... widths) {
    Random random = new Random(SEED);
    GraphWriter graph = new GraphWriter("layers");
    String x = graph.input("features", ElementType.FLOAT, widths[0]);
    for (int layer = 1; layer < widths.length; layer++) {
      if (cut && layer > 1) {
        x = graph.node("Relu", List.of(x));
      }
      x = sums(graph, x, widths[layer - 1], widths[layer], random);
    }
    return new SyntheticModel(graph, x);
  }

  private static String sums(GraphWriter graph, String x, int from, int to, Random random) {
    double[] weights = random.doubles((long) from * to, -1, 1).toArray();
    double[] bias = random.doubles(to, -1, 1).toArray();
    String matrix =
        graph.constant(tensor(ElementType.FLOAT, weights).clearDims().addDims(from).addDims(to));
    return graph.node("Gemm", List.of(x, matrix, graph.constant(tensor(ElementType.FLOAT, bias))));
  }

  /** Full binary trees, each of so many splits from its root to a leaf. */
  public static SyntheticModel trees(int features, int count, int depth) {
    GraphWriter graph = new GraphWriter("trees");
    String x = graph.input("features", ElementType.FLOAT, features);
    String y = new FullTrees(features, count, depth, new Random(SEED)).write(graph, x);
    return new SyntheticModel(graph, y);
  }

  /** The content of its ONNX file. */
  public byte[] toBytes() {
    return proto.toByteArray();
  }
}
