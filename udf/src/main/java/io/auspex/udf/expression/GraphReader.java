package io.auspex.udf.expression;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.auspex.catalog.Batching;
import io.auspex.catalog.ElementType;
import io.auspex.catalog.Input;
import io.auspex.catalog.Output;
import io.auspex.catalog.Signature;
import io.auspex.udf.onnx.Attributes;
import io.auspex.udf.onnx.OnnxGraph;
import io.auspex.udf.onnx.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a graph as expressions: each tensor {@code [N,K]} as K of them. Only what outputs need is
 * read, so that the rest of the graph may be anything.
 */
public final class GraphReader {
  private final Map<String, NodeProto> producers = new HashMap<>();
  private final Map<String, TensorProto> initializers = new HashMap<>();
  private final Map<String, Input> inputs = new HashMap<>();
  private final Map<String, Columns> known = new HashMap<>();
  private final OnnxGraph graph;

  /** An operator, or a shape, that has no expressions. */
  static final class Unread extends RuntimeException {
    Unread(String reason) {
      super(reason, null, false, false);
    }
  }

  private GraphReader(OnnxGraph graph, Signature signature) {
    this.graph = graph;
    graph
        .graph()
        .getInitializerList()
        .forEach(tensor -> initializers.put(tensor.getName(), tensor));
    signature.inputs().forEach(input -> inputs.put(input.name(), input));
    for (NodeProto node : graph.graph().getNodeList()) {
      node.getOutputList().forEach(output -> producers.put(output, node));
    }
  }

  /**
   * What outputs are computed from.
   *
   * @param columns by output, a value each; those of a map in the order of the keys
   * @param keys by output, those of its map: String or Long; empty where it is none
   */
  public record Read(Map<Output, List<Expression>> columns, Map<Output, List<Object>> keys) {}

  /**
   * The expressions of outputs.
   *
   * @param graph as it is run, with what options do to it
   * @return nothing where there is something in it that has none
   */
  public static Optional<Read> read(OnnxGraph graph, Signature signature, List<Output> outputs) {
    if (!signature.batching().equals(Batching.ANY)) {
      return Optional.empty();
    }
    try {
      return Optional.of(readOrThrow(graph, signature, outputs));
    } catch (Unread
        | IllegalArgumentException
        | IndexOutOfBoundsException
        | ArithmeticException
        | StackOverflowError unread) {
      return Optional.empty();
    }
  }

  static Read readOrThrow(OnnxGraph graph, Signature signature, List<Output> outputs) {
    GraphReader reader = new GraphReader(graph, signature);
    Map<Output, List<Expression>> columns = new LinkedHashMap<>();
    Map<Output, List<Object>> keys = new HashMap<>();
    for (Output output : outputs) {
      NodeProto producer = reader.producers.get(output.name());
      boolean isMap = producer != null && producer.getOpType().equals("ZipMap");
      Columns value = reader.value(isMap ? producer.getInput(0) : output.name());
      if (value.isAcross()) {
        throw new Unread("an output of one row");
      }
      List<Expression> values = value.values();
      boolean isPart = output.element() >= 0;
      columns.put(output, isPart ? List.of(values.get(output.element())) : values);
      keys.put(output, isMap && !isPart ? keys(Attributes.of(producer)) : List.of());
    }
    return new Read(columns, keys);
  }

  private static List<Object> keys(Attributes zipMap) {
    List<Object> keys = new ArrayList<>(zipMap.texts("classlabels_strings"));
    for (long key : zipMap.integers("classlabels_int64s")) {
      keys.add(key);
    }
    return keys;
  }

  /** The values of a tensor. */
  Columns value(String name) {
    Columns value = known.get(name);
    if (value == null) {
      value = read(name);
      known.put(name, value);
    }
    return value;
  }

  private Columns read(String name) {
    if (inputs.containsKey(name)) {
      return feature(inputs.get(name));
    } else if (initializers.containsKey(name)) {
      return Columns.of(Tensor.of(initializers.get(name)));
    }
    NodeProto node = producers.get(name);
    if (node == null) {
      throw new Unread("a tensor that nothing makes");
    }
    boolean isStandard = node.getDomain().isEmpty() || node.getDomain().startsWith("ai.onnx");
    if (!isStandard) {
      throw new Unread(node.getDomain());
    }
    List<Columns> values = new Operators(this, node, graph).values();
    for (int i = 0; i < node.getOutputCount(); i++) {
      if (!node.getOutput(i).isEmpty() && i < values.size()) {
        known.put(node.getOutput(i), values.get(i));
      }
    }
    if (!known.containsKey(name)) {
      throw new Unread(node.getOpType());
    }
    return known.get(name);
  }

  private static Columns feature(Input input) {
    long width = input.shape().size() <= 1 ? 1 : input.width();
    if (input.axis() != 0 || width < 1 || input.shape().size() > 2) {
      throw new Unread("an input of arrays");
    }
    ElementType type = input.type();
    boolean isKnown =
        switch (type) {
          case FLOAT, DOUBLE, INT64, INT32, INT16, INT8, UINT8, BOOL, STRING -> true;
          default -> false;
        };
    if (!isKnown) {
      throw new Unread("features of type " + type);
    }
    List<Expression> columns = new ArrayList<>();
    for (int slot = 0; slot < width; slot++) {
      columns.add(new Expression.Column(input, slot));
    }
    return new Columns(columns, Math.max(1, input.shape().size()));
  }
}
