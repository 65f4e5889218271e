package io.auspex.engine.source.write.copy;

import java.util.Optional;
import java.util.function.IntUnaryOperator;
import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.ExtensionTypeVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.FixedSizeBinaryVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.LargeVarBinaryVector;
import org.apache.arrow.vector.LargeVarCharVector;
import org.apache.arrow.vector.NullVector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.complex.LargeListVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.types.pojo.Field;

/** Which encoder writes the values of a vector as a type of PostgreSQL. */
final class ValueEncoders {
  private static final int JSONB_VERSION = 1;

  private ValueEncoders() {}

  /**
   * @param declaration the column's type as PostgreSQL has it
   * @return empty where no value of the vector is written as that type
   */
  static Optional<ValueEncoder> of(FieldVector vector, String declaration) {
    FieldVector storage = storage(vector);
    Optional<CopyType> type = CopyType.named(declaration);
    if (storage instanceof NullVector) {
      return Optional.of(ValueEncoder.fixed(0, (row, out, at) -> {}));
    } else if (type.isEmpty() || storage.getField().getDictionary() != null) {
      return Optional.empty();
    }
    return Optional.ofNullable(
        CopyType.isArray(declaration)
            ? array(storage, declaration, type.get())
            : single(storage, type.get()));
  }

  static FieldVector storage(FieldVector vector) {
    return vector instanceof ExtensionTypeVector<?> extended
        ? (FieldVector) extended.getUnderlyingVector()
        : vector;
  }

  private static ValueEncoder array(FieldVector vector, String declaration, CopyType type) {
    FieldVector elements;
    IntUnaryOperator start;
    IntUnaryOperator end;
    if (vector instanceof ListVector lists) {
      elements = lists.getDataVector();
      start = lists::getElementStartIndex;
      end = lists::getElementEndIndex;
    } else if (vector instanceof LargeListVector lists) {
      elements = lists.getDataVector();
      start = row -> Math.toIntExact(lists.getElementStartIndex(row));
      end = row -> Math.toIntExact(lists.getElementEndIndex(row));
    } else if (vector instanceof FixedSizeListVector lists) {
      elements = lists.getDataVector();
      start = lists::getElementStartIndex;
      end = lists::getElementEndIndex;
    } else {
      return null;
    }
    String elementType = declaration.substring(0, declaration.lastIndexOf('['));
    return of(elements, elementType)
        .map(values -> new ArrayEncoder(new ColumnEncoder(elements, values), type, start, end))
        .orElse(null);
  }

  private static ValueEncoder single(FieldVector vector, CopyType type) {
    return switch (type) {
      case BOOLEAN -> flag(vector);
      case SMALLINT -> {
        Whole numbers = Whole.of(vector, Short.MIN_VALUE, Short.MAX_VALUE);
        yield numbers == null
            ? null
            : ValueEncoder.fixed(
                2, (row, out, at) -> NetworkOrder.putShort(out, at, (int) numbers.get(row)));
      }
      case INTEGER -> {
        Whole numbers = Whole.of(vector, Integer.MIN_VALUE, Integer.MAX_VALUE);
        yield numbers == null
            ? null
            : ValueEncoder.fixed(
                4, (row, out, at) -> NetworkOrder.putInt(out, at, (int) numbers.get(row)));
      }
      case BIGINT -> {
        Whole numbers = Whole.of(vector, Long.MIN_VALUE, Long.MAX_VALUE);
        yield numbers == null
            ? null
            : ValueEncoder.fixed(
                8, (row, out, at) -> NetworkOrder.putLong(out, at, numbers.get(row)));
      }
      case NUMERIC -> numeric(vector);
      case REAL ->
          vector instanceof Float4Vector floats
              ? ValueEncoder.fixed(
                  4,
                  (row, out, at) ->
                      NetworkOrder.putInt(out, at, floats.getDataBuffer().getInt(row * 4L)))
              : null;
      case DOUBLE -> doubles(vector);
      case TEXT, VARCHAR, CHARACTER, JSON -> text(vector, 0);
      case JSONB -> text(vector, 1);
      case BYTEA -> binary(vector);
      case DATE, TIME, TIMETZ, TIMESTAMP, TIMESTAMPTZ, INTERVAL -> TimeEncoders.of(vector, type);
      case UUID ->
          vector instanceof FixedSizeBinaryVector fixed && fixed.getByteWidth() == 16
              ? ValueEncoder.fixed(
                  16, (row, out, at) -> fixed.getDataBuffer().getBytes(row * 16L, out, at, 16))
              : null;
      case BIT -> vector instanceof VarBinaryVector bits ? new BitEncoder(bits) : null;
    };
  }

  private static ValueEncoder flag(FieldVector vector) {
    if (vector instanceof BitVector bits) {
      return ValueEncoder.fixed(1, (row, out, at) -> out[at] = (byte) bits.get(row));
    }
    Whole numbers = Whole.of(vector, Byte.MIN_VALUE, Byte.MAX_VALUE);
    return numbers == null
        ? null
        : ValueEncoder.fixed(1, (row, out, at) -> out[at] = (byte) (numbers.get(row) == 0 ? 0 : 1));
  }

  private static ValueEncoder doubles(FieldVector vector) {
    if (vector instanceof Float8Vector doubles) {
      return ValueEncoder.fixed(
          8,
          (row, out, at) ->
              NetworkOrder.putLong(out, at, doubles.getDataBuffer().getLong(row * 8L)));
    } else if (vector instanceof Float4Vector floats) {
      return ValueEncoder.fixed(
          8,
          (row, out, at) ->
              NetworkOrder.putLong(out, at, Double.doubleToRawLongBits(floats.get(row))));
    }
    return null;
  }

  private static ValueEncoder numeric(FieldVector vector) {
    if (vector instanceof DecimalVector decimals) {
      return new NumericEncoder(wide(decimals), decimals.getScale());
    } else if (vector instanceof FixedSizeBinaryVector huge && huge.getByteWidth() == 16) {
      boolean unsigned = hidden(vector.getField()).contains("uhugeint");
      return new NumericEncoder(unsigned ? unsigned(wide(huge)) : wide(huge), 0);
    } else if (vector instanceof UInt8Vector numbers) {
      return new NumericEncoder(
          new NumericEncoder.Source() {
            @Override
            public long low(int row) {
              return numbers.get(row);
            }

            @Override
            public long high(int row) {
              return 0;
            }
          },
          0);
    } else if (vector instanceof BaseIntVector numbers) {
      return new NumericEncoder(
          new NumericEncoder.Source() {
            @Override
            public long low(int row) {
              return numbers.getValueAsLong(row);
            }

            @Override
            public long high(int row) {
              return numbers.getValueAsLong(row) >> 63;
            }
          },
          0);
    }
    return null;
  }

  private static String hidden(Field field) {
    return field.getMetadata().getOrDefault("ARROW:extension:metadata", "");
  }

  private static NumericEncoder.Source wide(FieldVector vector) {
    return new NumericEncoder.Source() {
      @Override
      public long low(int row) {
        return vector.getDataBuffer().getLong(row * 16L);
      }

      @Override
      public long high(int row) {
        return vector.getDataBuffer().getLong(row * 16L + 8);
      }
    };
  }

  private static NumericEncoder.Source unsigned(NumericEncoder.Source source) {
    return new NumericEncoder.Source() {
      @Override
      public long low(int row) {
        return source.low(row);
      }

      @Override
      public long high(int row) {
        return source.high(row);
      }

      @Override
      public boolean isUnsigned() {
        return true;
      }
    };
  }

  private static ValueEncoder text(FieldVector vector, int versions) {
    boolean isText = vector instanceof VarCharVector || vector instanceof LargeVarCharVector;
    ValueEncoder text = isText ? variable(vector) : null;
    return text == null || versions == 0 ? text : versioned(text);
  }

  private static ValueEncoder versioned(ValueEncoder text) {
    return new ValueEncoder() {
      @Override
      public int size(int row) {
        return 1 + text.size(row);
      }

      @Override
      public int put(int row, byte[] out, int at) {
        out[at] = JSONB_VERSION;
        return text.put(row, out, at + 1);
      }
    };
  }

  private static ValueEncoder binary(FieldVector vector) {
    if (vector instanceof FixedSizeBinaryVector fixed) {
      int width = fixed.getByteWidth();
      return ValueEncoder.fixed(
          width,
          (row, out, at) -> fixed.getDataBuffer().getBytes((long) row * width, out, at, width));
    }
    boolean isBinary = vector instanceof VarBinaryVector || vector instanceof LargeVarBinaryVector;
    return isBinary ? variable(vector) : null;
  }

  /** Bytes of any length, between offsets of four or eight bytes. */
  private static ValueEncoder variable(FieldVector vector) {
    boolean large = vector instanceof LargeVarCharVector || vector instanceof LargeVarBinaryVector;
    int width = large ? BigIntVector.TYPE_WIDTH : IntVector.TYPE_WIDTH;
    return new ValueEncoder() {
      private long offset(int row) {
        long at = (long) row * width;
        return large ? vector.getOffsetBuffer().getLong(at) : vector.getOffsetBuffer().getInt(at);
      }

      @Override
      public int size(int row) {
        return Math.toIntExact(offset(row + 1) - offset(row));
      }

      @Override
      public int put(int row, byte[] out, int at) {
        long start = offset(row);
        int size = (int) (offset(row + 1) - start);
        vector.getDataBuffer().getBytes(start, out, at, size);
        return at + size;
      }
    };
  }
}
