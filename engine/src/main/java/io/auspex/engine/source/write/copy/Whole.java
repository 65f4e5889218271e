package io.auspex.engine.source.write.copy;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;
import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.UInt1Vector;
import org.apache.arrow.vector.UInt2Vector;
import org.apache.arrow.vector.UInt4Vector;
import org.apache.arrow.vector.UInt8Vector;

/** Whole numbers of a vector, of whatever width. */
interface Whole {
  long get(int row);

  /**
   * Numbers that are checked to lie between the two where their type does not promise it.
   *
   * @return null where the vector has no whole numbers, or those of 64 bits without a sign, which
   *     are written as numeric alone
   */
  static Whole of(FieldVector vector, long least, long most) {
    if (!(vector instanceof BaseIntVector numbers) || vector instanceof UInt8Vector) {
      return null;
    }
    Whole any = any(numbers);
    if (least(vector) >= least && most(vector) <= most) {
      return any;
    }
    return row -> {
      long value = any.get(row);
      if (value < least || value > most) {
        throw new AuspexException(
            ErrorCode.ROW_VALUE,
            "The column %s has the value %s, which lies outside of %d to %d, what its type there holds."
                .formatted(vector.getName(), value, least, most));
      }
      return value;
    };
  }

  private static Whole any(BaseIntVector numbers) {
    if (numbers instanceof IntVector ints) {
      return row -> ints.getDataBuffer().getInt(row * 4L);
    } else if (numbers instanceof BigIntVector longs) {
      return row -> longs.getDataBuffer().getLong(row * 8L);
    }
    return numbers::getValueAsLong;
  }

  private static long least(FieldVector vector) {
    if (vector instanceof TinyIntVector) {
      return Byte.MIN_VALUE;
    } else if (vector instanceof SmallIntVector) {
      return Short.MIN_VALUE;
    } else if (vector instanceof IntVector) {
      return Integer.MIN_VALUE;
    }
    return vector instanceof BigIntVector ? Long.MIN_VALUE : 0;
  }

  private static long most(FieldVector vector) {
    if (vector instanceof TinyIntVector) {
      return Byte.MAX_VALUE;
    } else if (vector instanceof UInt1Vector) {
      return 0xFF;
    } else if (vector instanceof SmallIntVector) {
      return Short.MAX_VALUE;
    } else if (vector instanceof UInt2Vector) {
      return 0xFFFF;
    } else if (vector instanceof IntVector) {
      return Integer.MAX_VALUE;
    } else if (vector instanceof UInt4Vector) {
      return 0xFFFF_FFFFL;
    }
    return Long.MAX_VALUE;
  }
}
