package io.auspex.engine.stream;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Columns of a stream of predictions, on their way to another model without DuckDB between. Owns
 * nothing: the vectors are the stream's own. One thread reads at a time.
 */
public final class RelayReader extends ArrowReader {
  private final PredictReader stream;
  private final List<Integer> columns;
  private VectorSchemaRoot root;

  /**
   * @param stream stays the caller's
   * @param columns ordinals of its columns, all different
   */
  public RelayReader(PredictReader stream, List<Integer> columns) {
    super(stream.allocator());
    this.stream = stream;
    this.columns = List.copyOf(columns);
  }

  @Override
  public synchronized VectorSchemaRoot getVectorSchemaRoot() throws IOException {
    if (root == null) {
      VectorSchemaRoot all = stream.getVectorSchemaRoot();
      List<FieldVector> vectors = new ArrayList<>();
      columns.forEach(column -> vectors.add(all.getVector(column)));
      root = new VectorSchemaRoot(readSchema().getFields(), vectors, all.getRowCount());
    }
    return root;
  }

  @Override
  protected Schema readSchema() throws IOException {
    List<Field> fields = stream.getVectorSchemaRoot().getSchema().getFields();
    return new Schema(columns.stream().map(fields::get).toList());
  }

  @Override
  public boolean loadNextBatch() throws IOException {
    VectorSchemaRoot chosen = getVectorSchemaRoot();
    boolean more = stream.loadNextBatch();
    chosen.setRowCount(stream.getVectorSchemaRoot().getRowCount());
    return more;
  }

  @Override
  public Map<Long, Dictionary> getDictionaryVectors() throws IOException {
    return stream.getDictionaryVectors();
  }

  @Override
  public Dictionary lookup(long id) {
    return stream.lookup(id);
  }

  @Override
  public Set<Long> getDictionaryIds() {
    return stream.getDictionaryIds();
  }

  @Override
  public long bytesRead() {
    return stream.bytesRead();
  }

  @Override
  public void close(boolean closeReadSource) {
    // The vectors are the stream's, which the query closes.
  }

  @Override
  protected void closeReadSource() {
    // As above.
  }
}
