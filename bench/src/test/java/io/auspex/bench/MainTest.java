package io.auspex.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs, on a small table with the flights' logistic regression. */
class MainTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MODEL = "examples/flights/models/late_logistic.onnx";
  private static final List<String> FEATURES =
      IntStream.range(0, 20).mapToObj(i -> "f" + i).toList();
  private static final String CREATE_MODEL =
      "CREATE MODEL m FROM '%s' FEATURES (%s)".formatted(MODEL, String.join(", ", FEATURES));

  @TempDir Path folder;
  private Path database;

  @BeforeEach
  void makeTable() throws Exception {
    database = folder.resolve("warehouse.duckdb");
    String columns = String.join(", ", FEATURES.stream().map(f -> "0.1::FLOAT AS " + f).toList());
    try (Connection warehouse = DriverManager.getConnection("jdbc:duckdb:" + database);
        Statement statement = warehouse.createStatement()) {
      statement.execute("CREATE TABLE t AS SELECT id, " + columns + " FROM range(30000) r(id)");
    }
  }

  @Test
  void aStatementIsRunSeveralTimes() throws Exception {
    ObjectNode job = job();
    job.putArray("setup").add(CREATE_MODEL).add("CREATE TABLE runs (p FLOAT)");
    job.put(
        "statement",
        "INSERT INTO runs SELECT probabilities[2] FROM PREDICT(MODEL m, (FROM t LIMIT 10))");

    JsonNode result = run(job, Main::main);
    assertThat(result.path("runs")).hasSize(2);
    assertThat(result.path("median").asDouble()).isPositive();
    try (Connection warehouse = DriverManager.getConnection("jdbc:duckdb:" + database);
        Statement statement = warehouse.createStatement();
        ResultSet rows = statement.executeQuery("SELECT count(p) FROM runs")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getInt(1)).isEqualTo(30);
    }
  }

  @Test
  void aFailureIsAResult() throws Exception {
    JsonNode result = run(job().put("statement", "SELECT * FROM nowhere"), Main::main);
    assertThat(result.path("error").asText()).contains("nowhere");
  }

  @Test
  void theLimitHasThreeParts() throws Exception {
    ObjectNode job = job().put("model", MODEL).put("table", "t").put("threads", 2);
    FEATURES.forEach(job.putArray("features")::add);

    JsonNode result = run(job, Limit::main);
    assertThat(result.path("error").asText()).isEmpty();
    assertThat(result.path("rows").asInt()).isEqualTo(30000);
    for (String part : List.of("scan", "kernel", "copy")) {
      assertThat(result.path(part).path("runs")).as(part).hasSize(2);
      assertThat(result.path(part).path("median").asDouble()).as(part).isPositive();
    }
  }

  @Test
  void rulesAreTurnedOffOneByOne() throws Exception {
    ObjectNode job =
        job()
            .put(
                "statement",
                "CREATE OR REPLACE TABLE s AS SELECT id, probabilities[2] AS p FROM"
                    + " PREDICT(MODEL m, TABLE t) WHERE id < 10");
    job.putArray("setup").add(CREATE_MODEL);
    job.putArray("rules").add("OutputPart").add("FilterPredictTranspose");

    JsonNode result = run(job, Rules::main);
    assertThat(result.path("error").asText()).isEmpty();
    assertThat(result.path("runs")).hasSize(2);
    assertThat(result.path("without").path("OutputPart").path("runs")).hasSize(2);
    assertThat(result.path("without").path("FilterPredictTranspose").path("median").asDouble())
        .isPositive();
  }

  @Test
  void aRuleThatDoesNothingIsNotMeasured() throws Exception {
    ObjectNode job =
        job().put("statement", "CREATE OR REPLACE TABLE s AS FROM PREDICT(MODEL m, TABLE t)");
    job.putArray("setup").add(CREATE_MODEL);
    job.putArray("rules").add("PredictJoinTranspose");
    assertThat(run(job, Rules::main).path("error").asText())
        .contains("PredictJoinTranspose does nothing for");
  }

  private ObjectNode job() {
    return JSON.createObjectNode()
        .put("database", database.toString())
        .put("runs", 2)
        .put("patience", 60)
        .put("budget", 60);
  }

  private interface Program {
    void main(String[] arguments) throws Exception;
  }

  private JsonNode run(ObjectNode job, Program program) throws Exception {
    Path jobFile = folder.resolve("job.json");
    Path resultFile = folder.resolve("result.json");
    Files.writeString(jobFile, job.toString());
    program.main(new String[] {jobFile.toString(), resultFile.toString()});
    return JSON.readTree(resultFile.toFile());
  }
}
