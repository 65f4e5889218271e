package io.auspex.sql.fragment;

import io.auspex.catalog.ModelVersion;
import io.auspex.catalog.Names;
import io.auspex.catalog.Output;
import io.auspex.udf.binding.Feature;
import io.auspex.udf.domain.Domains;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/** Calls of an inline function, as expressions of the outputs' types. */
public record InlineCall(InlineFunction function) {

  /** Calls of the function that computes the outputs of the features. */
  public static InlineCall of(ModelVersion model, List<Feature> features, List<Output> outputs) {
    return of(model, features, outputs, Domains.NONE);
  }

  /**
   * The same for rows of which something is known.
   *
   * @param domains of the features of all rows that it is called for
   */
  public static InlineCall of(
      ModelVersion model, List<Feature> features, List<Output> outputs, Domains domains) {
    List<Feature> parameters = new ArrayList<>();
    for (Feature feature : features) {
      parameters.add(feature.castAt(parameters.size()));
    }
    return new InlineCall(
        new InlineFunction(
            name(model, parameters, outputs, domains), model, parameters, outputs, domains));
  }

  /** The same for the same computation, and for no other. */
  private static String name(
      ModelVersion model, List<Feature> features, List<Output> outputs, Domains domains) {
    StringBuilder computation = new StringBuilder();
    features.forEach(
        feature ->
            computation
                .append(feature.input())
                .append(feature.slot())
                .append(feature.sqlType())
                .append('\n'));
    computation.append(model.signature().batching());
    computation.append(new TreeMap<>(model.options().values())).append('\n');
    outputs.forEach(output -> computation.append(output).append('\n'));
    computation.append(domains.isEmpty() ? "" : domains);
    UUID hash = UUID.nameUUIDFromBytes(computation.toString().getBytes(StandardCharsets.UTF_8));
    String digest = model.digest().substring(0, Math.min(16, model.digest().length()));
    return "auspex_" + digest + "_" + hash.toString().replace("-", "");
  }

  /** Whether the call's value is the only output's, rather than a STRUCT of several. */
  public boolean isOneValue() {
    return function.outputs().size() == 1;
  }

  /** A call; its value is the only output, or a STRUCT of the outputs. */
  public String call(String arguments) {
    if (!isOneValue()) {
      return struct(arguments);
    }
    Output output = function.outputs().get(0);
    return output.isScalar()
        ? called(arguments)
        : "struct_extract(" + struct(arguments) + ", " + Names.literal(output.column()) + ")";
  }

  /** A NULL of a call's type, to describe what cannot run yet. */
  public String none() {
    String type = isOneValue() ? function.outputs().get(0).sqlType() : structType();
    return "TRY_CAST(NULL AS " + type + ")";
  }

  private String struct(String arguments) {
    return "CAST(" + called(arguments) + " AS " + structType() + ")";
  }

  private String structType() {
    return function.outputs().stream()
        .map(output -> Names.quote(output.column()) + " " + output.sqlType())
        .collect(Collectors.joining(", ", "STRUCT(", ")"));
  }

  private String called(String arguments) {
    return Names.quote(function.name()) + "(" + arguments + ")";
  }
}
