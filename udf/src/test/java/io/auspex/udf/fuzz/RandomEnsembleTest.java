package io.auspex.udf.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import io.auspex.udf.predict.PlainSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the generators make, ONNX Runtime runs; and they make a bit of everything. */
final class RandomEnsembleTest {
  private static final int SEEDS = 500;
  private static final int ROWS = 60;
  private static final int OFTEN = 10;

  @TempDir Path folder;

  private final Map<String, Integer> traits = new TreeMap<>();
  private int varied;

  @Test
  void aBitOfEveryEnsemble() throws Exception {
    runAll(RandomEnsemble::of);
    assertOften("TreeEnsembleRegressor ", "1", "3");
    assertOften("TreeEnsembleClassifier ", "1", "3");
    assertOften("TreeEnsemble ", "5");
    assertOften("input ", "FLOAT", "DOUBLE", "INT64");
    assertOften("numbers as ", "floats", "tensors of FLOAT", "tensors of DOUBLE");
    assertOften("mode BRANCH_", "LEQ", "LT", "GTE", "GT", "EQ", "NEQ", "MEMBER");
    assertOften("modes ", "one", "mixed");
    assertOften("members ", "few", "many", "far", "fractions");
    assertOften("equalities ", "shared", "copied", "different");
    assertOften("missing ", "ABSENT", "NEVER", "BY_NODE", "BY_FEATURE");
    assertOften("leaves ", "BY_TREE", "ANY_ONE", "ALL", "SOME");
    assertOften("trees ", "1", "some", "many", "with any name");
    assertOften("tree ", "LEAF", "COMPLETE", "RAGGED", "CHAIN");
    assertOften("depth ", "0", "1", "middle", "deep");
    assertOften("nodes ", "in any order", "with any name");
    assertOften("targets ", "1", "2", "3", "4", "5");
    assertOften("classes ", "many", "two, weights for 0", "two, weights for 1");
    assertOften("classes two, weights for ", "both");
    assertOften("labels ", "STRING", "INT64");
    assertOften("base ", "0", "1", "2", "3");
    assertOften("aggregate ", "SUM", "AVERAGE", "MIN", "MAX");
    assertOften("transform ", "NONE", "LOGISTIC", "SOFTMAX", "SOFTMAX_ZERO", "PROBIT");
  }

  @Test
  void aBitOfEveryPrefix() throws Exception {
    runAll(RandomPrefix::of);
    assertOften("column ", "FLOAT", "DOUBLE", "INT64", "STRING", "matrix");
    assertOften("Imputer ", "FLOAT", "INT64");
    assertOften("Scaler ", "FLOAT", "DOUBLE", "INT64");
    assertOften("OneHotEncoder ", "STRING", "INT64");
    assertOften("LabelEncoder STRING to ", "STRING", "INT64", "FLOAT");
    assertOften("LabelEncoder INT64 to ", "STRING", "INT64", "FLOAT");
    assertOften("LabelEncoder FLOAT to ", "STRING", "INT64", "FLOAT");
    assertOften("LabelEncoder 1 ", "STRING to INT64", "INT64 to STRING");
    assertOften("", "ArrayFeatureExtractor", "Gather", "Reshape", "Unsqueeze");
  }

  private void runAll(LongFunction<Case> generator) throws Exception {
    for (long seed = 0; seed < SEEDS; seed++) {
      Case made = generator.apply(seed);
      made.traits().forEach(trait -> traits.merge(trait, 1, Integer::sum));
      try {
        run(made);
      } catch (OrtException | RuntimeException | AssertionError failure) {
        throw new AssertionError(made.description(), failure);
      }
    }
    assertThat(varied).isGreaterThan(SEEDS * 3 / 4);
  }

  /** A row has the same results alone: nothing of them is memory that was never written. */
  private void run(Case made) throws IOException, OrtException {
    Path file = Files.write(folder.resolve("model.onnx"), made.model().toByteArray());
    Map<String, List<Object>> rows = RandomRows.of(made.inputs(), ROWS, made.seed());
    try (PlainSession session = new PlainSession(file)) {
      Map<String, List<String>> together = session.run(rows, ROWS);
      Map<String, List<String>> alone = new HashMap<>();
      for (int row = 0; row < ROWS; row++) {
        session
            .run(row(made, rows, row), 1)
            .forEach(
                (name, one) -> alone.computeIfAbsent(name, n -> new ArrayList<>()).addAll(one));
      }
      assertThat(alone).isEqualTo(together);
      varied += new HashSet<>(together.get("scores")).size() > 1 ? 1 : 0;
    }
  }

  private static Map<String, List<Object>> row(Case made, Map<String, List<Object>> rows, int row) {
    Map<String, List<Object>> values = new HashMap<>();
    for (Case.Input input : made.inputs()) {
      int width = input.width();
      values.put(input.name(), rows.get(input.name()).subList(row * width, (row + 1) * width));
    }
    return values;
  }

  private void assertOften(String kind, String... names) {
    assertThat(Stream.of(names).map(kind::concat))
        .allSatisfy(
            trait ->
                assertThat(traits.getOrDefault(trait, 0)).as(trait).isGreaterThanOrEqualTo(OFTEN));
  }
}
