package io.auspex.udf.onnx;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;
import io.auspex.catalog.Input;
import io.auspex.catalog.Names;
import io.auspex.catalog.Output;
import io.auspex.catalog.Signature;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Applies {@code FEATURES (…)} and {@code OUTPUTS (…)} of {@code CREATE MODEL}. */
final class SignatureClauses {
  private final String model;
  private final Signature signature;

  SignatureClauses(String model, Signature signature) {
    this.model = model;
    this.signature = signature;
  }

  List<Input> inputs(List<String> features) {
    if (features.isEmpty()) {
      checkNoneTwice("The file", signature.inputs().stream().map(Input::name).toList());
      return signature.inputs();
    }
    checkNoneTwice("FEATURES", features);
    List<Integer> widths = widths(features.size());
    List<Input> named = new ArrayList<>();
    int next = 0;
    for (int i = 0; i < widths.size(); i++) {
      List<String> columns = features.subList(next, next + widths.get(i));
      named.add(signature.inputs().get(i).taking(columns));
      next += widths.get(i);
    }
    return named;
  }

  /** How many of the names each input takes; one whose width is open takes what others leave. */
  private List<Integer> widths(int names) {
    List<Long> declared = signature.inputs().stream().map(SignatureClauses::columns).toList();
    long open = declared.stream().filter(width -> width < 0).count();
    if (open > 1) {
      throw new AuspexException(
          ErrorCode.FEATURES_NOT_APPLICABLE,
          model,
          open + " of its inputs leave open how many columns they take (" + taken() + ")",
          "Leave FEATURES out and give each an array column of its name.");
    }
    long fixed = declared.stream().filter(width -> width > 0).mapToLong(Long::longValue).sum();
    long rest = names - fixed;
    if (open == 0 && rest != 0 || open == 1 && rest < 1) {
      throw new AuspexException(
          ErrorCode.FEATURES_COUNT,
          names,
          model,
          open == 0 ? fixed : "more than " + fixed,
          taken());
    }
    return declared.stream().map(width -> (int) (width < 0 ? rest : width)).toList();
  }

  /** How many columns an input takes: one a value, if its tensor is a matrix; −1 if open. */
  private static long columns(Input input) {
    return input.rowShape().size() < 2 ? input.width() : 1;
  }

  private String taken() {
    return signature.inputs().stream()
        .map(input -> input.name() + " " + input.type() + Declarations.written(input.shape()))
        .collect(Collectors.joining(", "));
  }

  List<Output> outputs(List<OutputChoice> choices) {
    if (choices.isEmpty()) {
      return signature.outputs();
    }
    List<Output> chosen = choices.stream().map(this::output).toList();
    checkNoneTwice("OUTPUTS", chosen.stream().map(Output::column).toList());
    return chosen;
  }

  private Output output(OutputChoice choice) {
    List<Output> sameButCase =
        signature.outputs().stream()
            .filter(output -> output.name().equalsIgnoreCase(choice.output()))
            .toList();
    Output found =
        sameButCase.stream()
            .filter(output -> output.name().equals(choice.output()))
            .findFirst()
            .or(() -> sameButCase.stream().findFirst())
            .orElseThrow(() -> notFound(choice));
    return choice.column().map(found::as).orElse(found);
  }

  private AuspexException notFound(OutputChoice choice) {
    List<String> names = signature.outputs().stream().map(Output::name).toList();
    return new AuspexException(
            ErrorCode.OUTPUT_NOT_FOUND,
            model,
            choice.output(),
            String.join(", ", names),
            Names.didYouMean(choice.output(), names))
        .at(choice.position());
  }

  private void checkNoneTwice(String clause, List<String> names) {
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (!seen.add(Names.fold(name))) {
        throw new AuspexException(ErrorCode.NAMED_TWICE, clause, name, model);
      }
    }
  }
}
