package io.auspex.udf.trees;

import com.google.flatbuffers.Table;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** A FlatBuffers table read by the numbers of its fields; a field that is not there is empty. */
final class FlatTable extends Table {
  private FlatTable(int position, ByteBuffer buffer) {
    __reset(position, buffer);
  }

  static FlatTable root(ByteBuffer buffer) {
    ByteBuffer little = buffer.order(ByteOrder.LITTLE_ENDIAN);
    return new FlatTable(little.getInt(little.position()) + little.position(), little);
  }

  private int offset(int field) {
    return __offset(4 + 2 * field);
  }

  String text(int field) {
    int offset = offset(field);
    return offset == 0 ? "" : __string(bb_pos + offset);
  }

  int int8(int field) {
    int offset = offset(field);
    return offset == 0 ? 0 : bb.get(bb_pos + offset);
  }

  int int32(int field) {
    int offset = offset(field);
    return offset == 0 ? 0 : bb.getInt(bb_pos + offset);
  }

  double float64(int field, double otherwise) {
    int offset = offset(field);
    return offset == 0 ? otherwise : bb.getDouble(bb_pos + offset);
  }

  FlatTable table(int field) {
    return new FlatTable(__indirect(bb_pos + offset(field)), bb);
  }

  List<FlatTable> tables(int field) {
    List<FlatTable> tables = new ArrayList<>();
    for (int i = 0; i < length(field); i++) {
      tables.add(new FlatTable(__indirect(start(field) + 4 * i), bb));
    }
    return tables;
  }

  int[] ints(int field) {
    int[] values = new int[length(field)];
    for (int i = 0; i < values.length; i++) {
      values[i] = bb.getInt(start(field) + 4 * i);
    }
    return values;
  }

  /** Of a vector of structs of two. */
  int[] unsignedShortPairs(int field) {
    int[] values = new int[2 * length(field)];
    for (int i = 0; i < values.length; i++) {
      values[i] = bb.getShort(start(field) + 2 * i) & 0xFFFF;
    }
    return values;
  }

  float[] floats(int field) {
    float[] values = new float[length(field)];
    for (int i = 0; i < values.length; i++) {
      values[i] = bb.getFloat(start(field) + 4 * i);
    }
    return values;
  }

  double[] doubles(int field) {
    double[] values = new double[length(field)];
    for (int i = 0; i < values.length; i++) {
      values[i] = bb.getDouble(start(field) + 8 * i);
    }
    return values;
  }

  /** A length that the file cannot have is an IllegalArgumentException. */
  private int length(int field) {
    int offset = offset(field);
    int length = offset == 0 ? 0 : __vector_len(offset);
    if (length < 0 || length > bb.limit()) {
      throw new IllegalArgumentException("a vector of length " + length);
    }
    return length;
  }

  private int start(int field) {
    return __vector(offset(field));
  }
}
