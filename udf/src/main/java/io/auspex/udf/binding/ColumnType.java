package io.auspex.udf.binding;

import io.auspex.catalog.ElementType;
import java.util.Locale;
import java.util.Set;

/**
 * A DuckDB type, as far as a binding has to know it.
 *
 * @param sql the type as DuckDB writes it, an array's elements where it is one
 * @param shape whether it is one value or many
 * @param length of a fixed-size array; −1 for a list and for one value
 */
record ColumnType(String sql, Shape shape, int length) {

  enum Shape {
    SCALAR,
    ARRAY
  }

  /** What kind of thing a value is. */
  enum Kind {
    INTEGER,
    FLOATING,
    DECIMAL,
    BOOLEAN,
    TEXT,
    NULL,
    TEMPORAL,
    OTHER
  }

  private static final Set<String> INTEGERS =
      Set.of(
          "TINYINT",
          "SMALLINT",
          "INTEGER",
          "BIGINT",
          "HUGEINT",
          "UTINYINT",
          "USMALLINT",
          "UINTEGER",
          "UBIGINT",
          "UHUGEINT",
          "BIGNUM");
  private static final Set<String> TEMPORALS =
      Set.of("DATE", "TIME", "TIMETZ", "TIMESTAMP", "TIMESTAMPTZ", "INTERVAL");

  /** Reads a type such as {@code DECIMAL(18,3)}, {@code ENUM('a]', 'b')} or {@code FLOAT[4]}. */
  static ColumnType of(String type) {
    String text = type.strip();
    int bracket = text.endsWith("]") ? text.lastIndexOf('[') : -1;
    if (bracket < 0) {
      return new ColumnType(text, Shape.SCALAR, -1);
    }
    String length = text.substring(bracket + 1, text.length() - 1).strip();
    return new ColumnType(
        text.substring(0, bracket).strip(),
        Shape.ARRAY,
        length.isEmpty() ? -1 : Integer.parseInt(length));
  }

  boolean isArray() {
    return shape == Shape.ARRAY;
  }

  /** The kind of its values, or of its elements. */
  Kind kind() {
    String name = name();
    if (sql.endsWith("]")) {
      return Kind.OTHER;
    } else if (INTEGERS.contains(name)) {
      return Kind.INTEGER;
    } else if (TEMPORALS.contains(name)) {
      return Kind.TEMPORAL;
    }
    return switch (name) {
      case "FLOAT", "DOUBLE" -> Kind.FLOATING;
      case "DECIMAL" -> Kind.DECIMAL;
      case "BOOLEAN" -> Kind.BOOLEAN;
      case "VARCHAR", "ENUM" -> Kind.TEXT;
      case "\"NULL\"", "NULL" -> Kind.NULL;
      default -> Kind.OTHER;
    };
  }

  /** Whether its values may go into a tensor of {@code element} without losing their meaning. */
  boolean fits(ElementType element) {
    Kind kind = kind();
    if (kind == Kind.NULL) {
      return true;
    }
    return switch (element) {
      case STRING -> kind == Kind.TEXT;
      case BOOL -> kind == Kind.BOOLEAN || kind == Kind.INTEGER;
      default ->
          kind == Kind.INTEGER
              || kind == Kind.FLOATING
              || kind == Kind.DECIMAL
              || kind == Kind.BOOLEAN;
    };
  }

  /**
   * The type in which a kernel takes its values for a tensor of {@code element}. A DOUBLE stays one
   * on its way to a narrower floating-point tensor and is rounded in the model's graph: there a
   * value out of range becomes an infinity, where DuckDB's cast would fail the query.
   */
  String carrier(ElementType element) {
    return element.isFloatingPoint() && sql.equals("DOUBLE") ? sql : element.sqlType();
  }

  /** The type's first word, without what stands in its parentheses. */
  private String name() {
    int end = 0;
    while (end < sql.length() && sql.charAt(end) != '(' && sql.charAt(end) != ' ') {
      end++;
    }
    String name = sql.substring(0, end).toUpperCase(Locale.ROOT);
    return name.startsWith("TIMESTAMP_") ? "TIMESTAMP" : name;
  }
}
