package io.auspex.jdbc;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.ExtensionTypeVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.FixedSizeBinaryVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.IntervalMonthDayNanoVector;
import org.apache.arrow.vector.LargeVarBinaryVector;
import org.apache.arrow.vector.LargeVarCharVector;
import org.apache.arrow.vector.NullVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeNanoVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.UInt1Vector;
import org.apache.arrow.vector.UInt2Vector;
import org.apache.arrow.vector.UInt4Vector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Reads one vector, row by row, into Java objects that keep every bit of DuckDB's values. What a
 * vector means is told by its own field: with {@code arrow_lossless_conversion}, types Arrow lacks
 * arrive as extension types.
 *
 * <p>Gives Boolean, Integer, Long, BigInteger, Float, Double, BigDecimal, String, byte[],
 * LocalDate, {@link TimeOfDay}, LocalDateTime, OffsetDateTime, UUID, {@link ArrayValue}, {@link
 * StructValue}, {@link MapValue} or null.
 */
interface VectorReader {
  /** DuckDB's 'infinity' of timestamps: the largest number of microseconds, and its negative. */
  LocalDateTime LAST_TIMESTAMP = timestamp(Long.MAX_VALUE, TimeUnit.MICROSECOND);

  LocalDateTime FIRST_TIMESTAMP = timestamp(-Long.MAX_VALUE, TimeUnit.MICROSECOND);

  Object read(int row);

  /**
   * @param type as DuckDB writes it, for what the field does not say: names of types
   */
  static VectorReader of(FieldVector vector, String type, DictionaryProvider dictionaries) {
    VectorReader reader = ofValues(vector, type, dictionaries);
    // A union has no validity of its own: its members have.
    return vector.getField().getType() instanceof ArrowType.Union
        ? reader
        : row -> vector.isNull(row) ? null : reader.read(row);
  }

  private static VectorReader ofValues(
      FieldVector vector, String type, DictionaryProvider dictionaries) {
    Field field = vector.getField();
    if (field.getDictionary() != null) {
      return NestedReaders.ofDictionary(vector, field.getDictionary().getId(), dictionaries);
    }
    String extension = extension(field);
    if (!extension.isEmpty()) {
      FieldVector storage =
          vector instanceof ExtensionTypeVector<?> extended
              ? (FieldVector) extended.getUnderlyingVector()
              : vector;
      return ofExtension(extension, storage, type);
    } else if (field.getType().isComplex()) {
      return NestedReaders.of(vector, type, dictionaries);
    }
    return ofPlain(vector, field);
  }

  private static VectorReader ofPlain(FieldVector vector, Field field) {
    if (vector instanceof NullVector) {
      return row -> null;
    } else if (vector instanceof BitVector bits) {
      return row -> bits.get(row) != 0;
    } else if (vector instanceof TinyIntVector numbers) {
      return row -> (int) numbers.get(row);
    } else if (vector instanceof SmallIntVector numbers) {
      return row -> (int) numbers.get(row);
    } else if (vector instanceof IntVector numbers) {
      return numbers::get;
    } else if (vector instanceof BigIntVector numbers) {
      return numbers::get;
    } else if (vector instanceof UInt1Vector numbers) {
      return row -> numbers.get(row) & 0xFF;
    } else if (vector instanceof UInt2Vector numbers) {
      return row -> (int) numbers.get(row);
    } else if (vector instanceof UInt4Vector numbers) {
      return row -> Integer.toUnsignedLong(numbers.get(row));
    } else if (vector instanceof UInt8Vector numbers) {
      return row -> unsigned(0, numbers.get(row));
    } else if (vector instanceof Float4Vector numbers) {
      return numbers::get;
    } else if (vector instanceof Float8Vector numbers) {
      return numbers::get;
    } else if (vector instanceof DecimalVector numbers) {
      return numbers::getObject;
    } else if (vector instanceof VarCharVector texts) {
      return row -> new String(texts.get(row), StandardCharsets.UTF_8);
    } else if (vector instanceof LargeVarCharVector texts) {
      return row -> new String(texts.get(row), StandardCharsets.UTF_8);
    } else if (vector instanceof VarBinaryVector || vector instanceof LargeVarBinaryVector) {
      return row -> bytes(vector, row);
    } else if (vector instanceof DateDayVector days) {
      return row -> LocalDate.ofEpochDay(days.get(row));
    } else if (vector instanceof TimeMicroVector times) {
      return row -> new TimeOfDay(times.get(row) * 1000, null);
    } else if (vector instanceof TimeNanoVector times) {
      return row -> new TimeOfDay(times.get(row), null);
    } else if (vector instanceof TimeStampVector timestamps) {
      return ofTimestamps(timestamps, (ArrowType.Timestamp) field.getType());
    } else if (vector instanceof IntervalMonthDayNanoVector intervals) {
      return row -> {
        var data = intervals.getDataBuffer();
        return Text.interval(
            IntervalMonthDayNanoVector.getMonths(data, row),
            IntervalMonthDayNanoVector.getDays(data, row),
            IntervalMonthDayNanoVector.getNanoseconds(data, row));
      };
    }
    throw new AuspexException(ErrorCode.INTERNAL_ERROR, "no reader for the Arrow field " + field);
  }

  private static VectorReader ofTimestamps(TimeStampVector vector, ArrowType.Timestamp type) {
    TimeUnit unit = type.getUnit();
    if (type.getTimezone() == null) {
      return row -> timestamp(vector.get(row), unit);
    }
    ZoneId zone = ZoneId.of(type.getTimezone(), ZoneId.SHORT_IDS);
    return row -> {
      Instant instant = timestamp(vector.get(row), unit).toInstant(ZoneOffset.UTC);
      boolean infinite = Math.abs(vector.get(row)) == Long.MAX_VALUE;
      return instant.atZone(infinite ? ZoneOffset.UTC : zone).toOffsetDateTime();
    };
  }

  /** The extension's name, or for an opaque one the name of the type it hides; else empty. */
  private static String extension(Field field) {
    Map<String, String> metadata = field.getMetadata();
    String name = metadata.getOrDefault("ARROW:extension:name", "");
    String hidden = metadata.getOrDefault("ARROW:extension:metadata", "");
    if (field.getType() instanceof ArrowType.ExtensionType registered) {
      name = registered.extensionName();
      hidden = registered.serialize();
    }
    return name.equals("arrow.opaque")
        ? hidden.replaceAll(".*\"type_name\"\\s*:\\s*\"([^\"]*)\".*", "$1")
        : name;
  }

  private static VectorReader ofExtension(String extension, FieldVector vector, String type) {
    switch (extension) {
      case "arrow.bool8":
        return row -> ((TinyIntVector) vector).get(row) != 0;
      case "arrow.json":
        return ofPlain(vector, vector.getField());
      case "arrow.uuid":
        return row -> {
          ByteBuffer bytes = ByteBuffer.wrap(bytes(vector, row));
          return new UUID(bytes.getLong(), bytes.getLong());
        };
      case "hugeint":
        return row -> {
          ByteBuffer bytes = littleEndian(vector, row);
          long low = bytes.getLong();
          return BigInteger.valueOf(bytes.getLong()).shiftLeft(64).add(unsigned(0, low));
        };
      case "uhugeint":
        return row -> {
          ByteBuffer bytes = littleEndian(vector, row);
          long low = bytes.getLong();
          return unsigned(bytes.getLong(), low);
        };
      case "time_tz":
        return row -> timeWithZone(littleEndian(vector, row).getLong());
      case "bit":
        return row -> bits(bytes(vector, row));
      case "bignum":
        return row -> bigNumber(bytes(vector, row));
      default:
        throw new AuspexException(
            ErrorCode.UNSUPPORTED, "The type " + type, "in a result", "Cast it to VARCHAR.");
    }
  }

  private static byte[] bytes(FieldVector vector, int row) {
    if (vector instanceof FixedSizeBinaryVector fixed) {
      return fixed.get(row);
    }
    return vector instanceof LargeVarBinaryVector large
        ? large.get(row)
        : ((VarBinaryVector) vector).get(row);
  }

  private static ByteBuffer littleEndian(FieldVector vector, int row) {
    return ByteBuffer.wrap(bytes(vector, row)).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static BigInteger unsigned(long high, long low) {
    byte[] bytes = ByteBuffer.allocate(16).putLong(high).putLong(low).array();
    return new BigInteger(1, bytes);
  }

  private static LocalDateTime timestamp(long value, TimeUnit unit) {
    long perSecond =
        Math.abs(value) == Long.MAX_VALUE
            ? 1_000_000
            : switch (unit) {
              case SECOND -> 1;
              case MILLISECOND -> 1_000;
              case MICROSECOND -> 1_000_000;
              case NANOSECOND -> 1_000_000_000;
            };
    long second = Math.floorDiv(value, perSecond);
    long nanos = Math.floorMod(value, perSecond) * (1_000_000_000 / perSecond);
    return LocalDateTime.ofEpochSecond(second, (int) nanos, ZoneOffset.UTC);
  }

  /** 40 bits of microseconds, then 24 bits of 15:59:59 less the offset in seconds. */
  private static TimeOfDay timeWithZone(long bits) {
    int offset = 16 * 3600 - 1 - (int) (bits & 0xFF_FFFF);
    return new TimeOfDay((bits >>> 24) * 1000, ZoneOffset.ofTotalSeconds(offset));
  }

  /** The first byte says how many of the bits after it are padding. */
  private static String bits(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    for (int bit = 8 + bytes[0]; bit < bytes.length * 8; bit++) {
      text.append((bytes[bit / 8] >> (7 - bit % 8)) & 1);
    }
    return text.toString();
  }

  /** Three bytes of sign and length, then the magnitude; a negative number has all complemented. */
  private static BigInteger bigNumber(byte[] bytes) {
    boolean negative = bytes[0] >= 0;
    byte[] magnitude = new byte[bytes.length - 3];
    for (int i = 0; i < magnitude.length; i++) {
      magnitude[i] = negative ? (byte) ~bytes[i + 3] : bytes[i + 3];
    }
    return new BigInteger(negative ? -1 : 1, magnitude);
  }
}
