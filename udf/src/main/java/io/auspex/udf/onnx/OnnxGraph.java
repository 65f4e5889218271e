package io.auspex.udf.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.CodedInputStream;
import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;
import io.auspex.catalog.ModelOptions;
import io.auspex.udf.onnx.edit.EndSequence;
import io.auspex.udf.onnx.edit.GraphEditor;
import io.auspex.udf.onnx.edit.UnwrapOptional;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An ONNX model as its file says it: the protobuf message, and the questions asked of it most.
 * Immutable.
 *
 * <p>Terms are those of the <a href="https://onnx.ai/onnx/repo-docs/IR.html">ONNX
 * specification</a>.
 */
public record OnnxGraph(ModelProto model) {
  private static final int LONGEST_PRODUCER = 100;

  /**
   * Reads a model file and proves that it is whole.
   *
   * @param name what messages call the file
   * @throws AuspexException FILE_NOT_FOUND, NOT_ONNX, or MODEL_UNSUPPORTED where it is larger than
   *     a protobuf message can be (2 GiB)
   */
  public static OnnxGraph read(Path file, String name) {
    ModelBytes.checkReadable(file, name);
    OnnxGraph graph = new OnnxGraph(parse(file, name));
    if (graph.model().getIrVersion() <= 0 || !graph.model().hasGraph()) {
      throw new AuspexException(ErrorCode.NOT_ONNX, name, ForeignFormat.of(file));
    }
    new GraphCheck(graph, name).run();
    return graph;
  }

  /** Throws FILE_NOT_FOUND, NOT_ONNX for an empty file, MODEL_UNSUPPORTED for one too large. */
  public static void checkReadable(Path file, String name) {
    ModelBytes.checkReadable(file, name);
  }

  private static ModelProto parse(Path file, String name) {
    try (InputStream stream = Files.newInputStream(file)) {
      CodedInputStream coded = CodedInputStream.newInstance(stream, 1 << 16);
      coded.setSizeLimit(Integer.MAX_VALUE);
      return ModelProto.parseFrom(coded);
    } catch (IOException notProtobuf) {
      throw new AuspexException(ErrorCode.NOT_ONNX, name, ForeignFormat.of(file))
          .causedBy(notProtobuf);
    }
  }

  public GraphProto graph() {
    return model.getGraph();
  }

  /**
   * The model as it is run: inputs that options give a value are none any more, and outputs that
   * may have none are sequences. Sequences of tensors end with one that is not theirs.
   *
   * @param name what messages call it
   * @throws AuspexException OPTION_TENSOR, INVALID_OPTION
   */
  public OnnxGraph with(ModelOptions options, String name) {
    OnnxGraph fixed = Constants.apply(this, options, name);
    List<ValueInfoProto> others =
        outputs().stream()
            .filter(output -> EndSequence.isOfTensors(output) || UnwrapOptional.isOptional(output))
            .toList();
    if (others.isEmpty()) {
      return fixed;
    }
    GraphEditor editor = new GraphEditor(fixed.model());
    for (ValueInfoProto output : others) {
      if (UnwrapOptional.isOptional(output)) {
        UnwrapOptional.apply(editor, output.getName());
      }
      EndSequence.apply(editor, output.getName());
    }
    return new OnnxGraph(editor.build());
  }

  /**
   * What has to be fed: the graph's inputs without those that an initializer gives a value already.
   */
  public List<ValueInfoProto> inputs() {
    Set<String> initialized = initializers(graph());
    return graph().getInputList().stream()
        .filter(input -> !initialized.contains(input.getName()))
        .toList();
  }

  public List<ValueInfoProto> outputs() {
    return graph().getOutputList();
  }

  /** The names of a tensor's dimensions; empty where one has a number or nothing at all. */
  public static List<String> symbols(ValueInfoProto tensor) {
    return tensor.getType().getTensorType().getShape().getDimList().stream()
        .map(Dimension::getDimParam)
        .toList();
  }

  /** The node whose output this value is; none for inputs and initializers. */
  public Optional<NodeProto> producerOf(String value) {
    return graph().getNodeList().stream()
        .filter(node -> node.getOutputList().contains(value))
        .findFirst();
  }

  /** The operators of the main graph, in order, one a node. */
  public List<String> operators() {
    return graph().getNodeList().stream().map(NodeProto::getOpType).toList();
  }

  /** The version of the default operator set; 0 where the model uses only others. */
  public long opset() {
    return opset(Set.of("", "ai.onnx"));
  }

  /** The version of the operator set ai.onnx.ml; 0 where the model uses none of it. */
  public long mlOpset() {
    return opset(Set.of("ai.onnx.ml"));
  }

  private long opset(Set<String> domains) {
    return model.getOpsetImportList().stream()
        .filter(set -> domains.contains(set.getDomain()))
        .mapToLong(OperatorSetIdProto::getVersion)
        .max()
        .orElse(0);
  }

  /** The program that wrote the file, with its version, in a line; empty where it does not say. */
  public String producer() {
    String told = model.getProducerName() + " " + model.getProducerVersion();
    String line = told.replaceAll("\\s+", " ").strip();
    return line.length() > LONGEST_PRODUCER ? line.substring(0, LONGEST_PRODUCER) + "…" : line;
  }

  /** What its producer noted beside the graph, as in {@code metadata_props}. */
  public Map<String, String> metadata() {
    Map<String, String> metadata = new LinkedHashMap<>();
    for (StringStringEntryProto entry : model.getMetadataPropsList()) {
      metadata.put(entry.getKey(), entry.getValue());
    }
    return metadata;
  }

  static Set<String> initializers(GraphProto graph) {
    Set<String> names = new HashSet<>();
    graph.getInitializerList().forEach(tensor -> names.add(tensor.getName()));
    graph.getSparseInitializerList().forEach(sparse -> names.add(sparse.getValues().getName()));
    return names;
  }
}
