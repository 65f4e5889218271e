package io.auspex.udf.predict;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import io.auspex.catalog.ElementType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.FieldVector;

/** The values of a result's tensor, on their way into a vector. */
sealed interface LeafCopy {
  void load(FieldVector leaf, int length);

  static LeafCopy of(OnnxTensor tensor, ElementType type, BitSet nulls) throws OrtException {
    return switch (type) {
      case STRING -> {
        List<String> texts = new ArrayList<>();
        flatten(tensor.getValue(), texts);
        yield new Texts(texts, nulls);
      }
      case FLOAT16, BFLOAT16 -> new Bytes(floats(tensor.getFloatBuffer()), nulls);
      case BOOL -> new Bits(tensor.getByteBuffer(), nulls);
      default -> new Bytes(tensor.getByteBuffer(), nulls);
    };
  }

  private static ByteBuffer floats(FloatBuffer values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.remaining() * Float.BYTES);
    bytes.order(ByteOrder.nativeOrder()).asFloatBuffer().put(values);
    return bytes;
  }

  private static void flatten(Object value, List<String> texts) {
    if (value instanceof Object[] array) {
      for (Object element : array) {
        flatten(element, texts);
      }
    } else {
      texts.add((String) value);
    }
  }

  /** Values as they lie in memory. */
  record Bytes(ByteBuffer values, BitSet nulls) implements LeafCopy {
    @Override
    public void load(FieldVector leaf, int length) {
      try (ArrowBuf memory = leaf.getAllocator().buffer(Math.max(1, values.remaining()))) {
        memory.setBytes(0, values.duplicate());
        Vectors.load(leaf, length, nulls, memory);
      }
    }
  }

  /** Booleans, a byte each, which Arrow packs. */
  record Bits(ByteBuffer values, BitSet nulls) implements LeafCopy {
    @Override
    public void load(FieldVector leaf, int length) {
      long bytes = (length + 63L) / 64 * 8;
      try (ArrowBuf memory = leaf.getAllocator().buffer(bytes)) {
        memory.setZero(0, bytes);
        for (int i = 0; i < length; i++) {
          if (values.get(i) != 0) {
            memory.setByte(i / 8, memory.getByte(i / 8) | 1 << i % 8);
          }
        }
        Vectors.load(leaf, length, nulls, memory);
      }
    }
  }

  record Texts(List<String> values, BitSet nulls) implements LeafCopy {
    @Override
    public void load(FieldVector leaf, int length) {
      Strings.load(leaf, values, 1, nulls);
    }
  }
}
