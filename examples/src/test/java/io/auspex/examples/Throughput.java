package io.auspex.examples;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxTensorLike;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.auspex.engine.Script;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How many rows a second each example model scores from table to table, beside ONNX Runtime alone
 * on the same rows, both on all cores. Prints; judges nothing. Run it with {@code mvn -Pbench}.
 *
 * <p>ONNX Runtime alone means: tensors of 8,192 rows made beforehand, one intra-op thread, a thread
 * a core; only {@code run} is timed. The two are measured in turn, and the medians compared.
 */
@Tag("bench")
class Throughput {
  private static final int BATCH = 8192;
  private static final int RUNS = 7;
  private static final int CORES = Runtime.getRuntime().availableProcessors();

  private record Case(String model, String file, String features, int copies) {}

  private static final List<Case> CASES =
      List.of(
          new Case("arrival_delay", "examples/flights/models/arrival_delay.onnx", "flights", 2),
          new Case("late", "examples/flights/models/late.onnx", "flights", 1),
          new Case("late_logistic", "examples/flights/models/late_logistic.onnx", "flights", 8),
          new Case("churn", "examples/churn/models/churn.onnx", "customers", 20),
          new Case("mlp", "udf/src/test/resources/models/mlp.onnx", "numbers", 1));

  @Test
  void printRatios() throws Exception {
    try (Connection warehouse = DriverManager.getConnection("jdbc:auspex:");
        Statement statement = warehouse.createStatement()) {
      prepare(statement);
      System.out.printf(
          "%-14s %10s %14s %14s %7s%n", "model", "rows", "Auspex", "ONNX Runtime", "ratio");
      for (Case each : CASES) {
        measure(each, statement);
      }
    }
  }

  private static void prepare(Statement statement) throws Exception {
    for (String script : List.of("examples/flights/score.sql", "examples/churn/score.sql")) {
      for (Script.Piece piece : Script.split(Files.readString(Path.of(script)))) {
        statement.execute(piece.text());
      }
    }
    statement.execute("CREATE TABLE flights AS FROM flight_features");
    List<String> columns = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      columns.add("CAST(random() AS FLOAT) AS f" + i);
    }
    statement.execute(
        "CREATE TABLE numbers AS SELECT " + String.join(", ", columns) + " FROM range(4000000)");
    statement.execute(
        "CREATE MODEL mlp FROM 'udf/src/test/resources/models/mlp.onnx' FEATURES ("
            + String.join(", ", names(20))
            + ")");
  }

  private static List<String> names(int count) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      names.add("f" + i);
    }
    return names;
  }

  private static void measure(Case each, Statement statement) throws Exception {
    statement.execute(
        "CREATE OR REPLACE TABLE scanned AS SELECT t.* FROM "
            + each.features()
            + " t, range("
            + each.copies()
            + ")");
    String outputs =
        text(
            statement,
            "SELECT column_name FROM auspex.model_output o JOIN auspex.model m USING (model_id) WHERE m.name = '"
                + each.model()
                + "' AND o.version = m.default_version ORDER BY ordinal");
    String sql =
        "CREATE OR REPLACE TABLE scored AS SELECT "
            + outputs
            + " FROM PREDICT(MODEL "
            + each.model()
            + ", TABLE scanned)";
    try (OrtEnvironment environment = OrtEnvironment.getEnvironment();
        OrtSession.SessionOptions options = options();
        OrtSession session = environment.createSession(each.file(), options)) {
      List<Map<String, OnnxTensor>> batches = batches(each, environment, session, statement);
      long rows = Long.parseLong(text(statement, "SELECT count(*) FROM scanned"));
      List<Double> ours = new ArrayList<>();
      List<Double> alone = new ArrayList<>();
      for (int run = 0; run < RUNS; run++) {
        ours.add(seconds(() -> statement.execute(sql)));
        alone.add(seconds(() -> run(session, batches)));
      }
      double a = rows / median(ours);
      double b = rows / median(alone);
      System.out.printf(
          Locale.ROOT, "%-14s %10d %12.0f/s %12.0f/s %7.2f%n", each.model(), rows, a, b, a / b);
      batches.forEach(batch -> batch.values().forEach(OnnxTensor::close));
    }
  }

  private static OrtSession.SessionOptions options() throws OrtException {
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setIntraOpNumThreads(1);
    return options;
  }

  private static void run(OrtSession session, List<Map<String, OnnxTensor>> batches)
      throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(CORES);
    try {
      Collection<Future<?>> running = new ArrayList<>();
      for (Map<String, ? extends OnnxTensorLike> batch : batches) {
        running.add(
            threads.submit(
                () -> {
                  session.run(batch).close();
                  return null;
                }));
      }
      for (Future<?> future : running) {
        future.get();
      }
    } finally {
      threads.shutdown();
    }
  }

  private interface Work {
    void run() throws Exception;
  }

  private static double seconds(Work work) throws Exception {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e9;
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  private static String text(Statement statement, String query) throws SQLException {
    try (ResultSet rows = statement.executeQuery(query)) {
      List<String> values = new ArrayList<>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return String.join(", ", values);
    }
  }

  /** The scanned table's rows as the session's inputs. */
  private static List<Map<String, OnnxTensor>> batches(
      Case each, OrtEnvironment environment, OrtSession session, Statement statement)
      throws Exception {
    Map<String, List<String>> inputs = new LinkedHashMap<>();
    try (ResultSet rows =
        statement.executeQuery(
            "SELECT i.name, i.features, i.type FROM auspex.model_input i JOIN auspex.model m USING"
                + " (model_id) WHERE m.name = '"
                + each.model()
                + "' AND i.version = m.default_version ORDER BY ordinal")) {
      while (rows.next()) {
        List<String> features = new ArrayList<>();
        for (Object feature : (Object[]) rows.getArray(2).getArray()) {
          features.add(feature.toString());
        }
        inputs.put(rows.getString(1), features);
      }
    }
    List<String> columns = new ArrayList<>();
    inputs.values().forEach(columns::addAll);
    List<Map<String, OnnxTensor>> batches = new ArrayList<>();
    try (ResultSet rows =
        statement.executeQuery("SELECT " + String.join(", ", columns) + " FROM scanned")) {
      List<Object[]> batch = new ArrayList<>();
      while (rows.next()) {
        Object[] row = new Object[columns.size()];
        for (int i = 0; i < row.length; i++) {
          row[i] = rows.getObject(i + 1);
        }
        batch.add(row);
        if (batch.size() == BATCH) {
          batches.add(tensors(environment, inputs, batch));
          batch.clear();
        }
      }
      if (!batch.isEmpty()) {
        batches.add(tensors(environment, inputs, batch));
      }
    }
    return batches;
  }

  private static Map<String, OnnxTensor> tensors(
      OrtEnvironment environment, Map<String, List<String>> inputs, List<Object[]> rows)
      throws OrtException {
    Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
    int column = 0;
    for (Map.Entry<String, List<String>> input : inputs.entrySet()) {
      int width = input.getValue().size();
      tensors.put(input.getKey(), tensor(environment, rows, column, width));
      column += width;
    }
    return tensors;
  }

  private static OnnxTensor tensor(
      OrtEnvironment environment, List<Object[]> rows, int column, int width) throws OrtException {
    long[] shape = {rows.size(), width};
    if (rows.get(0)[column] instanceof String) {
      String[] strings = rows.stream().map(row -> (String) row[column]).toArray(String[]::new);
      return OnnxTensor.createTensor(environment, strings, shape);
    }
    FloatBuffer values =
        ByteBuffer.allocateDirect(rows.size() * width * Float.BYTES)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    for (Object[] row : rows) {
      for (int i = column; i < column + width; i++) {
        values.put(number(row[i]));
      }
    }
    return OnnxTensor.createTensor(environment, values.flip(), shape);
  }

  private static float number(Object value) {
    if (value instanceof Boolean flag) {
      return flag ? 1 : 0;
    }
    return value == null ? Float.NaN : ((Number) value).floatValue();
  }
}
