package io.auspex.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The whole benchmark on small tables, with the peers that need no long start: all compute the
 * scores that Auspex computes, and all rows that go to PostgreSQL or come from there stay the same.
 * Run it with {@code mvn verify -Pbench}.
 */
@Tag("bench")
class QuickRun {
  @Test
  void allComputeTheSameScores() throws Exception {
    assumeTrue(Files.exists(Path.of("shell/target/auspex.jar")), "package the shell first");
    Process process =
        new ProcessBuilder(
                "./auspex-bench", "--no-build", "--quick", "--no-scaling", "--peers", "a1,a2,b,c")
            .inheritIO()
            .start();
    assertThat(process.waitFor()).isZero();

    JsonNode results = new ObjectMapper().readTree(Path.of("bench/target/results.json").toFile());
    assertThat(results.path("workloads")).hasSizeGreaterThanOrEqualTo(11);
    List<String> wrong = new ArrayList<>();
    for (JsonNode workload : results.path("workloads")) {
      workload
          .path("ways")
          .fields()
          .forEachRemaining(
              way -> {
                JsonNode scores = way.getValue().path("scores");
                // Different libraries add floats in different orders.
                if (!(scores.path("difference").asDouble(1) < 1e-4)
                    || scores.path("unmatched").asInt(1) != 0) {
                  wrong.add(workload.path("name").asText() + " " + way);
                }
              });
    }
    for (JsonNode direction : results.path("sources").path("directions")) {
      direction
          .path("ways")
          .fields()
          .forEachRemaining(
              way -> {
                boolean isOurs = way.getKey().startsWith("auspex");
                if (!way.getValue().path("same").asBoolean(!isOurs)) {
                  wrong.add(direction.path("name").asText() + " " + way);
                }
              });
    }
    assertThat(results.path("rules")).hasSizeGreaterThan(9);
    for (JsonNode query : results.path("rules")) {
      // Some rules are for many rows only.
      String error = query.path("error").asText();
      if (!error.isEmpty() && !error.contains("does nothing for")) {
        wrong.add(query.toString());
      }
    }
    assertThat(results.path("sources").path("directions")).hasSize(2);
    assertThat(wrong).isEmpty();
    assertThat(Path.of("bench/target/docs/benchmarks.md")).exists();
  }
}
