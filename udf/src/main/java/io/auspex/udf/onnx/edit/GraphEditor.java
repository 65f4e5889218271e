package io.auspex.udf.onnx.edit;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.HashSet;
import java.util.Set;

/**
 * A model while it is rewritten: adds nodes under names that nothing in it bears yet. For one
 * thread.
 */
public final class GraphEditor {
  /** For models that use only other operator sets; any version that has Cast, Gather, Identity. */
  private static final long DEFAULT_OPSET = 13;

  private final ModelProto.Builder model;
  private final Set<String> names = new HashSet<>();

  public GraphEditor(ModelProto model) {
    this.model = model.toBuilder();
    collectNames(model.getGraph());
  }

  public ModelProto.Builder model() {
    return model;
  }

  public GraphProto.Builder graph() {
    return model.getGraphBuilder();
  }

  /** The model as it is now. */
  public ModelProto build() {
    return model.build();
  }

  /** A name like {@code name} that is not taken; it is from now on. */
  public String fresh(String name) {
    String candidate = name;
    for (int i = 1; !names.add(candidate); i++) {
      candidate = name + '_' + i;
    }
    return candidate;
  }

  /** Gives a value that nodes make, and others read, another name. */
  public void rename(String value, String name) {
    graph().getNodeBuilderList().forEach(node -> rename(node, value, name));
  }

  private static void rename(NodeProto.Builder node, String value, String name) {
    for (int i = 0; i < node.getInputCount(); i++) {
      if (node.getInput(i).equals(value)) {
        node.setInput(i, name);
      }
    }
    for (int i = 0; i < node.getOutputCount(); i++) {
      if (node.getOutput(i).equals(value)) {
        node.setOutput(i, name);
      }
    }
    for (AttributeProto.Builder attribute : node.getAttributeBuilderList()) {
      if (attribute.hasG()) {
        attribute.getGBuilder().getNodeBuilderList().forEach(inner -> rename(inner, value, name));
      }
      attribute
          .getGraphsBuilderList()
          .forEach(
              graph -> graph.getNodeBuilderList().forEach(inner -> rename(inner, value, name)));
    }
  }

  /** Puts a node of the default operator set before all others. */
  public void prepend(NodeProto.Builder node) {
    graph().addNode(0, named(node));
  }

  /** Puts a node of the default operator set behind all others. */
  public void append(NodeProto.Builder node) {
    graph().addNode(named(node));
  }

  private NodeProto.Builder named(NodeProto.Builder node) {
    requireDefaultOpset();
    return node.setName(fresh("auspex." + node.getOpType()));
  }

  private void requireDefaultOpset() {
    boolean present =
        model.getOpsetImportList().stream()
            .anyMatch(set -> set.getDomain().isEmpty() || set.getDomain().equals("ai.onnx"));
    if (!present) {
      model.addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(DEFAULT_OPSET));
    }
  }

  /** Whether a node makes this value, rather than it being an input or a constant. */
  public boolean isComputed(String value) {
    return graph().getNodeList().stream().anyMatch(node -> node.getOutputList().contains(value));
  }

  /** The ordinal of the graph's input of this name. */
  public int input(String name) {
    return ordinal(graph().getInputList(), name);
  }

  /** The ordinal of the graph's output of this name. */
  public int output(String name) {
    return ordinal(graph().getOutputList(), name);
  }

  private static int ordinal(Iterable<ValueInfoProto> values, String name) {
    int ordinal = 0;
    for (ValueInfoProto value : values) {
      if (value.getName().equals(name)) {
        return ordinal;
      }
      ordinal++;
    }
    throw new IllegalArgumentException(name);
  }

  private void collectNames(GraphProto graph) {
    graph.getInputList().forEach(value -> names.add(value.getName()));
    graph.getOutputList().forEach(value -> names.add(value.getName()));
    graph.getInitializerList().forEach(tensor -> names.add(tensor.getName()));
    graph.getSparseInitializerList().forEach(tensor -> names.add(tensor.getValues().getName()));
    for (NodeProto node : graph.getNodeList()) {
      names.add(node.getName());
      names.addAll(node.getOutputList());
      node.getAttributeList().forEach(this::collectNames);
    }
  }

  private void collectNames(AttributeProto attribute) {
    if (attribute.hasG()) {
      collectNames(attribute.getG());
    }
    attribute.getGraphsList().forEach(this::collectNames);
  }
}
