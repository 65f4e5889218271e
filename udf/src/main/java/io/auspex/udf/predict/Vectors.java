package io.auspex.udf.predict;

import io.auspex.catalog.ElementType;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;

/**
 * Builds one result vector from memory that is laid out already, level by level: what a vector's
 * buffers are is said by the <a href="https://arrow.apache.org/docs/format/Columnar.html">Arrow
 * columnar format</a>.
 */
final class Vectors {
  private Vectors() {}

  /** The Arrow type of elements. */
  static ArrowType arrowType(ElementType type) {
    return switch (type) {
      case FLOAT, FLOAT16, BFLOAT16 -> new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE);
      case DOUBLE -> new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
      case INT8 -> new ArrowType.Int(8, true);
      case INT16 -> new ArrowType.Int(16, true);
      case INT32 -> new ArrowType.Int(32, true);
      case INT64 -> new ArrowType.Int(64, true);
      case UINT8 -> new ArrowType.Int(8, false);
      case UINT16 -> new ArrowType.Int(16, false);
      case UINT32 -> new ArrowType.Int(32, false);
      case UINT64 -> new ArrowType.Int(64, false);
      case BOOL -> ArrowType.Bool.INSTANCE;
      case STRING -> ArrowType.Utf8.INSTANCE;
    };
  }

  static Field field(String name, ArrowType type, Field... children) {
    return new Field(name, FieldType.nullable(type), List.of(children));
  }

  /** Makes a vector of a column. */
  interface Maker<C, E extends Exception> {
    FieldVector vector(C column) throws E;
  }

  /** A vector a column, or none at all. */
  static <C, E extends Exception> List<FieldVector> collect(List<C> columns, Maker<C, E> maker)
      throws E {
    List<FieldVector> vectors = new ArrayList<>();
    try {
      for (C column : columns) {
        vectors.add(maker.vector(column));
      }
      return vectors;
    } catch (Throwable failed) {
      vectors.forEach(FieldVector::close);
      throw failed;
    }
  }

  /** How many arrays a value is nested in. */
  static int depth(FieldVector column) {
    int depth = 0;
    for (FieldVector level = column; isArray(level); level = elements(level)) {
      depth++;
    }
    return depth;
  }

  static boolean isArray(FieldVector vector) {
    return vector instanceof FixedSizeListVector || vector instanceof ListVector;
  }

  /** The elements of arrays, of all rows. */
  static FieldVector elements(FieldVector arrays) {
    return arrays.getChildrenFromFields().get(0);
  }

  /**
   * Gives a vector its length and memory; the vector keeps the memory, the caller its own share.
   */
  static void load(FieldVector vector, int length, BitSet nulls, ArrowBuf... memory) {
    List<ArrowBuf> buffers = new ArrayList<>();
    int nullCount = nulls.get(0, length).cardinality();
    try (ArrowBuf validity = validity(vector.getAllocator(), length, nulls)) {
      buffers.add(validity);
      buffers.addAll(List.of(memory));
      vector.loadFieldBuffers(new ArrowFieldNode(length, nullCount), buffers);
    }
  }

  private static ArrowBuf validity(BufferAllocator allocator, int length, BitSet nulls) {
    // Whole words, as readers may read them.
    long bytes = (length + 63L) / 64 * 8;
    ArrowBuf validity = allocator.buffer(bytes);
    validity.setOne(0, bytes);
    long[] words = nulls.get(0, length).toLongArray();
    for (int i = 0; i < words.length; i++) {
      validity.setLong((long) i * Long.BYTES, ~words[i]);
    }
    return validity;
  }

  /**
   * The offsets of {@code counts[i]} lists of {@code sizes[i]} values each, one i after another.
   */
  static ArrowBuf offsets(BufferAllocator allocator, int[] counts, int[] sizes) {
    long lists = IntStream.of(counts).asLongStream().sum();
    ArrowBuf offsets = allocator.buffer((lists + 1) * Integer.BYTES);
    offsets.setInt(0, 0);
    long at = 0;
    int end = 0;
    for (int i = 0; i < counts.length; i++) {
      for (int list = 0; list < counts[i]; list++) {
        end = Math.addExact(end, sizes[i]);
        offsets.setInt(++at * Integer.BYTES, end);
      }
    }
    return offsets;
  }
}
