package io.auspex.bench;

import io.auspex.catalog.Column;
import io.auspex.catalog.ModelOptions;
import io.auspex.catalog.ModelVersion;
import io.auspex.catalog.Output;
import io.auspex.udf.binding.Bindings;
import io.auspex.udf.binding.Feature;
import io.auspex.udf.onnx.ModelFile;
import io.auspex.udf.predict.Cancellation;
import io.auspex.udf.predict.ComputeOptions;
import io.auspex.udf.predict.Predictor;
import io.auspex.udf.predict.Predictors;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.util.TransferPair;
import org.duckdb.DuckDBResultSet;

/**
 * A model over batches that lie in memory, computed as Auspex computes it. It owns the batches; the
 * allocator stays the caller's.
 */
final class Kernel implements AutoCloseable {
  /** As many batches as are kept; they are computed over and over. */
  private static final int KEPT = 32;

  private record Batch(List<FieldVector> columns, int rows) {}

  private final Predictors predictors = new Predictors();
  private final List<Batch> batches = new ArrayList<>();
  private final BufferAllocator allocator;
  private final int threads;
  private Predictor predictor;

  private Kernel(BufferAllocator allocator, int threads) {
    this.allocator = allocator;
    this.threads = threads;
  }

  /** Takes the first batches of a scan of the model's features, all of them floats. */
  static Kernel over(Job job, Statement statement, String scan, BufferAllocator allocator)
      throws Exception {
    Kernel kernel = new Kernel(allocator, job.threads());
    try {
      ModelVersion model =
          new ModelVersion(
              "model",
              1,
              "limit",
              List.of(),
              0,
              Instant.EPOCH,
              0,
              "",
              "",
              ModelFile.read(job.model()).signature(),
              ModelOptions.NONE);
      List<Column> columns =
          job.features().stream().map(name -> new Column(name, "FLOAT")).toList();
      List<Feature> features = Bindings.byPosition(model, columns);
      List<Output> outputs =
          model.signature().outputs().stream()
              .filter(output -> output.name().equals("probabilities"))
              .toList();
      kernel.predictor =
          kernel.predictors.open(model, job.model(), features, outputs, ComputeOptions.AUTO);
      kernel.keep(statement, scan, Predictors.batchRows(model, features));
      return kernel;
    } catch (Exception failed) {
      kernel.close();
      throw failed;
    }
  }

  private void keep(Statement statement, String scan, int batchRows) throws Exception {
    String some = scan + " LIMIT " + (long) KEPT * batchRows;
    try (DuckDBResultSet result = (DuckDBResultSet) statement.executeQuery(some);
        ArrowReader reader = (ArrowReader) result.arrowExportStream(allocator, batchRows)) {
      while (reader.loadNextBatch()) {
        VectorSchemaRoot root = reader.getVectorSchemaRoot();
        List<FieldVector> columns = new ArrayList<>();
        for (FieldVector column : root.getFieldVectors()) {
          TransferPair transfer = column.getTransferPair(allocator);
          transfer.transfer();
          columns.add((FieldVector) transfer.getTo());
        }
        batches.add(new Batch(columns, root.getRowCount()));
      }
    }
  }

  /** Computes the batches, again and again, until {@code rows} rows or more are done. */
  void compute(long rows) throws Exception {
    AtomicLong begun = new AtomicLong();
    AtomicLong next = new AtomicLong();
    ExecutorService workers = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        running.add(workers.submit(() -> work(rows, begun, next)));
      }
      for (Future<?> each : running) {
        each.get();
      }
    } finally {
      // What still computes reads the batches, which are freed soon.
      workers.shutdown();
      workers.awaitTermination(1, TimeUnit.MINUTES);
    }
  }

  private void work(long rows, AtomicLong begun, AtomicLong next) {
    Cancellation cancellation = new Cancellation();
    while (true) {
      Batch batch = batches.get((int) (next.getAndIncrement() % batches.size()));
      if (begun.getAndAdd(batch.rows()) >= rows) {
        return;
      }
      predictor
          .predict(batch.columns(), batch.rows(), allocator, cancellation)
          .forEach(FieldVector::close);
    }
  }

  @Override
  public void close() {
    batches.forEach(batch -> batch.columns().forEach(FieldVector::close));
    if (predictor != null) {
      predictor.close();
    }
    predictors.close();
  }
}
