package io.auspex.udf.onnx.rewrite;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.auspex.catalog.Batching;
import io.auspex.catalog.ElementType;
import io.auspex.catalog.Input;
import io.auspex.catalog.Output;
import io.auspex.catalog.Signature;
import io.auspex.udf.onnx.OnnxGraph;
import io.auspex.udf.onnx.edit.GraphEditor;
import io.auspex.udf.onnx.edit.MoveAxis;
import io.auspex.udf.onnx.edit.UnwrapOptional;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A model as it is given to ONNX Runtime, and how it is fed and read.
 *
 * @param model the graph, rewritten
 * @param feeds an entry an input of the signature, in its order
 * @param reads an entry an output asked for, in that order
 * @param utf8 whether strings must be handed over as UTF-8, which takes more than handing them over
 *     from Java
 */
public record SessionGraph(ModelProto model, List<Feed> feeds, List<Read> reads, boolean utf8) {

  /**
   * How an input is fed.
   *
   * @param name the tensor's name; for strings, that of the index into the words
   * @param type the elements Java hands over
   * @param words for strings, the name of the tensor {@code [D]} of the words
   * @param symbols the names of a row's dimensions, empty where they have none
   */
  public record Feed(
      Input input, String name, ElementType type, Optional<String> words, List<String> symbols) {}

  /** What ONNX Runtime gives for an output. */
  public enum Form {
    TENSOR,
    /** A sequence of tensors. */
    SEQUENCE,
    /** A sequence of the tensor, or of none. */
    OPTIONAL
  }

  /**
   * How an output is read.
   *
   * @param name the tensor's name
   * @param type the elements Java receives
   * @param keys of the maps where the output was a ZipMap's: String or Long, by the tensor's column
   * @param symbols the names of a row's dimensions, empty where they have none; none at all where
   *     the file does not say the dimensions
   */
  public record Read(
      Output output,
      String name,
      ElementType type,
      List<Object> keys,
      List<String> symbols,
      Form form) {

    private Read as(Output other) {
      return new Read(other, name, type, keys, symbols, form);
    }
  }

  /** Rewrites a model so that it computes the outputs asked for, and only them. */
  public static SessionGraph of(OnnxGraph graph, Signature signature, List<Output> outputs) {
    GraphEditor editor = new GraphEditor(graph.model());
    TrimOutputs.apply(editor, outputs.stream().map(Output::name).collect(Collectors.toSet()));
    Symbols symbols = new Symbols(graph, signature.batching());
    List<Read> reads = reads(editor, outputs, symbols, signature.batching());
    removeUnread(editor, reads);
    List<Feed> feeds =
        signature.inputs().stream().map(input -> feed(editor, input, symbols)).toList();
    boolean utf8 = JavaStrings.lookInside(editor.graph());
    if (!utf8) {
      JavaStrings.apply(editor);
    }
    forgetShapes(editor);
    return new SessionGraph(editor.build(), feeds, reads, utf8);
  }

  /**
   * Files misstate the shapes of outputs. ONNX Runtime only warns of that, unless an output is to
   * be written where it is told to.
   */
  private static void forgetShapes(GraphEditor editor) {
    for (ValueInfoProto.Builder output : editor.graph().getOutputBuilderList()) {
      if (output.getType().hasTensorType()) {
        output.getTypeBuilder().getTensorTypeBuilder().clearShape();
      }
    }
  }

  private static List<Read> reads(
      GraphEditor editor, List<Output> outputs, Symbols symbols, Batching batching) {
    List<ValueInfoProto> declared = List.copyOf(editor.graph().getOutputList());
    List<Read> reads = new ArrayList<>();
    for (Output output : outputs) {
      Optional<Read> known =
          reads.stream().filter(read -> isOfSameTensor(read.output(), output)).findFirst();
      reads.add(
          known.isPresent()
              ? known.get().as(output)
              : output.element() >= 0
                  ? readElement(editor, named(declared, output.name()), output, batching)
                  : read(editor, output, symbols));
    }
    return reads;
  }

  private static ValueInfoProto named(List<ValueInfoProto> values, String name) {
    return values.stream().filter(value -> value.getName().equals(name)).findFirst().orElseThrow();
  }

  /** Takes away the outputs of which only elements are read. */
  private static void removeUnread(GraphEditor editor, List<Read> reads) {
    Set<String> names = reads.stream().map(Read::name).collect(Collectors.toSet());
    List<ValueInfoProto> read =
        editor.graph().getOutputList().stream()
            .filter(output -> names.contains(output.getName()))
            .toList();
    editor.graph().clearOutput().addAllOutput(read);
  }

  private static boolean isOfSameTensor(Output one, Output other) {
    return one.name().equals(other.name()) && one.element() == other.element();
  }

  private static Read readElement(
      GraphEditor editor, ValueInfoProto declared, Output output, Batching batching) {
    int axis = batching.hasDimension() && output.axis() == 0 ? 1 : 0;
    String element = TakeElement.apply(editor, declared, output, axis);
    String name = JavaTypes.read(editor, element, output.type());
    ElementType type = JavaTypes.of(output.type());
    return new Read(output, name, type, List.of(), List.of(), Form.TENSOR);
  }

  private static Read read(GraphEditor editor, Output output, Symbols symbols) {
    Optional<DropZipMap.Dropped> dropped = DropZipMap.apply(editor, output.name());
    if (dropped.isPresent()) {
      DropZipMap.Dropped map = dropped.get();
      return new Read(output, map.tensor(), output.type(), map.keys(), List.of(), Form.TENSOR);
    }
    ValueInfoProto value = editor.graph().getOutput(editor.output(output.name()));
    if (value.getType().hasSequenceType()) {
      Form form = UnwrapOptional.wasOptional(value) ? Form.OPTIONAL : Form.SEQUENCE;
      return new Read(output, output.name(), output.type(), List.of(), List.of(), form);
    }
    String rowsFirst =
        output.axis() == 0
            ? output.name()
            : MoveAxis.ofOutput(editor, output.name(), output.axis(), output.shape().size());
    String name = JavaTypes.read(editor, rowsFirst, output.type());
    ElementType type = JavaTypes.of(output.type());
    return new Read(output, name, type, List.of(), symbols.of(output), Form.TENSOR);
  }

  private static Feed feed(GraphEditor editor, Input input, Symbols symbols) {
    List<String> ofRow = symbols.of(input);
    String rowsFirst =
        input.axis() == 0 ? input.name() : MoveAxis.ofInput(editor, input.name(), input.axis());
    if (input.type() == ElementType.STRING) {
      WordInput.Names names = WordInput.apply(editor, rowsFirst);
      return new Feed(input, names.index(), input.type(), Optional.of(names.words()), ofRow);
    }
    String name = JavaTypes.feed(editor, rowsFirst, input.type());
    return new Feed(input, name, JavaTypes.of(input.type()), Optional.empty(), ofRow);
  }
}
