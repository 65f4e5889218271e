package io.auspex.udf.fuzz;

import io.auspex.catalog.ElementType;
import io.auspex.udf.fuzz.Case.Input;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Random rows, most of whose values are those that a model looks for, or next to them. */
public final class RandomRows {
  private static final List<Long> INTEGERS =
      List.of(
          0L,
          1L,
          -1L,
          16_777_217L,
          -16_777_217L,
          16_777_219L,
          (1L << 53) + 1,
          Long.MAX_VALUE,
          Long.MIN_VALUE);

  private RandomRows() {}

  /**
   * @return by input, the values row by row: {@code Float}, {@code Double}, {@code Long} or {@code
   *     String} as the input's type is
   */
  public static Map<String, List<Object>> of(List<Input> inputs, int rows, long seed) {
    Choice choice = new Choice(seed);
    Map<String, List<Object>> values = new HashMap<>();
    for (Input input : inputs) {
      List<Object> column = new ArrayList<>();
      for (int row = 0; row < rows; row++) {
        input.pools().forEach(pool -> column.add(value(choice, input.type(), pool)));
      }
      values.put(input.name(), column);
    }
    return values;
  }

  private static Object value(Choice choice, ElementType type, List<?> pool) {
    return switch (type) {
      case STRING -> text(choice, pool);
      case INT64 -> integer(choice, pool);
      case FLOAT -> single(choice, pool);
      case DOUBLE -> real(choice, pool);
      default -> throw new IllegalArgumentException(type.toString());
    };
  }

  private static String text(Choice choice, List<?> pool) {
    return choice.chance(0.8) && !pool.isEmpty()
        ? (String) choice.of(pool)
        : choice.of("", "unknown", " ", "größer", "0");
  }

  private static long integer(Choice choice, List<?> pool) {
    if (choice.chance(0.7) && !pool.isEmpty()) {
      double value = (Double) choice.of(pool);
      return choice.of((long) value, (long) Math.ceil(value)) + choice.between(-1, 1);
    }
    return choice.chance(0.5) ? choice.of(INTEGERS) : (long) (choice.gaussian() * 20);
  }

  private static float single(Choice choice, List<?> pool) {
    if (choice.chance(0.65) && !pool.isEmpty()) {
      float value = ((Double) choice.of(pool)).floatValue();
      return switch (choice.between(0, 9)) {
        case 0, 1 -> Math.nextUp(value);
        case 2, 3 -> Math.nextDown(value);
        case 4 -> value + 0.5f;
        default -> value;
      };
    }
    return choice.chance(0.4)
        ? choice.of(
            Float.NaN,
            Float.NaN,
            Float.POSITIVE_INFINITY,
            Float.NEGATIVE_INFINITY,
            -0.0f,
            0.0f,
            Float.MIN_VALUE,
            -Float.MIN_VALUE,
            Float.MAX_VALUE)
        : (float) (choice.gaussian() * choice.of(1, 30));
  }

  private static double real(Choice choice, List<?> pool) {
    if (choice.chance(0.65) && !pool.isEmpty()) {
      double value = (Double) choice.of(pool);
      return switch (choice.between(0, 9)) {
        case 0, 1 -> Math.nextUp(value);
        case 2 -> Math.nextDown(value);
        // The same once it is a float.
        case 3 -> value + Math.ulp((float) value) / choice.of(4, -8);
        case 4 -> value + 0.5;
        default -> value;
      };
    }
    return choice.chance(0.4)
        ? choice.of(
            Double.NaN,
            Double.NaN,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            -0.0,
            0.0,
            Double.MIN_VALUE,
            -Double.MIN_VALUE,
            Double.MAX_VALUE,
            1e300)
        : choice.gaussian() * choice.of(1, 30);
  }
}
