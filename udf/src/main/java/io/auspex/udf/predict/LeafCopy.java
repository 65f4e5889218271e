package io.auspex.udf.predict;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import io.auspex.catalog.ElementType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.FieldVector;

/** The values of results' tensors, one after the other, on their way into a vector. */
sealed interface LeafCopy {
  /** Copies the first {@code count} values of a tensor. */
  void add(OnnxTensor tensor, int count) throws OrtException;

  /** Leaves room for {@code count} values. */
  void skip(int count);

  /** Gives a vector all values. */
  void load(FieldVector leaf, int length, BitSet nulls);

  static LeafCopy of(ElementType type) {
    return switch (type) {
      case STRING -> new Texts(new ArrayList<>());
      case FLOAT16, BFLOAT16 -> new Halves(new Bytes(Float.BYTES, new ArrayList<>()));
      case BOOL -> new Bits(new ArrayList<>());
      default -> new Bytes(type.bytes(), new ArrayList<>());
    };
  }

  /** Values as they lie in memory. */
  record Bytes(int width, List<ByteBuffer> parts) implements LeafCopy {
    @Override
    public void add(OnnxTensor tensor, int count) throws OrtException {
      parts.add(tensor.getByteBuffer().limit(count * width));
    }

    @Override
    public void skip(int count) {
      parts.add(ByteBuffer.allocate(count * width));
    }

    @Override
    public void load(FieldVector leaf, int length, BitSet nulls) {
      try (ArrowBuf memory = leaf.getAllocator().buffer(Math.max(1, (long) length * width))) {
        long at = 0;
        for (ByteBuffer part : parts) {
          memory.setBytes(at, part.duplicate());
          at += part.remaining();
        }
        Vectors.load(leaf, length, nulls, memory);
      }
    }
  }

  /** 16-bit floats, which become FLOATs. */
  record Halves(Bytes floats) implements LeafCopy {
    @Override
    public void add(OnnxTensor tensor, int count) {
      FloatBuffer values = tensor.getFloatBuffer().limit(count);
      ByteBuffer bytes = ByteBuffer.allocate(count * Float.BYTES).order(ByteOrder.nativeOrder());
      bytes.asFloatBuffer().put(values);
      floats.parts().add(bytes);
    }

    @Override
    public void skip(int count) {
      floats.skip(count);
    }

    @Override
    public void load(FieldVector leaf, int length, BitSet nulls) {
      floats.load(leaf, length, nulls);
    }
  }

  /** Booleans, a byte each, which Arrow packs. */
  record Bits(List<ByteBuffer> parts) implements LeafCopy {
    @Override
    public void add(OnnxTensor tensor, int count) {
      parts.add(tensor.getByteBuffer().limit(count));
    }

    @Override
    public void skip(int count) {
      parts.add(ByteBuffer.allocate(count));
    }

    @Override
    public void load(FieldVector leaf, int length, BitSet nulls) {
      long bytes = (length + 63L) / 64 * 8;
      try (ArrowBuf memory = leaf.getAllocator().buffer(Math.max(1, bytes))) {
        memory.setZero(0, bytes);
        int at = 0;
        for (ByteBuffer part : parts) {
          for (int i = part.position(); i < part.limit(); i++, at++) {
            if (part.get(i) != 0) {
              memory.setByte(at / 8, memory.getByte(at / 8) | 1 << at % 8);
            }
          }
        }
        Vectors.load(leaf, length, nulls, memory);
      }
    }
  }

  record Texts(List<String> values) implements LeafCopy {
    @Override
    public void add(OnnxTensor tensor, int count) throws OrtException {
      List<String> all = new ArrayList<>();
      flatten(tensor.getValue(), all);
      values.addAll(all.subList(0, count));
    }

    @Override
    public void skip(int count) {
      values.addAll(Collections.nCopies(count, ""));
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

    @Override
    public void load(FieldVector leaf, int length, BitSet nulls) {
      Strings.load(leaf, values, 1, nulls);
    }
  }
}
