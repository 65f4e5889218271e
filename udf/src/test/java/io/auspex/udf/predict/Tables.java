package io.auspex.udf.predict;

import io.auspex.catalog.ModelOptions;
import io.auspex.catalog.ModelVersion;
import io.auspex.catalog.Signature;
import io.auspex.udf.binding.Feature;
import io.auspex.udf.onnx.ModelFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.UInt1Vector;
import org.apache.arrow.vector.UInt2Vector;
import org.apache.arrow.vector.UInt4Vector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.VarCharVector;

/** Models and columns for tests. */
public final class Tables {
  private static final String[] WORDS = {
    "Delphi", "Roma", "basic", "plus", "", "Dodona", "é", "日本"
  };

  private Tables() {}

  public static Path path(String model) {
    return Path.of("src/test/resources/models", model + ".onnx");
  }

  public static ModelVersion model(String name) {
    return model(name, path(name));
  }

  public static ModelVersion model(String name, Path file) {
    Signature signature = ModelFile.read(file).signature();
    return new ModelVersion(
        name, 1, name, List.of(), 0, Instant.EPOCH, 17, "", "", signature, ModelOptions.NONE);
  }

  /** Random values of a feature's type, of which each {@code nullEvery}-th is NULL; 0 for none. */
  public static FieldVector column(
      Feature feature, int rows, Random random, int nullEvery, BufferAllocator allocator) {
    List<Object> values = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      boolean missing = nullEvery > 0 && random.nextInt(nullEvery) == 0;
      values.add(missing ? null : value(feature.sqlType(), random));
    }
    return column(feature.sqlType(), values, allocator);
  }

  private static Object value(String type, Random random) {
    return switch (type) {
      case "FLOAT" -> (float) random.nextGaussian();
      case "DOUBLE" -> random.nextGaussian();
      case "BOOLEAN" -> random.nextBoolean();
      case "VARCHAR" -> WORDS[random.nextInt(WORDS.length)];
      case "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT" -> (long) random.nextInt(200);
      default -> (long) random.nextInt(200) - 100;
    };
  }

  public static FieldVector column(String type, List<?> values, BufferAllocator allocator) {
    FieldVector vector = vector(type, allocator);
    vector.setInitialCapacity(Math.max(1, values.size()));
    vector.allocateNew();
    for (int row = 0; row < values.size(); row++) {
      if (values.get(row) == null) {
        vector.setNull(row);
      } else {
        set(vector, row, values.get(row));
      }
    }
    vector.setValueCount(values.size());
    return vector;
  }

  private static FieldVector vector(String type, BufferAllocator allocator) {
    return switch (type) {
      case "FLOAT" -> new Float4Vector("c", allocator);
      case "DOUBLE" -> new Float8Vector("c", allocator);
      case "BOOLEAN" -> new BitVector("c", allocator);
      case "VARCHAR" -> new VarCharVector("c", allocator);
      case "TINYINT" -> new TinyIntVector("c", allocator);
      case "SMALLINT" -> new SmallIntVector("c", allocator);
      case "INTEGER" -> new IntVector("c", allocator);
      case "BIGINT" -> new BigIntVector("c", allocator);
      case "UTINYINT" -> new UInt1Vector("c", allocator);
      case "USMALLINT" -> new UInt2Vector("c", allocator);
      case "UINTEGER" -> new UInt4Vector("c", allocator);
      case "UBIGINT" -> new UInt8Vector("c", allocator);
      default -> throw new IllegalArgumentException(type);
    };
  }

  private static void set(FieldVector vector, int row, Object value) {
    if (vector instanceof Float4Vector floats) {
      floats.setSafe(row, ((Number) value).floatValue());
    } else if (vector instanceof Float8Vector doubles) {
      doubles.setSafe(row, ((Number) value).doubleValue());
    } else if (vector instanceof BitVector bits) {
      bits.setSafe(row, (Boolean) value ? 1 : 0);
    } else if (vector instanceof VarCharVector texts) {
      texts.setSafe(row, ((String) value).getBytes(StandardCharsets.UTF_8));
    } else {
      setInteger(vector, row, ((Number) value).longValue());
    }
  }

  private static void setInteger(FieldVector vector, int row, long value) {
    if (vector instanceof TinyIntVector bytes) {
      bytes.setSafe(row, (byte) value);
    } else if (vector instanceof SmallIntVector shorts) {
      shorts.setSafe(row, (short) value);
    } else if (vector instanceof IntVector ints) {
      ints.setSafe(row, (int) value);
    } else if (vector instanceof BigIntVector longs) {
      longs.setSafe(row, value);
    } else if (vector instanceof UInt1Vector bytes) {
      bytes.setSafe(row, (byte) value);
    } else if (vector instanceof UInt2Vector shorts) {
      shorts.setSafe(row, (char) value);
    } else if (vector instanceof UInt4Vector ints) {
      ints.setSafe(row, (int) value);
    } else {
      ((UInt8Vector) vector).setSafe(row, value);
    }
  }

  /** What a row holds, as {@link PlainSession} writes it; null for NULL. */
  public static String text(FieldVector vector, int row) {
    Object value = vector.getObject(row);
    if (value == null) {
      return null;
    }
    return vector instanceof BaseIntVector && !(value instanceof Character)
        ? integerText(vector, (Number) value)
        : text(value);
  }

  private static String integerText(FieldVector vector, Number value) {
    if (vector instanceof UInt1Vector) {
      return Integer.toString(Byte.toUnsignedInt(value.byteValue()));
    } else if (vector instanceof UInt4Vector) {
      return Integer.toUnsignedString(value.intValue());
    } else if (vector instanceof UInt8Vector) {
      return Long.toUnsignedString(value.longValue());
    }
    return value.toString();
  }

  private static String text(Object value) {
    if (value instanceof Character character) {
      return Integer.toString(character);
    } else if (value instanceof List<?> list) {
      boolean map = !list.isEmpty() && list.get(0) instanceof Map<?, ?>;
      return map ? mapText(list) : list.stream().map(Tables::text).toList().toString();
    }
    return value.toString();
  }

  private static String mapText(List<?> entries) {
    Map<Object, Object> map = new TreeMap<>();
    for (Object entry : entries) {
      Map<?, ?> pair = (Map<?, ?>) entry;
      Object key = pair.get("key");
      map.put(key instanceof Long ? key : key.toString(), pair.get("value"));
    }
    return map.toString();
  }
}
