package io.auspex.udf.predict;

import io.auspex.catalog.ElementType;
import io.auspex.catalog.Output;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.complex.MapVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;

/**
 * What a column looks like in Arrow: one value a row, arrays (fixed-size lists) and lists around
 * the values of a tensor, or a map from the classes to them. Immutable.
 *
 * @param keys the classes, by the tensor's column, where the output is a map
 */
record ColumnShape(Output output, List<Object> keys) {
  private static final BitSet NONE = new BitSet();

  /** Gives the innermost vector its values. */
  interface LeafLoader {
    void load(FieldVector leaf, int length);
  }

  /** Whether rows of these dimensions are what the output declares. */
  boolean accepts(long[] dimensions) {
    long values = LongStream.of(dimensions).reduce(1, (a, b) -> a * b);
    if (output.keyType().isPresent()) {
      return values == keys.size();
    } else if (output.isScalar()) {
      return values == 1;
    }
    boolean fits = dimensions.length == output.rowShape().size();
    for (int i = 0; fits && i < dimensions.length; i++) {
      long declared = output.rowShape().get(i);
      fits = declared < 0 || declared == dimensions[i];
    }
    return fits;
  }

  /** NULLs of the innermost vector: those of the rows if there is nothing around it. */
  BitSet leafNulls(Batch batch) {
    return output.isScalar() ? batch.nullRows() : NONE;
  }

  /** Rows that follow each other and have the same dimensions. */
  record Rows(int count, long[] dimensions) {}

  /**
   * @param rows all of the batch, with the dimensions of each; those of arrays as declared
   * @return a vector of the batch's rows, owned by the caller
   */
  FieldVector build(BufferAllocator allocator, Batch batch, List<Rows> rows, LeafLoader leaf) {
    FieldVector vector = field().createVector(allocator);
    try {
      if (output.keyType().isPresent()) {
        loadMap((MapVector) vector, batch, leaf);
      } else if (output.isScalar()) {
        leaf.load(vector, batch.rows());
      } else {
        loadLists(vector, batch, rows, leaf);
      }
      return vector;
    } catch (RuntimeException | Error failed) {
      vector.close();
      throw failed;
    }
  }

  private void loadLists(FieldVector top, Batch batch, List<Rows> rows, LeafLoader leaf) {
    FieldVector vector = top;
    BitSet nulls = batch.nullRows();
    int[] counts = rows.stream().mapToInt(Rows::count).toArray();
    for (int level = 0; level < output.rowShape().size(); level++) {
      int[] sizes = new int[counts.length];
      for (int i = 0; i < counts.length; i++) {
        sizes[i] = Math.toIntExact(rows.get(i).dimensions()[level]);
      }
      if (vector instanceof FixedSizeListVector) {
        Vectors.load(vector, sum(counts), nulls);
      } else {
        loadOffsets(vector, counts, sizes, nulls);
      }
      nulls = NONE;
      for (int i = 0; i < counts.length; i++) {
        counts[i] = Math.multiplyExact(counts[i], sizes[i]);
      }
      vector = vector.getChildrenFromFields().get(0);
    }
    leaf.load(vector, sum(counts));
  }

  private static int sum(int[] counts) {
    return Math.toIntExact(IntStream.of(counts).asLongStream().sum());
  }

  private void loadMap(MapVector map, Batch batch, LeafLoader leaf) {
    int entries = Math.multiplyExact(batch.rows(), keys.size());
    loadOffsets(map, new int[] {batch.rows()}, new int[] {keys.size()}, batch.nullRows());
    FieldVector entry = map.getDataVector();
    Vectors.load(entry, entries, NONE);
    List<FieldVector> children = entry.getChildrenFromFields();
    loadKeys(children.get(0), batch.rows());
    leaf.load(children.get(1), entries);
  }

  private void loadKeys(FieldVector vector, int times) {
    if (output.keyType().orElseThrow() == ElementType.STRING) {
      Strings.load(vector, keys.stream().map(Object::toString).toList(), times, NONE);
      return;
    }
    int length = keys.size() * times;
    try (ArrowBuf data = vector.getAllocator().buffer(Math.max(1, (long) length * Long.BYTES))) {
      for (int i = 0; i < length; i++) {
        data.setLong((long) i * Long.BYTES, (Long) keys.get(i % keys.size()));
      }
      Vectors.load(vector, length, NONE, data);
    }
  }

  private static void loadOffsets(FieldVector list, int[] counts, int[] sizes, BitSet nulls) {
    try (ArrowBuf offsets = Vectors.offsets(list.getAllocator(), counts, sizes)) {
      Vectors.load(list, sum(counts), nulls, offsets);
    }
  }

  /** The column as Arrow describes it. */
  Field field() {
    ArrowType values = Vectors.arrowType(output.type());
    if (output.keyType().isPresent()) {
      FieldType key = FieldType.notNullable(Vectors.arrowType(output.keyType().get()));
      Field entry =
          new Field(
              MapVector.DATA_VECTOR_NAME,
              FieldType.notNullable(ArrowType.Struct.INSTANCE),
              List.of(
                  new Field(MapVector.KEY_NAME, key, List.of()),
                  Vectors.field(MapVector.VALUE_NAME, values)));
      return Vectors.field(output.column(), new ArrowType.Map(false), entry);
    }
    return output.isScalar() ? Vectors.field(output.column(), values) : lists(1, output.column());
  }

  private Field lists(int level, String name) {
    if (level == output.shape().size()) {
      return Vectors.field(name, Vectors.arrowType(output.type()));
    }
    long size = output.shape().get(level);
    ArrowType type =
        size < 1 ? ArrowType.List.INSTANCE : new ArrowType.FixedSizeList(Math.toIntExact(size));
    return Vectors.field(name, type, lists(level + 1, "$data$"));
  }
}
