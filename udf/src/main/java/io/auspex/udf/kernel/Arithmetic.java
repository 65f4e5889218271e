package io.auspex.udf.kernel;

import io.auspex.catalog.ElementType;
import io.auspex.udf.expression.Expression.Binary;
import io.auspex.udf.expression.Expression.Unary;
import io.auspex.udf.kernel.Program.Block;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * Steps of numbers. Registers hold doubles; the result of a step on floats, computed in doubles and
 * rounded, is the same as computed in floats, for +, −, ·, /, and √.
 */
final class Arithmetic {
  private Arithmetic() {}

  /**
   * A sum of products. Of floats it is added up in doubles and rounded once: ONNX Runtime adds
   * floats, in an order of its own, and is farther from the sum than this.
   */
  static void linear(
      Block block, int[] terms, double[] weights, double bias, boolean isFloat, int to) {
    double[] sum = block.registers[to];
    int rows = block.rows;
    Arrays.fill(sum, 0, rows, bias);
    for (int i = 0; i < terms.length; i++) {
      double[] term = block.registers[terms[i]];
      double weight = weights[i];
      for (int row = 0; row < rows; row++) {
        sum[row] += term[row] * weight;
      }
    }
    round(isFloat, sum, rows);
  }

  static void cast(Block block, int from, ElementType type, int to) {
    double[] values = block.registers[from];
    double[] result = block.registers[to];
    int rows = block.rows;
    switch (type) {
      case BOOL -> {
        for (int row = 0; row < rows; row++) {
          result[row] = values[row] != 0 ? 1 : 0;
        }
      }
      case INT64 -> {
        for (int row = 0; row < rows; row++) {
          result[row] = (long) values[row];
        }
      }
      case INT32 -> {
        for (int row = 0; row < rows; row++) {
          // Of a larger whole number the lower bits.
          result[row] = (int) (long) values[row];
        }
      }
      default -> {
        System.arraycopy(values, 0, result, 0, rows);
        round(type == ElementType.FLOAT, result, rows);
      }
    }
  }

  private static void round(boolean isFloat, double[] values, int rows) {
    if (isFloat) {
      for (int row = 0; row < rows; row++) {
        values[row] = (float) values[row];
      }
    }
  }

  /** A loop for each cheap operator: one that calls a function takes longer to call than to do. */
  static void unary(Block block, Unary.Operator operator, int of, boolean isFloat, int to) {
    double[] values = block.registers[of];
    double[] result = block.registers[to];
    int rows = block.rows;
    switch (operator) {
      case NEG -> {
        for (int row = 0; row < rows; row++) {
          result[row] = -values[row];
        }
      }
      case ABS -> {
        for (int row = 0; row < rows; row++) {
          result[row] = Math.abs(values[row]);
        }
      }
      case SQRT -> {
        for (int row = 0; row < rows; row++) {
          result[row] = Math.sqrt(values[row]);
        }
        round(isFloat, result, rows);
      }
      case RELU -> {
        for (int row = 0; row < rows; row++) {
          result[row] = values[row] < 0 ? 0 : values[row];
        }
      }
      case NOT -> {
        for (int row = 0; row < rows; row++) {
          result[row] = values[row] == 0 ? 1 : 0;
        }
      }
      case IS_NAN -> {
        for (int row = 0; row < rows; row++) {
          result[row] = values[row] != values[row] ? 1 : 0;
        }
      }
      default -> {
        DoubleUnaryOperator function = function(operator);
        for (int row = 0; row < rows; row++) {
          result[row] = function.applyAsDouble(values[row]);
        }
        round(isFloat, result, rows);
      }
    }
  }

  private static DoubleUnaryOperator function(Unary.Operator operator) {
    return switch (operator) {
      case EXP -> Math::exp;
      case LOG -> Math::log;
      case FLOOR -> Math::floor;
      case CEIL -> Math::ceil;
      case SIGMOID -> x -> 1 / (1 + Math.exp(-x));
      case TANH -> Math::tanh;
      case LOGISTIC -> x -> PostTransforms.logistic((float) x);
      default -> throw new IllegalArgumentException(operator.name());
    };
  }

  static void binary(
      Block block, Binary.Operator operator, int left, int right, boolean isFloat, int to) {
    double[] a = block.registers[left];
    double[] b = block.registers[right];
    double[] result = block.registers[to];
    int rows = block.rows;
    switch (operator) {
      case ADD -> {
        for (int row = 0; row < rows; row++) {
          result[row] = a[row] + b[row];
        }
      }
      case SUB -> {
        for (int row = 0; row < rows; row++) {
          result[row] = a[row] - b[row];
        }
      }
      case MUL -> {
        for (int row = 0; row < rows; row++) {
          result[row] = a[row] * b[row];
        }
      }
      case DIV -> {
        for (int row = 0; row < rows; row++) {
          result[row] = a[row] / b[row];
        }
      }
      default -> {
        for (int row = 0; row < rows; row++) {
          result[row] = isTrue(operator, a[row], b[row]) ? 1 : 0;
        }
      }
    }
    round(isFloat, result, rows);
  }

  private static boolean isTrue(Binary.Operator operator, double x, double y) {
    return switch (operator) {
      case LESS -> x < y;
      case AT_MOST -> x <= y;
      case EQUAL -> x == y;
      case AND -> x != 0 && y != 0;
      case OR -> x != 0 || y != 0;
      default -> throw new IllegalArgumentException(operator.name());
    };
  }

  static void choice(Block block, int condition, int yes, int no, int to) {
    double[] conditions = block.registers[condition];
    double[] a = block.registers[yes];
    double[] b = block.registers[no];
    double[] result = block.registers[to];
    for (int row = 0; row < block.rows; row++) {
      result[row] = conditions[row] != 0 ? a[row] : b[row];
    }
  }

  static void argMax(Block block, int[] values, int to) {
    double[] result = block.registers[to];
    for (int row = 0; row < block.rows; row++) {
      int best = 0;
      for (int i = 1; i < values.length; i++) {
        if (block.registers[values[i]][row] > block.registers[values[best]][row]) {
          best = i;
        }
      }
      result[row] = best;
    }
  }

  static void softmax(Block block, int[] values, boolean isFloat, int[] to) {
    double[] powers = new double[values.length];
    for (int row = 0; row < block.rows; row++) {
      double greatest = Double.NEGATIVE_INFINITY;
      for (int value : values) {
        greatest = Math.max(greatest, block.registers[value][row]);
      }
      double sum = 0;
      for (int i = 0; i < values.length; i++) {
        powers[i] = Math.exp(block.registers[values[i]][row] - greatest);
        sum += powers[i];
      }
      for (int i = 0; i < values.length; i++) {
        double share = powers[i] / sum;
        block.registers[to[i]][row] = isFloat ? (float) share : share;
      }
    }
  }
}
