package io.auspex.udf.onnx;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.Input;
import io.auspex.catalog.ModelOptions;
import io.auspex.catalog.ModelOptions.Option;
import io.auspex.catalog.Names;
import io.auspex.catalog.Signature;
import io.auspex.udf.onnx.edit.Literal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the shorter lists of inputs are filled up with, as {@code WITH (pad.x = 0)} says. */
public final class Paddings {
  private Paddings() {}

  /**
   * The values, by the input's name.
   *
   * @param model what messages call it
   * @throws AuspexException OPTION_TENSOR where an option names no input that takes lists of any
   *     length, INVALID_OPTION where its value is none of the input's type
   */
  public static Map<String, Literal> of(ModelOptions options, Signature signature, String model) {
    Map<String, Literal> paddings = new HashMap<>();
    List<Input> open = signature.inputs().stream().filter(Paddings::takesLists).toList();
    options
        .byTensor(Option.PAD)
        .forEach(
            (name, text) -> {
              Input input =
                  open.stream()
                      .filter(candidate -> Names.fold(candidate.name()).equals(name))
                      .findFirst()
                      .orElseThrow(() -> unknown(name, open, model));
              paddings.put(input.name(), literal(name, text, input));
            });
    return paddings;
  }

  private static boolean takesLists(Input input) {
    return input.width() < 0;
  }

  private static Literal literal(String name, String text, Input input) {
    try {
      Literal literal = Literal.of(text, input.type());
      if (literal.isList()) {
        throw Constants.invalid(Option.PAD.key(name), text, "it takes one value, not a list");
      }
      return literal;
    } catch (Literal.Unfit unfit) {
      throw Constants.invalid(Option.PAD.key(name), text, unfit.getMessage());
    }
  }

  private static AuspexException unknown(String name, List<Input> open, String model) {
    List<String> names = open.stream().map(Input::name).toList();
    return Constants.unknown(
        Option.PAD.key(name), names, "input that takes lists of any length", model);
  }
}
