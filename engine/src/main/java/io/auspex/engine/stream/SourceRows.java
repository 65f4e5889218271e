package io.auspex.engine.stream;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * The rows of another database on their way to DuckDB: measured, and with their failure kept, of
 * which DuckDB would give the text alone. Owns the reader. One thread reads at a time.
 */
public final class SourceRows extends ArrowReader {
  private final QueryState state;
  private final ArrowReader reader;
  private final Stage stage;

  /**
   * @param name of the stream, by which its measurements are found
   */
  public SourceRows(QueryState state, ArrowReader reader, String name) {
    super(state.allocator());
    this.state = state;
    this.reader = reader;
    this.stage = state.profile().source(name);
  }

  @Override
  public boolean loadNextBatch() throws IOException {
    long started = System.nanoTime();
    try {
      state.check();
      boolean more = reader.loadNextBatch();
      // What was interrupted must not pass for the end.
      state.check();
      VectorSchemaRoot root = reader.getVectorSchemaRoot();
      stage.passed(more ? root.getRowCount() : 0, state.profile().bytes(root.getFieldVectors()));
      return more;
    } catch (IOException | RuntimeException | Error e) {
      state.fail(e);
      throw e;
    } finally {
      stage.time(started);
    }
  }

  @Override
  public VectorSchemaRoot getVectorSchemaRoot() throws IOException {
    try {
      return reader.getVectorSchemaRoot();
    } catch (IOException | RuntimeException | Error e) {
      state.fail(e);
      throw e;
    }
  }

  @Override
  protected Schema readSchema() throws IOException {
    return reader.getVectorSchemaRoot().getSchema();
  }

  @Override
  public Map<Long, Dictionary> getDictionaryVectors() throws IOException {
    return reader.getDictionaryVectors();
  }

  @Override
  public Dictionary lookup(long id) {
    return reader.lookup(id);
  }

  @Override
  public Set<Long> getDictionaryIds() {
    return reader.getDictionaryIds();
  }

  @Override
  public long bytesRead() {
    return reader.bytesRead();
  }

  @Override
  public void close(boolean closeReadSource) throws IOException {
    reader.close(closeReadSource);
  }

  @Override
  protected void closeReadSource() {
    // The reader's own business.
  }
}
