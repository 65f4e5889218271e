package io.auspex.sql.plan;

import io.auspex.catalog.ElementType;
import io.auspex.catalog.Input;
import io.auspex.catalog.ModelOptions;
import io.auspex.catalog.ModelVersion;
import io.auspex.catalog.Output;
import io.auspex.catalog.Signature;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Models without files, each with a macro of DuckDB's that computes what it would. */
final class Models {
  /** Two numbers in, one out. */
  static final ModelVersion RISK =
      model(
          "risk",
          List.of(number("distance"), number("delay")),
          List.of(output("score", ElementType.FLOAT)));

  /** A string and a number in, a string and a number out. */
  static final ModelVersion KIND =
      model(
          "kind",
          List.of(text("carrier"), number("distance")),
          List.of(output("label", ElementType.STRING), output("chance", ElementType.FLOAT)));

  /** An output of the name of one of its features. */
  static final ModelVersion ECHO =
      model("echo", List.of(number("delay")), List.of(output("delay", ElementType.FLOAT)));

  static final List<ModelVersion> ALL = List.of(RISK, KIND, ECHO);

  static final List<String> MACROS =
      List.of(
          "CREATE MACRO predict_risk_score(a, b) AS"
              + " CAST(CAST(a AS FLOAT) * 2 + coalesce(CAST(b AS FLOAT), 1) AS FLOAT)",
          "CREATE MACRO predict_kind_label(a, b) AS"
              + " CASE WHEN a IS NULL THEN NULL WHEN CAST(b AS FLOAT) > 700 THEN a || '!' ELSE a END",
          "CREATE MACRO predict_kind_chance(a, b) AS"
              + " CASE WHEN a IS NULL THEN NULL ELSE CAST(coalesce(b, 3) / 1000 AS FLOAT) END",
          "CREATE MACRO predict_echo_delay(a) AS CAST(coalesce(CAST(a AS FLOAT), -1) AS FLOAT)");

  private Models() {}

  private static ModelVersion model(String name, List<Input> inputs, List<Output> outputs) {
    return new ModelVersion(
        name,
        1,
        "digest of " + name,
        List.of(),
        1,
        Instant.EPOCH,
        17,
        "test",
        "",
        new Signature(inputs, outputs),
        ModelOptions.NONE);
  }

  private static Input number(String name) {
    return new Input(name, ElementType.FLOAT, List.of(-1L, 1L), List.of(name));
  }

  private static Input text(String name) {
    return new Input(name, ElementType.STRING, List.of(-1L, 1L), List.of(name));
  }

  private static Output output(String name, ElementType type) {
    return new Output(name, name, type, List.of(-1L, 1L), Optional.empty());
  }
}
