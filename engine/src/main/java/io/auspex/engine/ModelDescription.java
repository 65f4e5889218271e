package io.auspex.engine;

import io.auspex.catalog.Artifacts;
import io.auspex.catalog.AuspexException;
import io.auspex.catalog.Input;
import io.auspex.catalog.ModelVersion;
import io.auspex.catalog.Output;
import io.auspex.udf.onnx.GraphSummary;
import io.auspex.udf.onnx.OnnxGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What is shown of a model's version. */
final class ModelDescription {
  private static final int LONGEST_NOTE = 200;

  private final ModelVersion model;
  private final Artifacts artifacts;

  ModelDescription(ModelVersion model, Artifacts artifacts) {
    this.model = model;
    this.artifacts = artifacts;
  }

  /** {@code DESCRIBE MODEL}: a row an input and output, then what else is known. */
  Rows rows() {
    Rows rows = new Rows("part", "name", "type", "shape", "columns");
    for (Input input : model.signature().inputs()) {
      String shape = shape(input.shape(), input.axis());
      rows.add("input", input.name(), input.type().sqlType(), shape, binds(input));
    }
    for (Output output : model.signature().outputs()) {
      String shape = shape(output.shape(), output.axis());
      rows.add("output", output.name(), output.sqlType(), shape, output.column());
    }
    fact(rows, "version", Integer.toString(model.version()));
    fact(rows, "digest", model.digest());
    model.data().forEach(digest -> fact(rows, "weights digest", digest));
    fact(rows, "bytes", Long.toString(model.bytes()));
    fact(rows, "created", model.createdAt().toString());
    fact(rows, "opset", Long.toString(model.opset()));
    fact(rows, "producer", model.producer());
    fact(rows, "comment", model.comment());
    new TreeMap<>(model.options().values())
        .forEach((key, value) -> fact(rows, "option", key + " = " + value));
    addGraph(rows);
    return rows;
  }

  /** Where the file cannot be read, that is what is to be known of it. */
  private void addGraph(Rows rows) {
    OnnxGraph graph;
    try {
      graph = OnnxGraph.read(artifacts.path(model), model.model());
    } catch (AuspexException unreadable) {
      fact(rows, "file", unreadable.getMessage());
      return;
    }
    GraphSummary summary = new GraphSummary(graph);
    fact(rows, "nodes", Integer.toString(summary.nodes()));
    fact(rows, "parameters", Long.toString(summary.parameters()));
    fact(rows, "memory", GraphSummary.size(summary.bytes()));
    graph.metadata().forEach((key, value) -> fact(rows, "metadata", note(key + " = " + value)));
  }

  private static String note(String text) {
    String line = text.replaceAll("\\s+", " ");
    return line.length() > LONGEST_NOTE ? line.substring(0, LONGEST_NOTE) + "…" : line;
  }

  private static void fact(Rows rows, String part, String value) {
    rows.add(part, value, null, null, null);
  }

  /** The columns an input takes; without names, one of arrays that is called as the input is. */
  private static String binds(Input input) {
    return input.features().isEmpty()
        ? input.name() + " " + input.columnType()
        : String.join(", ", input.features());
  }

  /** {@code EXPLAIN MODEL}: a line a fact of its graph. */
  Rows plan() {
    OnnxGraph graph = OnnxGraph.read(artifacts.path(model), model.model());
    Rows rows = new Rows("plan");
    rows.add("model: " + model.model() + " version " + model.version());
    rows.add(
        "inputs: "
            + model.signature().inputs().stream()
                .map(
                    input -> tensor(input.name(), input.type().name(), input.shape(), input.axis()))
                .collect(Collectors.joining(", ")));
    new GraphSummary(graph).lines().forEach(rows::add);
    rows.add(
        "outputs: "
            + model.signature().outputs().stream()
                .map(ModelDescription::output)
                .collect(Collectors.joining(", ")));
    return rows;
  }

  private static String output(Output output) {
    return output.keyType().isPresent()
        ? output.name() + " " + output.sqlType()
        : tensor(output.name(), output.type().name(), output.shape(), output.axis());
  }

  private static String tensor(String name, String type, List<Long> shape, int axis) {
    return name + " " + type + " " + shape(shape, axis);
  }

  /** A dimension that may be anything is {@code N} where it is the batch, {@code ?} elsewhere. */
  private static String shape(List<Long> rowsFirst, int axis) {
    List<String> dimensions = new ArrayList<>();
    for (Long extent : rowsFirst.subList(1, rowsFirst.size())) {
      dimensions.add(extent < 0 ? "?" : extent.toString());
    }
    dimensions.add(axis, "N");
    return dimensions.toString();
  }
}
