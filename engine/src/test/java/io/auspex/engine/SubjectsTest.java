package io.auspex.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.catalog.CostConstant;
import io.auspex.catalog.ModelVersion;
import io.auspex.engine.calibration.Load;
import io.auspex.engine.calibration.MeasuredTable;
import io.auspex.engine.calibration.Subject;
import io.auspex.sql.context.PlanningContext;
import io.auspex.sql.fragment.Strategy;
import io.auspex.udf.domain.Domains;
import io.auspex.udf.predict.ModelProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What CALIBRATE measures is what it says it measures. */
class SubjectsTest {
  @TempDir private Path folder;
  private Workbench bench;

  /** Other rows than those measured; few are enough. */
  @BeforeEach
  void open() throws IOException {
    bench = Workbench.inMemory();
    bench.run(MeasuredTable.SMALL.create(1));
    for (Subject subject : Subject.values()) {
      Path file = Files.write(folder.resolve("m.onnx"), subject.model().toBytes());
      bench.run(
          "CREATE MODEL " + subject + " FROM '" + file + "' FEATURES (" + subject.columns() + ")");
    }
    bench.run("CREATE VIEW large AS FROM small", "CREATE VIEW repeated AS FROM small");
  }

  @AfterEach
  void close() {
    bench.assertIdle();
    bench.close();
  }

  private ModelProfile profile(Subject subject) {
    PlanningContext context = bench.session().context(List.of());
    ModelVersion model = context.model(subject.name(), Optional.empty());
    return context.profile(model, model.signature().outputs(), Domains.NONE);
  }

  static final List<Load> LOADS = Load.ALL;

  /** With the strategy asked for, and the same predictions as by ONNX Runtime alone. */
  @ParameterizedTest
  @FieldSource("LOADS")
  void eachRunsAsItSays(Load load) {
    load.settings().forEach(bench::run);
    String select = load.query().sql().replaceFirst(".* AS SELECT ", "SELECT ");
    String explained = bench.rows("EXPLAIN " + select).toString();
    assertThat(explained).contains("strategy=" + load.strategy().sqlName());
    if (load.strategy() != Strategy.SQL) {
      assertThat(load.work(profile(load.subject())).keySet().toString())
          .contains(load.strategy().name());
    }
    assertThat(explained.contains("passing=8")).isEqualTo(load.passing() == 8);

    bench.run(load.query().sql());
    assertThat(bench.number("SELECT count(y) FROM landed")).isEqualTo(512);
    bench.run(
        "ALTER TABLE landed RENAME TO found",
        "SET predict_strategy = 'stream'",
        "SET predict_kernel = 'onnxruntime'",
        load.query().sql());
    String different =
        "SELECT count(*) FROM (FROM found POSITIONAL JOIN (SELECT y AS z FROM landed))"
            + " WHERE abs(y - z) > 1e-4 * greatest(1, abs(z))";
    assertThat(bench.number(different)).isZero();
    assertThat(bench.number("SELECT count(DISTINCT y) FROM found")).isGreaterThan(20);
  }

  @Test
  void modelsHaveWhatTheyAreMeasuredFor() {
    assertThat(profile(Subject.LINEAR).weights()).isEqualTo(20);
    assertThat(profile(Subject.LINEAR).sql()).isPresent();
    assertThat(profile(Subject.DEEP).weights()).isEqualTo(20 * 8 + 8);
    assertThat(profile(Subject.TREE).sql().orElseThrow().leaves()).isEqualTo(32);
    assertThat(profile(Subject.FOREST).splits()).isEqualTo(40 * 6);
    assertThat(profile(Subject.FOREST).reads().orElseThrow()).hasSize(20);
    assertThat(profile(Subject.NETWORK).weights()).isGreaterThan(20 * 128 + 128 * 32);
  }

  @Test
  void everyConstantIsMeasured() {
    Set<Object> counted = new HashSet<>();
    for (Load load : Load.ALL) {
      load.work(profile(load.subject()))
          .forEach((constant, count) -> counted.add(count > 0 ? constant : ""));
    }
    assertThat(counted).contains((Object[]) CostConstant.values());
  }
}
