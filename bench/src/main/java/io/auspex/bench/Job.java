package io.auspex.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a process of the benchmark is to do.
 *
 * @param database the warehouse's file
 * @param setup statements that are run first and are not measured
 * @param statement the statement that is measured
 * @param runs how many times it is run after its first run, at most
 * @param patience seconds; a first run that takes longer is not repeated
 * @param budget seconds that the runs after the first may take together; three may take it each
 * @param model the ONNX file; {@link Limit}'s
 * @param features columns of {@code table} that the model reads, in order; {@link Limit}'s
 * @param table what the features are read from; {@link Limit}'s
 * @param threads threads that compute
 * @param server the JDBC URL of the PostgreSQL that {@code before} is for; empty where there is
 *     none
 * @param before statements that the server runs before each run and that are not measured
 * @param file rows as PostgreSQL's binary format has them; {@link BareCopy}'s
 * @param rules names of the planner's rules; {@link Rules}'s
 */
record Job(
    Path database,
    List<String> setup,
    String statement,
    int runs,
    double patience,
    double budget,
    Path model,
    List<String> features,
    String table,
    int threads,
    String server,
    List<String> before,
    Path file,
    List<String> rules) {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static Job read(Path file) throws IOException {
    JsonNode job = JSON.readTree(Files.readString(file));
    return new Job(
        Path.of(job.path("database").asText()),
        texts(job.path("setup")),
        job.path("statement").asText(),
        job.path("runs").asInt(),
        job.path("patience").asDouble(),
        job.path("budget").asDouble(),
        Path.of(job.path("model").asText()),
        texts(job.path("features")),
        job.path("table").asText(),
        job.path("threads").asInt(1),
        job.path("server").asText(),
        texts(job.path("before")),
        Path.of(job.path("file").asText()),
        texts(job.path("rules")));
  }

  /** What a job is done by. */
  interface Measurement {
    ObjectNode measure(Job job) throws Exception;
  }

  /**
   * Does the job of a process: its first argument is the job's file, its second where the result
   * goes. A failure is a result too; only where it cannot be written, this fails.
   */
  static void run(String[] arguments, Measurement measurement) throws IOException {
    ObjectNode result;
    try {
      result = measurement.measure(read(Path.of(arguments[0])));
    } catch (Exception failed) {
      result = failure(failed);
    }
    Files.writeString(Path.of(arguments[1]), result.toString());
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asText()));
    return List.copyOf(texts);
  }

  static ObjectNode result() {
    return JSON.createObjectNode();
  }

  /** What went wrong, as one line, for the report. */
  static ObjectNode failure(Exception failed) {
    String text = String.valueOf(failed.getMessage()).lines().findFirst().orElse("");
    return result().put("error", failed.getClass().getSimpleName() + ": " + text);
  }
}
