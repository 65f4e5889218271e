package io.auspex.udf.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A graph in short: what it is made of, and how large that is. */
public final class GraphSummary {
  /** More steps than that are no order to read, but operators to count. */
  private static final int MOST_STEPS = 40;

  private static final int MOST_WEIGHTS = 8;

  /** What is smaller is a constant of some formula, not learnt. */
  private static final int LEAST_WEIGHT = 8;

  private final OnnxGraph graph;
  private final Map<String, Integer> operators = new LinkedHashMap<>();
  private final Map<String, TensorProto> constants = new LinkedHashMap<>();
  private long parameters;
  private long bytes;

  public GraphSummary(OnnxGraph graph) {
    this.graph = graph;
    count(graph.graph());
  }

  /** How many nodes it has, those of its branches and loops among them. */
  public int nodes() {
    return operators.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** How many numbers and words it has learnt, or holds otherwise. */
  public long parameters() {
    return parameters;
  }

  /** What {@link #parameters} take in memory, in bytes. */
  public long bytes() {
    return bytes;
  }

  /** The graph, a line a fact. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("operator sets: " + operatorSets());
    lines.add(steps());
    graph
        .graph()
        .getNodeList()
        .forEach(node -> EnsembleShape.of(node).ifPresent(shape -> lines.add(line(node, shape))));
    if (constants.values().stream().anyMatch(GraphSummary::isWeight)) {
      lines.add("weights: " + weights());
    }
    lines.add(
        String.format(
            Locale.ROOT,
            "size: %,d nodes, %,d parameters in %s",
            nodes(),
            parameters,
            size(bytes)));
    return lines;
  }

  private String operatorSets() {
    return graph.model().getOpsetImportList().stream()
        .map(GraphSummary::operatorSet)
        .distinct()
        .collect(Collectors.joining(", "));
  }

  private static String operatorSet(OperatorSetIdProto set) {
    return (set.getDomain().isEmpty() ? "ai.onnx" : set.getDomain()) + " " + set.getVersion();
  }

  private String steps() {
    List<String> steps = new ArrayList<>();
    String last = "";
    int times = 0;
    for (String operator : graph.operators()) {
      if (!operator.equals(last) && times > 0) {
        steps.add(times(last, times));
        times = 0;
      }
      last = operator;
      times++;
    }
    steps.add(times(last, times));
    if (steps.size() <= MOST_STEPS) {
      return "steps: " + String.join(" → ", steps);
    }
    return "operators: "
        + operators.entrySet().stream()
            .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
            .map(entry -> times(entry.getKey(), entry.getValue()))
            .collect(Collectors.joining(", "));
  }

  private static String times(String operator, int times) {
    return times == 1 ? operator : operator + " ×" + times;
  }

  private static String line(NodeProto node, EnsembleShape shape) {
    return String.format(
        Locale.ROOT,
        "%s: %,d trees, depth %d, %,d leaves, %d features",
        node.getOpType(),
        shape.trees(),
        shape.depth(),
        shape.leaves(),
        shape.features());
  }

  /** The largest first. */
  private String weights() {
    List<TensorProto> largest =
        constants.values().stream()
            .filter(GraphSummary::isWeight)
            .sorted(Comparator.comparingLong(GraphSummary::elements).reversed())
            .toList();
    String named =
        largest.stream()
            .limit(MOST_WEIGHTS)
            .map(tensor -> tensor.getName() + " " + tensor.getDimsList())
            .collect(Collectors.joining(", "));
    int more = largest.size() - MOST_WEIGHTS;
    return more > 0 ? named + " and " + more + " more" : named;
  }

  private static boolean isWeight(TensorProto tensor) {
    return elements(tensor) >= LEAST_WEIGHT;
  }

  /** Bytes for people: {@code 1.5 MB}. */
  public static String size(long bytes) {
    if (bytes < 1000) {
      return bytes + " bytes";
    }
    String[] units = {"kB", "MB", "GB", "TB"};
    double size = bytes;
    int unit = -1;
    while (size >= 1000 && unit < units.length - 1) {
      size /= 1000;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %s", size, units[unit]);
  }

  private void count(GraphProto scope) {
    for (TensorProto tensor : scope.getInitializerList()) {
      constants.put(tensor.getName(), tensor);
      add(tensor);
    }
    for (NodeProto node : scope.getNodeList()) {
      operators.merge(node.getOpType(), 1, Integer::sum);
      node.getAttributeList().forEach(this::count);
    }
  }

  private void count(AttributeProto attribute) {
    if (attribute.hasT()) {
      add(attribute.getT());
    }
    add(attribute.getFloatsCount(), 4L * attribute.getFloatsCount());
    add(attribute.getIntsCount(), 8L * attribute.getIntsCount());
    add(
        attribute.getStringsCount(),
        attribute.getStringsList().stream().mapToLong(text -> text.size()).sum());
    if (attribute.hasG()) {
      count(attribute.getG());
    }
    attribute.getGraphsList().forEach(this::count);
  }

  private void add(TensorProto tensor) {
    add(elements(tensor), Math.max(1, Declarations.bytes(tensor.getDataType())) * elements(tensor));
  }

  private void add(long elements, long size) {
    parameters += elements;
    bytes += size;
  }

  private static long elements(TensorProto tensor) {
    return tensor.getDimsList().stream().reduce(1L, (a, b) -> a * b);
  }
}
