package io.auspex.sql.cut;

import io.auspex.catalog.ModelVersion;
import io.auspex.catalog.Names;
import io.auspex.catalog.Output;
import io.auspex.sql.fragment.InlineFunction;
import io.auspex.udf.binding.Feature;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/** Calls of an inline function, as expressions of the outputs' types. */
record InlineCall(InlineFunction function) {

  static InlineCall of(ModelVersion model, List<Feature> features, List<Output> outputs) {
    List<Feature> parameters = new ArrayList<>();
    for (Feature feature : features) {
      parameters.add(
          new Feature(
              feature.input(), feature.slot(), parameters.size(), feature.sqlType(), false));
    }
    return new InlineCall(
        new InlineFunction(name(model, parameters, outputs), model, parameters, outputs));
  }

  /** The same for the same computation, and for no other. */
  private static String name(ModelVersion model, List<Feature> features, List<Output> outputs) {
    StringBuilder computation = new StringBuilder();
    features.forEach(
        feature ->
            computation
                .append(feature.input())
                .append(feature.slot())
                .append(feature.sqlType())
                .append('\n'));
    outputs.forEach(output -> computation.append(output).append('\n'));
    UUID hash = UUID.nameUUIDFromBytes(computation.toString().getBytes(StandardCharsets.UTF_8));
    String digest = model.digest().substring(0, Math.min(16, model.digest().length()));
    return "auspex_" + digest + "_" + hash.toString().replace("-", "");
  }

  /** Whether the call's value is the only output's, rather than a STRUCT of several. */
  boolean isOneValue() {
    return function.outputs().size() == 1;
  }

  /** A call; its value is the only output, or a STRUCT of the outputs. */
  Sql call(Sql arguments) {
    return isOneValue() ? value(arguments) : struct(arguments);
  }

  private Sql value(Sql arguments) {
    Output output = function.outputs().get(0);
    String none = "CAST(NULL AS " + output.sqlType() + ")";
    if (output.isScalar()) {
      return new Sql().append(called(arguments), none);
    }
    String extracted =
        "struct_extract("
            + struct(arguments).written()
            + ", "
            + Names.literal(output.column())
            + ")";
    return new Sql().append(extracted, none);
  }

  /** A call whose value is a STRUCT, be it of one output only. */
  Sql struct(Sql arguments) {
    String type =
        function.outputs().stream()
            .map(output -> Names.quote(output.column()) + " " + output.sqlType())
            .collect(Collectors.joining(", ", "STRUCT(", ")"));
    return new Sql()
        .append("CAST(" + called(arguments) + " AS " + type + ")", "CAST(NULL AS " + type + ")");
  }

  private String called(Sql arguments) {
    return Names.quote(function.name()) + "(" + arguments.written() + ")";
  }
}
