package io.auspex.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxSequence;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.auspex.catalog.AuspexException;
import io.auspex.catalog.Input;
import io.auspex.catalog.Names;
import io.auspex.catalog.Signature;
import io.auspex.udf.onnx.ModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The conformance models of the ONNX project, run through SQL and by ONNX Runtime directly over the
 * same tensors. They are not ours to ship: Debian has them in its package libonnx-testdata; another
 * folder can be named by the system property {@code auspex.onnx.testdata}.
 */
@Tag("full")
class ConformanceTest {
  private static final Path FOLDER =
      Path.of(System.getProperty("auspex.onnx.testdata", "/usr/share/libonnx-testdata/data"));

  /** What of those that ONNX Runtime runs must run through SQL too. */
  private static final double SHARE = 0.95;

  @BeforeAll
  static void isThere() {
    assumeTrue(Files.isDirectory(FOLDER), "needs the package libonnx-testdata, or " + FOLDER);
  }

  @Test
  void modelsOfTheOnnxProjectGiveWhatOnnxRuntimeGives() throws Exception {
    Map<String, List<String>> outcomes = new TreeMap<>();
    try (Workbench bench = Workbench.inMemory()) {
      for (Path model : models()) {
        String outcome = outcome(bench, model);
        outcomes.computeIfAbsent(outcome, key -> new ArrayList<>()).add(name(model));
      }
      bench.assertIdle();
    }
    StringBuilder report = new StringBuilder();
    outcomes.forEach(
        (outcome, names) ->
            report
                .append("\n%5d %s: ".formatted(names.size(), outcome))
                .append(names.stream().limit(6).collect(Collectors.joining(", "))));
    System.out.println("Conformance models of ONNX, run through SQL:" + report);
    int equal = outcomes.getOrDefault("equal", List.of()).size();
    int runAlone =
        outcomes.entrySet().stream()
            .filter(entry -> !entry.getKey().startsWith("not by ONNX Runtime"))
            .mapToInt(entry -> entry.getValue().size())
            .sum();
    assertThat(outcomes.keySet())
        .as(report.toString())
        .noneMatch(key -> key.startsWith("other values"));
    assertThat((double) equal / runAlone).as(report.toString()).isGreaterThan(SHARE);
  }

  private static List<Path> models() throws IOException {
    try (Stream<Path> files = Files.walk(FOLDER)) {
      return files
          .filter(file -> file.getFileName().toString().equals("model.onnx"))
          .filter(file -> Files.isDirectory(file.resolveSibling("test_data_set_0")))
          .sorted()
          .toList();
    }
  }

  private static String name(Path model) {
    return model.getParent().getFileName().toString();
  }

  private static String outcome(Workbench bench, Path model) throws IOException {
    List<TensorProto> tensors = new ArrayList<>();
    for (int i = 0; Files.exists(input(model, i)); i++) {
      try {
        tensors.add(TensorProto.parseFrom(Files.readAllBytes(input(model, i))));
      } catch (IOException noTensor) {
        return "not by ONNX Runtime's Java binding: an input is no tensor";
      }
    }
    Map<String, List<Object>> alone;
    try {
      alone = alone(model, tensors);
    } catch (OrtException | RuntimeException e) {
      return "not by ONNX Runtime";
    }
    try {
      return compare(alone, throughSql(bench, model, tensors));
    } catch (AuspexException refused) {
      return refused.code().name() + " " + refused.getMessage().replaceAll(".*/test_\\S+ ", "…");
    }
  }

  private static Path input(Path model, int ordinal) {
    return model.resolveSibling("test_data_set_0").resolve("input_" + ordinal + ".pb");
  }

  private static Map<String, List<Object>> alone(Path model, List<TensorProto> tensors)
      throws OrtException {
    Map<String, List<Object>> outputs = new HashMap<>();
    Map<String, OnnxTensor> inputs = new HashMap<>();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      try (OrtSession session =
          OrtEnvironment.getEnvironment().createSession(model.toString(), options)) {
        int next = 0;
        for (NodeInfo input : session.getInputInfo().values()) {
          inputs.put(input.getName(), Tensors.of(tensors.get(next++)));
        }
        try (OrtSession.Result result = session.run(inputs)) {
          for (Map.Entry<String, OnnxValue> output : result) {
            outputs.put(output.getKey(), values(output.getValue()));
          }
        }
      }
    } finally {
      inputs.values().forEach(OnnxTensor::close);
    }
    return outputs;
  }

  /** The values in their order; of a sequence, those of its tensors one after the other. */
  private static List<Object> values(OnnxValue value) throws OrtException {
    if (value instanceof OnnxTensor tensor) {
      return Tensors.values(tensor);
    } else if (value instanceof OnnxSequence sequence) {
      List<Object> values = new ArrayList<>();
      for (OnnxValue element : sequence.getValue()) {
        values.addAll(values(element));
      }
      return values;
    }
    return null;
  }

  private static Map<String, List<Object>> throughSql(
      Workbench bench, Path model, List<TensorProto> tensors) {
    Signature signature = ModelFile.read(model, model.getParent().toString()).signature();
    bench.run("CREATE OR REPLACE MODEL m FROM '" + model + "'");
    try {
      bench.run("CREATE OR REPLACE TABLE t AS " + rows(signature, tensors));
      Map<String, List<Object>> outputs = new HashMap<>();
      for (int i = 0; i < signature.outputs().size(); i++) {
        String column = Names.quote(signature.outputs().get(i).column());
        String sql =
            "SELECT "
                + column
                + " FROM PREDICT(MODEL m, (SELECT * EXCLUDE (row) FROM t ORDER BY row))";
        List<Object> values = new ArrayList<>();
        bench.rows(sql).forEach(row -> Tensors.flatten(row.get(0), values));
        outputs.put(signature.outputs().get(i).name(), values);
      }
      return outputs;
    } finally {
      bench.run("DROP MODEL m");
    }
  }

  /** A table of the tensors' rows, or of one row where they have none. */
  private static String rows(Signature signature, List<TensorProto> tensors) {
    int rows =
        signature.batching().hasDimension() && !tensors.isEmpty()
            ? (int) tensors.get(0).getDims(0)
            : 1;
    List<String> selects = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      List<String> columns = new ArrayList<>(List.of(row + " AS row"));
      for (int i = 0; i < signature.inputs().size(); i++) {
        Input input = signature.inputs().get(i);
        String type = input.type().arrayOf(input.rowShape().stream().map(size -> -1L).toList());
        boolean single = input.rowShape().equals(List.of(1L));
        Optional<Integer> slice =
            signature.batching().hasDimension() ? Optional.of(row) : Optional.empty();
        String text = Tensors.literal(tensors.get(i), slice, rows);
        String value = "CAST(" + text + " AS " + type + ")";
        columns.add((single ? value + "[1]" : value) + " AS " + Names.quote(input.name()));
      }
      selects.add("SELECT " + String.join(", ", columns));
    }
    return String.join(" UNION ALL ", selects);
  }

  private static String compare(
      Map<String, List<Object>> alone, Map<String, List<Object>> throughSql) {
    for (Map.Entry<String, List<Object>> output : throughSql.entrySet()) {
      List<Object> expected = alone.get(output.getKey());
      if (expected == null || !expected.equals(output.getValue())) {
        return "other values, such as %s of %s for %s"
            .formatted(output.getKey(), shortened(output.getValue()), shortened(expected));
      }
    }
    return throughSql.isEmpty() ? "no outputs" : "equal";
  }

  private static String shortened(Object values) {
    String text = String.valueOf(values);
    return text.length() > 80 ? text.substring(0, 80) + "…" : text;
  }
}
