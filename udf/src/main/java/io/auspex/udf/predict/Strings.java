package io.auspex.udf.predict;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;

/** Fills vectors of strings; a string that comes again is encoded once. */
final class Strings {
  private Strings() {}

  /** Loads {@code values}, {@code times} over. */
  static void load(FieldVector vector, List<String> values, int times, BitSet nulls) {
    BufferAllocator allocator = vector.getAllocator();
    Map<String, byte[]> encoded = new HashMap<>();
    byte[][] bytes = new byte[values.size()][];
    long once = 0;
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = encoded.computeIfAbsent(values.get(i), Strings::utf8);
      once += bytes[i].length;
    }
    int length = Math.multiplyExact(bytes.length, times);
    try (ArrowBuf offsets = allocator.buffer((length + 1L) * Integer.BYTES);
        ArrowBuf data = allocator.buffer(Math.max(1, once * times))) {
      int end = 0;
      offsets.setInt(0, 0);
      for (int i = 0; i < length; i++) {
        byte[] value = bytes[i % bytes.length];
        data.setBytes(end, value);
        end = Math.addExact(end, value.length);
        offsets.setInt((i + 1L) * Integer.BYTES, end);
      }
      Vectors.load(vector, length, nulls, offsets, data);
    }
  }

  private static byte[] utf8(String value) {
    return value.getBytes(StandardCharsets.UTF_8);
  }
}
