package io.auspex.udf.duckdb;

import io.auspex.catalog.Output;
import io.auspex.udf.binding.Feature;
import io.auspex.udf.predict.Predictor;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBScalarFunction;
import org.duckdb.DuckDBWritableVector;

/**
 * Predicts one chunk of at most 2,048 rows: arguments into Arrow, through the predictor, results
 * out again. DuckDB calls it from many threads, each of which may be a new one.
 */
final class ChunkFunction implements DuckDBScalarFunction {
  private final InlineFunctions owner;
  private final String name;
  private final Predictor predictor;
  private final List<ArgumentReader> arguments;
  private final boolean scalar;
  private final DuckDBColumnType returnType;

  ChunkFunction(
      InlineFunctions owner,
      String name,
      Predictor predictor,
      List<Feature> features,
      List<Output> outputs) {
    this.owner = owner;
    this.name = name;
    this.predictor = predictor;
    this.arguments = features.stream().map(ArgumentReader::of).toList();
    this.scalar = outputs.size() == 1 && outputs.get(0).isScalar();
    this.returnType =
        scalar
            ? DuckDBColumnType.valueOf(outputs.get(0).type().sqlType())
            : DuckDBColumnType.VARCHAR;
  }

  DuckDBColumnType returnType() {
    return returnType;
  }

  List<ArgumentReader> arguments() {
    return arguments;
  }

  @Override
  public void apply(DuckDBDataChunkReader chunk, DuckDBWritableVector result) {
    int rows = Math.toIntExact(chunk.rowCount());
    List<FieldVector> features = new ArrayList<>();
    List<FieldVector> outputs = List.of();
    long started = System.nanoTime();
    InlineFunctions.Caller caller = owner.caller(rows == 0 ? 0 : chunk.vector(0).getLong(0));
    try {
      for (int i = 0; i < arguments.size(); i++) {
        FieldVector vector = arguments.get(i).allocate(owner.allocator(), rows);
        features.add(vector);
        arguments.get(i).read(chunk.vector(i + 1), vector, rows);
      }
      outputs = predictor.predict(features, rows, owner.allocator(), caller.cancellation());
      write(outputs, rows, result);
      caller.computed(name, rows, started);
    } catch (RuntimeException failed) {
      throw caller.inlineFailure(failed);
    } finally {
      features.forEach(FieldVector::close);
      outputs.forEach(FieldVector::close);
    }
  }

  private void write(List<FieldVector> outputs, int rows, DuckDBWritableVector result) {
    if (scalar) {
      ResultWriter.write(outputs.get(0), rows, result);
      return;
    }
    for (int row = 0; row < rows; row++) {
      int at = row;
      if (outputs.stream().allMatch(output -> output.isNull(at))) {
        result.setNull(row);
      } else {
        result.setString(row, RowText.of(outputs, row));
      }
    }
  }
}
