package io.auspex.engine.stream;

import io.auspex.sql.fragment.PredictStream;
import io.auspex.udf.binding.Feature;
import io.auspex.udf.predict.Predictor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * The Predict operator: reads batches of its input, computes the model over them side by side, and
 * hands them on in the order they came, the passing columns untouched and the outputs appended.
 *
 * <p>Scan, computation and the reader of this stream overlap: a {@link Pipeline} holds a few
 * batches between them. One thread reads at a time, as DuckDB does.
 */
public final class PredictReader extends ArrowReader {
  private final QueryState state;
  private final ArrowReader input;
  private final Predictor predictor;
  private final PredictStream plan;
  private final StreamProfile profile;
  private final Pipeline pipeline;
  private final Dictionaries dictionaries;
  private VectorSchemaRoot root;
  private boolean closed;

  /**
   * @param input the scan side; stays the caller's
   * @param interruptScan makes the input stop at once; must not block
   * @param predictor closed with this reader
   * @param threads how many batches are computed at a time
   */
  public PredictReader(
      QueryState state,
      ArrowReader input,
      Runnable interruptScan,
      Predictor predictor,
      PredictStream plan,
      Workers workers,
      int threads) {
    super(state.allocator());
    this.state = state;
    this.input = input;
    this.predictor = predictor;
    this.plan = plan;
    this.profile = state.profile().stream(plan.name());
    profile.predictedBy(predictor);
    this.dictionaries = new Dictionaries(state.allocator());
    this.pipeline =
        new Pipeline(
            state, workers, threads, this::scan, interruptScan, this::compute, profile.place());
  }

  @Override
  public synchronized VectorSchemaRoot getVectorSchemaRoot() throws IOException {
    try {
      if (root == null) {
        root = VectorSchemaRoot.create(readSchema(), allocator);
      }
      return root;
    } catch (RuntimeException | Error e) {
      state.fail(e);
      throw e;
    }
  }

  /** The passing columns as the scan has them, then the outputs as the predictor makes them. */
  @Override
  protected Schema readSchema() throws IOException {
    List<Field> fields = new ArrayList<>();
    VectorSchemaRoot scanned = input.getVectorSchemaRoot();
    // Not the vectors' own: that of a map without keys says they may be NULL, which is refused.
    List<Field> scannedFields = scanned.getSchema().getFields();
    for (int i = 0; i < plan.passing(); i++) {
      fields.add(named(scannedFields.get(i), plan.columns().get(i).name()));
    }
    List<FieldVector> features = features(scanned.getFieldVectors());
    List<FieldVector> none = predictor.predict(features, 0, allocator, state.cancellation());
    for (int i = 0; i < none.size(); i++) {
      fields.add(named(none.get(i).getField(), plan.columns().get(plan.passing() + i).name()));
      none.get(i).close();
    }
    return new Schema(fields);
  }

  private static Field named(Field field, String name) {
    return new Field(name, field.getFieldType(), field.getChildren());
  }

  @Override
  public boolean loadNextBatch() throws IOException {
    try {
      state.check();
      VectorSchemaRoot target = getVectorSchemaRoot();
      long started = System.nanoTime();
      Batch batch = pipeline.next();
      profile.handOver().time(started);
      if (batch == null) {
        // A scan that was interrupted ends as if it had no more rows.
        state.check();
        target.clear();
        return false;
      }
      profile.handOver().passed(batch.rows(), state.profile().bytes(batch.columns()));
      batch.give(target);
      state.progress().predicted(target.getRowCount());
      return true;
    } catch (RuntimeException | Error e) {
      // DuckDB turns what is thrown here into text; the query keeps the object.
      state.fail(e);
      throw e;
    }
  }

  private Batch scan() throws IOException {
    long started = System.nanoTime();
    boolean more = input.loadNextBatch();
    profile.scan().time(started);
    if (!more) {
      // An interrupted scan ends silently: that must not look like the end of the data.
      state.check();
      return null;
    }
    dictionaries.copyOnce(input);
    Batch batch = Batch.take(input.getVectorSchemaRoot(), state.allocator());
    profile.scan().passed(batch.rows(), state.profile().bytes(batch.columns()));
    state.progress().scanned(batch.rows());
    return batch;
  }

  private Batch compute(Batch batch) {
    List<FieldVector> passing = new ArrayList<>(batch.columns().subList(0, plan.passing()));
    List<FieldVector> features = features(batch.columns());
    List<FieldVector> outputs;
    long started = System.nanoTime();
    try {
      outputs = predictor.predict(features, batch.rows(), state.allocator(), state.cancellation());
    } catch (RuntimeException | Error e) {
      batch.close();
      throw e;
    }
    profile.predict().time(started);
    profile.predict().passed(batch.rows(), state.profile().bytes(features));
    profile.outputs().passed(batch.rows(), state.profile().bytes(outputs));
    batch.columns().subList(plan.passing(), batch.columns().size()).forEach(FieldVector::close);
    passing.addAll(outputs);
    return new Batch(passing, batch.rows());
  }

  private List<FieldVector> features(List<FieldVector> columns) {
    List<FieldVector> features = new ArrayList<>();
    for (Feature feature : plan.features()) {
      features.add(columns.get(feature.column()));
    }
    return features;
  }

  @Override
  public Map<Long, Dictionary> getDictionaryVectors() throws IOException {
    return dictionaries.of(input);
  }

  @Override
  public Dictionary lookup(long id) {
    try {
      return getDictionaryVectors().get(id);
    } catch (IOException e) {
      throw state.failure(e);
    }
  }

  @Override
  public Set<Long> getDictionaryIds() {
    try {
      return getDictionaryVectors().keySet();
    } catch (IOException e) {
      throw state.failure(e);
    }
  }

  @Override
  public long bytesRead() {
    return input.bytesRead();
  }

  /** Stops the scan and frees what is under way; DuckDB calls it too when it needs no more rows. */
  @Override
  public void close() {
    close(true);
  }

  @Override
  public synchronized void close(boolean closeReadSource) {
    if (closed) {
      return;
    }
    closed = true;
    pipeline.close();
    if (root != null) {
      root.close();
    }
    dictionaries.close();
    predictor.close();
  }

  @Override
  protected void closeReadSource() {
    // The input belongs to the query.
  }

  /** Makes this stream end, whatever there is still to come. Does not block. */
  public void interrupt() {
    pipeline.stop();
  }

  /** The allocator of the batches, for the export. */
  public BufferAllocator allocator() {
    return allocator;
  }
}
