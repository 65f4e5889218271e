package io.auspex.engine.stream;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.Column;
import io.auspex.catalog.ErrorCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.ipc.ArrowReader;

/** A query's rows on their way to the client, batch by batch. Closed by the query. */
public final class RowStream implements AutoCloseable {
  private final QueryState state;
  private final List<Column> columns;
  private final Dictionaries dictionaries;
  private final DictionaryProvider lookup = new Lookup();
  private ArrowReader reader;
  private AutoCloseable source;
  private VectorSchemaRoot root;
  private boolean ended;
  private boolean isAhead;
  private boolean detached;
  private boolean closed;

  public RowStream(QueryState state, DuckStream stream) {
    this.state = state;
    this.columns = stream.columns();
    this.reader = stream.reader();
    this.source = stream;
    this.dictionaries = new Dictionaries(state.allocator());
    state.owns(this);
    try {
      this.root =
          VectorSchemaRoot.create(reader.getVectorSchemaRoot().getSchema(), state.allocator());
    } catch (IOException e) {
      throw state.failure(e);
    }
  }

  public List<Column> columns() {
    return columns;
  }

  public VectorSchemaRoot root() {
    return root;
  }

  public DictionaryProvider dictionaries() {
    return lookup;
  }

  /** Loads the first batch now, for {@link #next} to find it there. */
  public void readAhead() {
    next();
    isAhead = true;
  }

  /**
   * Loads the next batch with a row in it; false at the end. Throws CLOSED after {@link #close}.
   */
  public boolean next() {
    if (closed) {
      throw new AuspexException(ErrorCode.CLOSED, "The result");
    }
    if (isAhead) {
      isAhead = false;
      return root.getRowCount() > 0;
    }
    try {
      while (!ended) {
        state.check();
        long started = System.nanoTime();
        ended = !reader.loadNextBatch();
        state.profile().land().time(started);
        // An interrupted query ends silently.
        state.check();
        if (!ended && reader.getVectorSchemaRoot().getRowCount() > 0) {
          dictionaries.copyOnce(reader);
          Batch batch = Batch.take(reader.getVectorSchemaRoot(), state.allocator());
          state.profile().land().passed(batch.rows(), state.profile().bytes(batch.columns()));
          batch.give(root);
          return true;
        }
      }
      root.clear();
      return false;
    } catch (IOException | RuntimeException e) {
      ended = true;
      throw state.failure(e);
    }
  }

  /**
   * Moves the rows not read yet to a file of {@code folder} and gives up where they came from. If
   * that fails, {@link #next} will say so.
   */
  public void detach(Path folder) {
    if (closed || detached) {
      return;
    }
    detached = true;
    if (ended) {
      closeSource();
      return;
    }
    try {
      Spool spool = Spool.of(reader, folder, state);
      closeSource();
      reader = spool.reader();
      source = spool;
    } catch (RuntimeException e) {
      state.fail(e);
      closeSource();
    }
  }

  private void closeSource() {
    try {
      source.close();
    } catch (Exception e) {
      throw state.failure(e);
    }
  }

  @Override
  public void close() {
    closed = true;
    ended = true;
    try {
      closeSource();
    } finally {
      dictionaries.close();
      if (root != null) {
        root.close();
      }
    }
  }

  /** The dictionaries as they are now. */
  private final class Lookup implements DictionaryProvider {
    @Override
    public org.apache.arrow.vector.dictionary.Dictionary lookup(long id) {
      return dictionaries.all().get(id);
    }

    @Override
    public java.util.Set<Long> getDictionaryIds() {
      return dictionaries.all().keySet();
    }
  }
}
