package io.auspex.udf.predict;

import ai.onnxruntime.OnnxTensor;
import io.auspex.catalog.ElementType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;

/**
 * What one prediction holds besides its features and its results: the inputs' values and scratch
 * memory, all freed with it. For one thread.
 */
final class Batch implements AutoCloseable {
  private final int rows;
  private final BufferAllocator allocator;
  private final List<Values> values = new ArrayList<>();
  private final Map<String, WordTensor> words = new HashMap<>();
  private final List<ArrowBuf> scratch = new ArrayList<>();
  private final BitSet nullRows = new BitSet();

  Batch(int rows, BufferAllocator allocator) {
    this.rows = rows;
    this.allocator = allocator;
  }

  /**
   * An input's values, row by row.
   *
   * @param name the tensor's
   * @param memory holds them; the owner keeps it as long as the batch
   * @param rowShape the dimensions of a row's values
   */
  record Values(String name, ElementType type, ByteBuffer memory, long[] rowShape) {

    /** Bytes of a row's values. */
    int rowBytes() {
      long values = LongStream.of(rowShape).reduce(1, Math::multiplyExact);
      return Math.toIntExact(values * type.bytes());
    }
  }

  int rows() {
    return rows;
  }

  /** The inputs fed. */
  List<Values> values() {
    return values;
  }

  /** The tensors of words, by name, which every run takes whole. */
  Map<String, OnnxTensor> words() {
    Map<String, OnnxTensor> tensors = new HashMap<>();
    words.forEach((name, held) -> tensors.put(name, held.tensor()));
    return tensors;
  }

  /** Rows whose prediction is NULL. */
  BitSet nullRows() {
    return nullRows;
  }

  void feed(Values input) {
    values.add(input);
  }

  /** Feeds a tensor of strings, which is closed with the batch. */
  void feedWords(String name, WordTensor tensor) {
    words.put(name, tensor);
  }

  /** Memory that lives as long as the batch, not cleared. */
  ArrowBuf scratch(long bytes) {
    ArrowBuf buffer = allocator.buffer(Math.max(1, bytes));
    scratch.add(buffer);
    return buffer;
  }

  /** {@code bytes} of {@code memory} as a buffer in the machine's byte order. */
  static ByteBuffer bytes(ArrowBuf memory, long offset, long bytes) {
    return memory.nioBuffer(offset, Math.toIntExact(bytes)).order(ByteOrder.nativeOrder());
  }

  @Override
  public void close() {
    words.values().forEach(WordTensor::close);
    scratch.forEach(ArrowBuf::close);
  }
}
