package io.auspex.engine;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A column of a table, with values that matter to a model: those it compares with, and beside them.
 *
 * @param type in DuckDB
 */
record ThresholdColumn(String name, String type, List<String> pool) {
  private static final List<String> TYPES =
      List.of("FLOAT", "DOUBLE", "INTEGER", "DECIMAL(18,6)", "HUGEINT", "BIGINT", "TINYINT");
  private static final List<String> SPECIAL =
      List.of("nan", "inf", "-inf", "-0.0", "0.0", "1e30", "1e-42");

  /** Columns of all types that numbers have, of values that the model's splits compare with. */
  static List<ThresholdColumn> of(String model, int width) throws IOException {
    Map<Long, List<String>> thresholds = new HashMap<>();
    ModelProto proto = ModelProto.parseFrom(Files.readAllBytes(User.model(model)));
    for (NodeProto node : proto.getGraph().getNodeList()) {
      List<Long> features = List.of();
      List<Float> values = List.of();
      for (AttributeProto attribute : node.getAttributeList()) {
        if (attribute.getName().equals("nodes_featureids")) {
          features = attribute.getIntsList();
        } else if (attribute.getName().equals("nodes_values")) {
          values = attribute.getFloatsList();
        }
      }
      for (int i = 0; i < features.size(); i++) {
        thresholds
            .computeIfAbsent(features.get(i), none -> new ArrayList<>())
            .add(values.get(i).toString());
      }
    }
    return IntStream.range(0, width)
        .mapToObj(
            i ->
                new ThresholdColumn(
                    "f" + i,
                    TYPES.get(i % TYPES.size()),
                    thresholds.getOrDefault((long) i, List.of("0.5"))))
        .toList();
  }

  /** The columns of a table of such rows, behind its name. */
  static String definition(List<ThresholdColumn> columns) {
    return columns.stream()
        .map(column -> column.name() + " " + column.type())
        .collect(Collectors.joining(", ", " (id INTEGER, ", ")"));
  }

  /** So many rows as VALUES has them, numbered. */
  static String rows(List<ThresholdColumn> columns, int rows, Random random) {
    return IntStream.range(0, rows)
        .mapToObj(
            row ->
                columns.stream()
                    .map(column -> column.value(random))
                    .collect(Collectors.joining(", ", "(" + row + ", ", ")")))
        .collect(Collectors.joining(", "));
  }

  boolean isFloating() {
    return type.equals("FLOAT") || type.equals("DOUBLE");
  }

  boolean isText() {
    return type.equals("VARCHAR");
  }

  String value(Random random) {
    if (random.nextInt(12) == 0) {
      return "NULL";
    } else if (isFloating() && random.nextInt(5) == 0) {
      return "'" + SPECIAL.get(random.nextInt(SPECIAL.size())) + "'";
    } else if (type.equals("BOOLEAN")) {
      return random.nextBoolean() ? "true" : "false";
    }
    return constant(random);
  }

  /** As a filter may write it. */
  String constant(Random random) {
    String value = pool.get(random.nextInt(pool.size()));
    if (isText()) {
      return "'" + value.replace("'", "''") + "'";
    } else if (type.contains("INT")) {
      return Long.toString((long) Math.floor(Double.parseDouble(value) + random.nextInt(3) - 1));
    } else if (type.startsWith("DECIMAL")) {
      return String.format(Locale.ROOT, "%.6f", Double.parseDouble(value));
    }
    float number = Float.parseFloat(value);
    return switch (random.nextInt(4)) {
      case 0 -> Double.toString(Math.nextUp(number));
      case 1 -> Float.toString(Math.nextDown(number));
      case 2 -> Float.toString(number);
      default -> Double.toString(number);
    };
  }

  String filter(Random random) {
    String one = constant(random);
    String other = constant(random);
    if (type.equals("BOOLEAN")) {
      return List.of(name, "NOT " + name, name + " = true", "false = " + name)
          .get(random.nextInt(4));
    } else if (isText()) {
      return random.nextBoolean() ? name + " = " + one : name + " IN (" + one + ", " + other + ")";
    }
    return switch (random.nextInt(9)) {
      case 0 -> name + " = " + one;
      case 1 -> name + " < " + one;
      case 2 -> name + " <= " + one;
      case 3 -> name + " > " + one;
      case 4 -> name + " >= " + one;
      case 5 -> one + " <= " + name;
      case 6 -> name + " BETWEEN least(" + one + ", " + other + ") AND " + other;
      case 7 -> name + " IN (" + one + ", " + other + ") AND " + name + " IS NOT NULL";
      default -> name + " BETWEEN " + one + " AND " + other;
    };
  }
}
