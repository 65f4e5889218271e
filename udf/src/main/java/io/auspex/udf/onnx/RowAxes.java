package io.auspex.udf.onnx;

import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.auspex.catalog.Names;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which dimension of each input counts the rows. What is declared holds. Otherwise it is the first,
 * unless names say that it is another: exporters call it {@code batch}, {@code batch_size} or
 * {@code N}, and it is in every input.
 */
final class RowAxes {
  private final List<ValueInfoProto> inputs;
  private final DeclaredAxes declared;
  private final Map<String, Integer> ofInputs = new HashMap<>();

  /** The name that the dimension of the rows has. */
  private Optional<String> symbol = Optional.empty();

  private RowAxes(List<ValueInfoProto> inputs, DeclaredAxes declared) {
    this.inputs = inputs;
    this.declared = declared;
  }

  /**
   * @param inputs those that are fed
   * @throws io.auspex.catalog.AuspexException INVALID_OPTION
   */
  static RowAxes of(List<ValueInfoProto> inputs, DeclaredAxes declared) {
    RowAxes axes = new RowAxes(inputs, declared);
    axes.find();
    return axes;
  }

  private void find() {
    symbol = findSymbol();
    for (ValueInfoProto input : inputs) {
      int rank = symbols(input).size();
      Optional<Integer> said = declared.of(input.getName(), rank);
      if (said.isPresent() || rank > 0) {
        int named = symbol.map(name -> symbols(input).indexOf(name)).orElse(0);
        ofInputs.put(input.getName(), said.orElse(Math.max(0, named)));
      }
    }
  }

  /** Which of an input's dimensions counts the rows; 0 also where it has none. */
  int of(String input) {
    return ofInputs.getOrDefault(input, 0);
  }

  /** Whether rows are counted by another than the first dimension of an input. */
  boolean areMoved() {
    return ofInputs.values().stream().anyMatch(axis -> axis > 0);
  }

  /** Which dimension of an output is declared, or named, to count the rows. */
  Optional<Integer> ofOutput(ValueInfoProto output, int rank) {
    Optional<Integer> said = declared.of(output.getName(), rank);
    List<String> symbols = symbols(output);
    return said.isPresent() || symbols.size() != rank
        ? said
        : symbol.map(symbols::indexOf).filter(axis -> axis >= 0);
  }

  /** Whether it is declared, so that a trial need not tell. */
  boolean isDeclared(String output, int rank) {
    return declared.of(output, rank).isPresent();
  }

  /** The names of a value's dimensions; empty where it has a number or nothing at all. */
  static List<String> symbols(ValueInfoProto value) {
    return value.getType().getTensorType().getShape().getDimList().stream()
        .map(Dimension::getDimParam)
        .toList();
  }

  /** The name of the dimension that counts the rows, if it is one. */
  private Optional<String> findSymbol() {
    for (ValueInfoProto input : inputs) {
      List<String> symbols = symbols(input);
      Optional<Integer> said = declared.of(input.getName(), symbols.size());
      if (said.isPresent()) {
        return Optional.of(symbols.get(said.get())).filter(name -> !name.isEmpty());
      }
    }
    Set<String> shared = new LinkedHashSet<>();
    inputs.stream().map(RowAxes::symbols).forEach(shared::addAll);
    shared.removeIf(name -> name.isEmpty() || !isOnceInEach(name));
    List<String> telling = shared.stream().filter(this::isOfRows).toList();
    if (telling.isEmpty()) {
      return areFirstAlike() ? Optional.empty() : shared.stream().findFirst();
    }
    return telling.stream()
        .filter(this::isFirstInEach)
        .findFirst()
        .or(() -> telling.stream().findFirst());
  }

  private boolean isOnceInEach(String name) {
    return inputs.stream()
        .map(RowAxes::symbols)
        .allMatch(symbols -> symbols.stream().filter(name::equals).count() == 1);
  }

  private boolean isFirstInEach(String name) {
    return inputs.stream().allMatch(input -> symbols(input).indexOf(name) == 0);
  }

  /** Whether all first dimensions are open, or all the same. */
  private boolean areFirstAlike() {
    return inputs.stream()
            .map(input -> Declarations.shape(input.getType().getTensorType().getShape()))
            .map(shape -> shape.isEmpty() ? Optional.<Long>empty() : Optional.of(shape.get(0)))
            .distinct()
            .count()
        == 1;
  }

  /** Whether a name says it; N also means the columns of a matrix. */
  private boolean isOfRows(String name) {
    String folded = Names.fold(name);
    return folded.contains("batch")
        || folded.equals("bs")
        || (folded.equals("n") && inputs.stream().anyMatch(input -> symbols(input).size() > 2));
  }
}
