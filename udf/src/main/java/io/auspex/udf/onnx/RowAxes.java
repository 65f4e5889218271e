package io.auspex.udf.onnx;

import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.auspex.catalog.Names;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which dimension of each input counts the rows. What is declared holds. Otherwise it is the first,
 * unless names say that it is another: exporters call it {@code batch}, {@code batch_size} or
 * {@code N}, and it is in every input. One that is called {@code sequence} counts no rows.
 */
final class RowAxes {
  private static final Pattern STEPS =
      Pattern.compile("(?i)seq|seq_?len(gth)?|sequence(_?len(gth)?)?|time(_?steps?)?|frames");

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
      int rank = OnnxGraph.symbols(input).size();
      Optional<Integer> said = declared.of(input.getName(), rank);
      if (said.isPresent() || rank > 0) {
        int named = symbol.map(name -> OnnxGraph.symbols(input).indexOf(name)).orElse(0);
        ofInputs.put(input.getName(), said.orElse(Math.max(0, named)));
      }
    }
  }

  /** Which of an input's dimensions counts the rows; 0 also where it has none. */
  int of(String input) {
    return ofInputs.getOrDefault(input, 0);
  }

  /**
   * Whether no dimension counts rows: it is declared so, or the only candidate is called that of
   * the steps of a sequence, which depend on each other.
   */
  boolean areNone() {
    return inputs.stream().anyMatch(input -> declared.isNone(input.getName()))
        || inputs.stream().anyMatch(this::isOfSteps);
  }

  private boolean isOfSteps(ValueInfoProto input) {
    List<String> symbols = OnnxGraph.symbols(input);
    boolean isSaid = declared.of(input.getName(), symbols.size()).isPresent();
    int axis = of(input.getName());
    return !isSaid && symbols.size() > 1 && STEPS.matcher(symbols.get(axis)).matches();
  }

  /** Whether rows are counted by another than the first dimension of an input. */
  boolean areMoved() {
    return ofInputs.values().stream().anyMatch(axis -> axis > 0);
  }

  /** Which dimension of an output is declared, or named, to count the rows. */
  Optional<Integer> ofOutput(ValueInfoProto output, int rank) {
    Optional<Integer> said = declared.of(output.getName(), rank);
    List<String> symbols = OnnxGraph.symbols(output);
    return said.isPresent() || symbols.size() != rank
        ? said
        : symbol.map(symbols::indexOf).filter(axis -> axis >= 0);
  }

  /** Whether it is declared, so that a trial need not tell. */
  boolean isDeclared(String output, int rank) {
    return declared.of(output, rank).isPresent();
  }

  /** The name of the dimension that counts the rows, if it is one. */
  private Optional<String> findSymbol() {
    for (ValueInfoProto input : inputs) {
      List<String> symbols = OnnxGraph.symbols(input);
      Optional<Integer> said = declared.of(input.getName(), symbols.size());
      if (said.isPresent()) {
        return Optional.of(symbols.get(said.get())).filter(name -> !name.isEmpty());
      }
    }
    Set<String> shared = new LinkedHashSet<>();
    inputs.stream().map(OnnxGraph::symbols).forEach(shared::addAll);
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
        .map(OnnxGraph::symbols)
        .allMatch(symbols -> symbols.stream().filter(name::equals).count() == 1);
  }

  private boolean isFirstInEach(String name) {
    return inputs.stream().allMatch(input -> OnnxGraph.symbols(input).indexOf(name) == 0);
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
        || (folded.equals("n")
            && inputs.stream().anyMatch(input -> OnnxGraph.symbols(input).size() > 2));
  }
}
