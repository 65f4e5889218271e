package io.auspex.udf.onnx;

import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ElementType;
import io.auspex.catalog.ErrorCode;
import io.auspex.catalog.ModelOptions;
import io.auspex.catalog.ModelOptions.Option;
import io.auspex.catalog.Names;
import io.auspex.udf.onnx.edit.FixInput;
import io.auspex.udf.onnx.edit.FixInput.Like;
import io.auspex.udf.onnx.edit.GraphEditor;
import io.auspex.udf.onnx.edit.Literal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts the constants of {@code WITH (input.x = …)} into a graph. A dimension that is open is
 *
 * <ul>
 *   <li>as large as the dimension of the same name of an input that is fed;
 *   <li>otherwise as large as {@code batch.x} says the rows are many;
 *   <li>otherwise 1, or as large as a list makes it, if there is but one.
 * </ul>
 */
final class Constants {
  private final OnnxGraph graph;
  private final DeclaredAxes axes;
  private final String model;
  private final List<ValueInfoProto> fed;

  private Constants(OnnxGraph graph, ModelOptions options, String model) {
    this.graph = graph;
    this.axes = new DeclaredAxes(options, model);
    this.model = model;
    Map<String, String> constants = options.byTensor(Option.INPUT);
    this.fed =
        graph.inputs().stream()
            .filter(input -> !constants.containsKey(Names.fold(input.getName())))
            .toList();
  }

  /**
   * @param model what messages call it
   * @throws AuspexException OPTION_TENSOR, INVALID_OPTION, MODEL_UNSUPPORTED
   */
  static OnnxGraph apply(OnnxGraph graph, ModelOptions options, String model) {
    Map<String, String> constants = options.byTensor(Option.INPUT);
    if (constants.isEmpty()) {
      return graph;
    }
    Constants fixing = new Constants(graph, options, model);
    GraphEditor editor = new GraphEditor(graph.model());
    constants.forEach((input, text) -> fixing.fix(editor, input, text));
    return new OnnxGraph(editor.build());
  }

  private void fix(GraphEditor editor, String name, String text) {
    String option = Option.INPUT.key(name);
    ValueInfoProto input = input(name, option);
    Declarations declarations = new Declarations(model);
    String subject = "its input " + input.getName();
    if (!input.getType().hasTensorType()) {
      throw declarations.unsupported(subject + " is no tensor", "Inputs must be tensors.");
    }
    ElementType type =
        declarations.elementType(input.getType().getTensorType().getElemType(), subject);
    try {
      Literal literal = Literal.of(text, type);
      List<Optional<Like>> likes = likes(input);
      List<Long> shape = shape(input, literal, likes);
      long values = shape.stream().reduce(1L, Math::multiplyExact);
      if (literal.isList() && literal.texts().size() != values) {
        throw invalid(
            option,
            text,
            "the input %s takes %d of them, not %d"
                .formatted(input.getName(), values, literal.texts().size()));
      }
      FixInput.apply(editor, input.getName(), literal.tensor(shape), likes);
    } catch (Literal.Unfit unfit) {
      throw invalid(option, text, unfit.getMessage());
    }
  }

  /** Also one that has a default, which the constant takes the place of. */
  private ValueInfoProto input(String name, String option) {
    List<ValueInfoProto> all = graph.graph().getInputList();
    return all.stream()
        .filter(input -> Names.fold(input.getName()).equals(name))
        .findFirst()
        .orElseThrow(() -> unknown(option, names(graph.inputs()), "input", model));
  }

  static List<String> names(List<ValueInfoProto> tensors) {
    return tensors.stream().map(ValueInfoProto::getName).toList();
  }

  /**
   * The error of an option that names no such tensor.
   *
   * @param names those that it could name
   * @param what they are
   */
  static AuspexException unknown(String option, List<String> names, String what, String model) {
    String name = option.substring(option.indexOf('.') + 1);
    return new AuspexException(
        ErrorCode.OPTION_TENSOR,
        option,
        what,
        model,
        names.isEmpty() ? "none" : String.join(", ", names),
        Names.didYouMean(name, names));
  }

  static AuspexException invalid(String option, String text, String reason) {
    return new AuspexException(ErrorCode.INVALID_OPTION, option, text, reason);
  }

  private static List<Dimension> dimensions(ValueInfoProto input) {
    return input.getType().getTensorType().getShape().getDimList();
  }

  private List<Optional<Like>> likes(ValueInfoProto input) {
    Optional<Integer> axis = axes.of(input.getName(), dimensions(input).size());
    List<Optional<Like>> likes = new ArrayList<>();
    List<Dimension> dimensions = dimensions(input);
    for (int i = 0; i < dimensions.size(); i++) {
      boolean isOpen = !dimensions.get(i).hasDimValue();
      Optional<Like> like = isOpen ? like(dimensions.get(i).getDimParam(), i) : Optional.empty();
      boolean countsRows = axis.isPresent() && axis.get() == i;
      likes.add(like.isEmpty() && countsRows ? rows() : like);
    }
    return likes;
  }

  /** That at the same place first: some exporters give all dimensions one name. */
  private Optional<Like> like(String symbol, int place) {
    for (ValueInfoProto other : fed) {
      List<String> symbols = OnnxGraph.symbols(other);
      boolean isThere = place < symbols.size() && symbols.get(place).equals(symbol);
      int axis = isThere ? place : symbols.indexOf(symbol);
      if (!symbol.isEmpty() && axis >= 0) {
        return Optional.of(new Like(other.getName(), axis));
      }
    }
    return Optional.empty();
  }

  /** The dimension that counts the rows of the first input that is fed. */
  private Optional<Like> rows() {
    return fed.stream()
        .filter(input -> !dimensions(input).isEmpty())
        .findFirst()
        .map(
            input ->
                new Like(
                    input.getName(), axes.of(input.getName(), dimensions(input).size()).orElse(0)));
  }

  private static List<Long> shape(
      ValueInfoProto input, Literal literal, List<Optional<Like>> likes) {
    List<Long> declared = Declarations.shape(input.getType().getTensorType().getShape());
    List<Long> shape = new ArrayList<>();
    List<Integer> free = new ArrayList<>();
    for (int i = 0; i < declared.size(); i++) {
      shape.add(declared.get(i) < 0 ? 1L : declared.get(i));
      if (declared.get(i) < 0 && likes.get(i).isEmpty()) {
        free.add(i);
      }
    }
    long known = shape.stream().reduce(1L, Math::multiplyExact);
    if (literal.isList() && free.size() == 1 && known > 0) {
      shape.set(free.get(0), literal.texts().size() / known);
    }
    return shape;
  }
}
