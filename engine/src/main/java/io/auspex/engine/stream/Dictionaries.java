package io.auspex.engine.stream;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.util.TransferPair;

/**
 * The values of the ENUM columns of a stream. DuckDB sends them anew with each batch, always the
 * same; here they are kept once, since batches of different age are under way together.
 */
final class Dictionaries implements AutoCloseable {
  private final BufferAllocator allocator;
  private Map<Long, Dictionary> copies;

  Dictionaries(BufferAllocator allocator) {
    this.allocator = allocator;
  }

  synchronized void copyOnce(ArrowReader source) throws IOException {
    if (copies != null) {
      return;
    }
    copies = new HashMap<>();
    for (Map.Entry<Long, Dictionary> entry : source.getDictionaryVectors().entrySet()) {
      FieldVector values = entry.getValue().getVector();
      TransferPair pair = values.getTransferPair(values.getField(), allocator);
      pair.splitAndTransfer(0, values.getValueCount());
      FieldVector copy = (FieldVector) pair.getTo();
      copies.put(entry.getKey(), new Dictionary(copy, entry.getValue().getEncoding()));
    }
  }

  /** The values; until the first batch, the source's own, which are empty but have their types. */
  synchronized Map<Long, Dictionary> of(ArrowReader source) throws IOException {
    return copies == null ? source.getDictionaryVectors() : copies;
  }

  synchronized Map<Long, Dictionary> all() {
    return copies == null ? Map.of() : copies;
  }

  @Override
  public synchronized void close() {
    all().values().forEach(dictionary -> dictionary.getVector().close());
    copies = Map.of();
  }
}
