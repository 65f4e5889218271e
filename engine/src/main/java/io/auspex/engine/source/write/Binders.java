package io.auspex.engine.source.write;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;
import io.auspex.engine.source.SourceSystem;
import io.auspex.engine.source.type.DuckType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.UUID;
import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.ExtensionTypeVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.FixedSizeBinaryVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.LargeVarBinaryVector;
import org.apache.arrow.vector.LargeVarCharVector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.UInt4Vector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;

/** How values of vectors become parameters of JDBC. */
final class Binders {
  private static final long MICROS = 1_000_000;
  private static final long DAY_MICROS = 86_400 * MICROS;

  /** SQLite keeps times as text, which sorts as they do. */
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("HH:mm:ss")
          .appendFraction(ChronoField.MICRO_OF_SECOND, 0, 6, true)
          .toFormatter();

  private static final DateTimeFormatter TIMESTAMP =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendLiteral(' ')
          .append(TIME)
          .toFormatter();

  private Binders() {}

  /**
   * @param type what the vector has
   * @param system which takes some values in a form of its own
   */
  static Binder of(FieldVector vector, DuckType type, SourceSystem system) {
    FieldVector values =
        vector instanceof ExtensionTypeVector<?> extended
            ? (FieldVector) extended.getUnderlyingVector()
            : vector;
    boolean isLite = system == SourceSystem.SQLITE;
    return switch (type.kind()) {
      case BOOLEAN -> flag(values, isLite);
      case TINYINT, SMALLINT, INTEGER, UTINYINT, USMALLINT -> {
        BaseIntVector numbers = (BaseIntVector) values;
        yield (statement, index, row) -> statement.setInt(index, (int) numbers.getValueAsLong(row));
      }
      case BIGINT -> {
        BaseIntVector numbers = (BaseIntVector) values;
        yield (statement, index, row) -> statement.setLong(index, numbers.getValueAsLong(row));
      }
      case UINTEGER -> {
        UInt4Vector numbers = (UInt4Vector) values;
        yield (statement, index, row) ->
            statement.setLong(index, Integer.toUnsignedLong(numbers.get(row)));
      }
      case UBIGINT -> {
        UInt8Vector numbers = (UInt8Vector) values;
        yield (statement, index, row) ->
            statement.setBigDecimal(
                index, new BigDecimal(new BigInteger(Long.toUnsignedString(numbers.get(row)))));
      }
      case FLOAT -> {
        Float4Vector numbers = (Float4Vector) values;
        yield (statement, index, row) ->
            statement.setFloat(index, (float) finite(vector, numbers.get(row), system));
      }
      case DOUBLE -> {
        Float8Vector numbers = (Float8Vector) values;
        yield (statement, index, row) ->
            statement.setDouble(index, finite(vector, numbers.get(row), system));
      }
      case DECIMAL -> {
        DecimalVector numbers = (DecimalVector) values;
        yield (statement, index, row) -> {
          BigDecimal number = numbers.getObject(row);
          if (isLite) {
            statement.setDouble(index, number.doubleValue());
          } else {
            statement.setBigDecimal(index, number);
          }
        };
      }
      case VARCHAR, JSON ->
          (statement, index, row) -> statement.setString(index, text(values, row));
      case UUID -> uuid((FixedSizeBinaryVector) values, system);
      case BLOB -> (statement, index, row) -> statement.setBytes(index, bytes(values, row));
      case BIT -> (statement, index, row) -> statement.setBytes(index, number(bytes(values, row)));
      case DATE -> date((DateDayVector) values, isLite);
      case TIME -> {
        TimeMicroVector times = (TimeMicroVector) values;
        yield (statement, index, row) -> {
          long micros = times.get(row);
          boolean isMidnight = micros == DAY_MICROS && system == SourceSystem.MARIADB;
          LocalTime time =
              isMidnight ? null : LocalTime.ofNanoOfDay(micros * 1000 % (DAY_MICROS * 1000));
          if (system == SourceSystem.GENERIC) {
            statement.setObject(index, time);
          } else {
            statement.setString(index, isMidnight ? "24:00:00" : TIME.format(time));
          }
        };
      }
      case TIMESTAMP, TIMESTAMPTZ -> timestamp((TimeStampVector) values, type, system);
      case HUGEINT, TIMETZ, INTERVAL, LIST ->
          throw new AuspexException(
              ErrorCode.INTERNAL_ERROR, "the type " + type + " should have been cast before");
    };
  }

  private static Binder flag(FieldVector vector, boolean asNumber) {
    return (statement, index, row) -> {
      boolean is =
          vector instanceof BitVector bits
              ? bits.get(row) != 0
              : ((BaseIntVector) vector).getValueAsLong(row) != 0;
      if (asNumber) {
        statement.setInt(index, is ? 1 : 0);
      } else {
        statement.setBoolean(index, is);
      }
    };
  }

  /** SQLite makes NULL of a NaN, MariaDB has neither it nor infinities. */
  private static double finite(FieldVector vector, double value, SourceSystem system) {
    boolean isHeld =
        switch (system) {
          case MARIADB -> Double.isFinite(value);
          case SQLITE -> !Double.isNaN(value);
          default -> true;
        };
    if (!isHeld) {
      throw unheld(vector, String.valueOf(value));
    }
    return value;
  }

  private static AuspexException unheld(FieldVector vector, String value) {
    return new AuspexException(
        ErrorCode.ROW_VALUE,
        "The column %s has the value %s, which the target's database does not have."
            .formatted(vector.getName(), value));
  }

  private static String text(FieldVector vector, int row) {
    byte[] bytes =
        vector instanceof LargeVarCharVector large
            ? large.get(row)
            : ((VarCharVector) vector).get(row);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static byte[] bytes(FieldVector vector, int row) {
    if (vector instanceof FixedSizeBinaryVector fixed) {
      return fixed.get(row);
    }
    return vector instanceof LargeVarBinaryVector large
        ? large.get(row)
        : ((VarBinaryVector) vector).get(row);
  }

  /** DuckDB's bits, whose padding comes first and is set, as MariaDB's, a number. */
  private static byte[] number(byte[] bits) {
    byte[] number = new byte[bits.length - 1];
    System.arraycopy(bits, 1, number, 0, number.length);
    if (number.length > 0) {
      number[0] &= (byte) (0xFF >> bits[0]);
    }
    return number;
  }

  private static Binder uuid(FixedSizeBinaryVector vector, SourceSystem system) {
    return (statement, index, row) -> {
      ByteBuffer bytes = ByteBuffer.wrap(vector.get(row));
      UUID value = new UUID(bytes.getLong(), bytes.getLong());
      if (system == SourceSystem.GENERIC) {
        statement.setObject(index, value);
      } else {
        statement.setString(index, value.toString());
      }
    };
  }

  private static Binder date(DateDayVector vector, boolean asText) {
    return (statement, index, row) -> {
      int day = vector.get(row);
      if (Math.abs((long) day) == Integer.MAX_VALUE) {
        throw unheld(vector, day > 0 ? "infinity" : "-infinity");
      }
      LocalDate date = LocalDate.ofEpochDay(day);
      if (asText) {
        statement.setString(index, date.toString());
      } else {
        statement.setObject(index, date);
      }
    };
  }

  private static Binder timestamp(TimeStampVector vector, DuckType type, SourceSystem system) {
    boolean isZoned = type.kind() == DuckType.Kind.TIMESTAMPTZ;
    return (statement, index, row) -> {
      long micros = vector.get(row);
      if (Math.abs(micros) == Long.MAX_VALUE) {
        throw unheld(vector, micros > 0 ? "infinity" : "-infinity");
      }
      LocalDateTime time =
          LocalDateTime.ofEpochSecond(
              Math.floorDiv(micros, MICROS),
              (int) Math.floorMod(micros, MICROS) * 1000,
              ZoneOffset.UTC);
      if (system == SourceSystem.SQLITE) {
        statement.setString(index, TIMESTAMP.format(time));
      } else if (isZoned && system == SourceSystem.GENERIC) {
        statement.setObject(index, time.atOffset(ZoneOffset.UTC));
      } else {
        // Sessions of MariaDB are in UTC.
        statement.setObject(index, time);
      }
    };
  }
}
