package io.auspex.udf.binding;

import io.auspex.catalog.ElementType;
import io.auspex.catalog.Input;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A DuckDB type, as far as a binding has to know it.
 *
 * @param sql the type of its values as DuckDB writes it, of the innermost ones of an array
 * @param sizes of arrays, the outermost first; −1 for a list; empty for one value
 */
record ColumnType(String sql, List<Long> sizes) {

  /** What kind of thing a value is. */
  enum Kind {
    INTEGER,
    FLOATING,
    DECIMAL,
    BOOLEAN,
    TEXT,
    NULL,
    TEMPORAL,
    BYTES,
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

  /** Reads a type such as {@code DECIMAL(18,3)}, {@code ENUM('a]', 'b')} or {@code FLOAT[4][]}. */
  static ColumnType of(String type) {
    String text = type.strip();
    List<Long> sizes = new ArrayList<>();
    while (text.endsWith("]")) {
      int bracket = text.lastIndexOf('[');
      String size = text.substring(bracket + 1, text.length() - 1).strip();
      sizes.add(size.isEmpty() ? -1 : Long.parseLong(size));
      text = text.substring(0, bracket).strip();
    }
    return new ColumnType(text, List.copyOf(sizes));
  }

  boolean isArray() {
    return !sizes.isEmpty();
  }

  /**
   * Whether arrays of these sizes may be a row of the input: nested as its tensor is, or flat. That
   * lists are as long as they have to be is seen only when they come.
   */
  boolean hasShapeOf(Input input) {
    List<Long> shape = input.rowShape();
    if (sizes.size() != shape.size()) {
      return sizes.size() == 1 && input.width() > 0 && fits(sizes.get(0), input.width());
    }
    return IntStream.range(0, shape.size()).allMatch(i -> fits(sizes.get(i), shape.get(i)));
  }

  /** Whether its arrays are nested as the input's tensor is, each as large as that says. */
  boolean isNestedAs(Input input) {
    return sizes.size() == input.rowShape().size() && hasShapeOf(input);
  }

  private static boolean fits(long size, long declared) {
    return size < 0 || declared < 0 || size == declared;
  }

  /** The array type of this shape with other elements. */
  String withElements(String element) {
    return ElementType.arrayOf(element, sizes);
  }

  /** The kind of its values, or of its elements. */
  Kind kind() {
    String name = name();
    if (INTEGERS.contains(name)) {
      return Kind.INTEGER;
    } else if (TEMPORALS.contains(name)) {
      return Kind.TEMPORAL;
    }
    return switch (name) {
      case "FLOAT", "DOUBLE" -> Kind.FLOATING;
      case "DECIMAL" -> Kind.DECIMAL;
      case "BOOLEAN" -> Kind.BOOLEAN;
      case "VARCHAR", "ENUM" -> Kind.TEXT;
      case "BLOB" -> Kind.BYTES;
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
