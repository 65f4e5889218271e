package io.auspex.shell.output;

import java.sql.Array;
import java.sql.SQLException;
import java.sql.Struct;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Values made of values: lists, arrays, structs and maps. */
final class Nested {
  private Nested() {}

  static boolean isNested(Object value) {
    return value instanceof Array
        || value instanceof Struct
        || value instanceof Map
        || value instanceof List
        || value instanceof Object[];
  }

  /** The elements of a list or an array. */
  static List<?> elements(Object value) throws SQLException {
    if (value instanceof Array array) {
      return elements(array.getArray());
    } else if (value instanceof List<?> list) {
      return list;
    } else if (value instanceof Object[] objects) {
      return Arrays.asList(objects);
    }
    int length = java.lang.reflect.Array.getLength(value);
    List<Object> elements = new ArrayList<>(length);
    for (int i = 0; i < length; i++) {
      elements.add(java.lang.reflect.Array.get(value, i));
    }
    return elements;
  }

  /** The fields of a struct by name, in their order; JDBC keeps the names only in the type. */
  static Map<String, Object> fields(Struct struct) throws SQLException {
    Object[] values = struct.getAttributes();
    List<String> names = fieldNames(struct.getSQLTypeName());
    Map<String, Object> fields = new LinkedHashMap<>();
    for (int i = 0; i < values.length; i++) {
      fields.put(i < names.size() ? names.get(i) : String.valueOf(i + 1), values[i]);
    }
    return fields;
  }

  /** The names in {@code STRUCT(name type, "other name" type, …)}. */
  static List<String> fieldNames(String type) {
    List<String> names = new ArrayList<>();
    int depth = 0;
    boolean quoted = false;
    int start = type.indexOf('(') + 1;
    for (int i = start; i < type.length(); i++) {
      char character = type.charAt(i);
      if (character == '"') {
        quoted = !quoted;
      } else if (quoted) {
        continue;
      } else if (character == '(') {
        depth++;
      } else if ((character == ',' || character == ')') && depth == 0) {
        names.add(fieldName(type.substring(start, i).strip()));
        start = i + 1;
      } else if (character == ')') {
        depth--;
      }
    }
    return names;
  }

  private static String fieldName(String field) {
    if (!field.startsWith("\"")) {
      int space = field.indexOf(' ');
      return space < 0 ? field : field.substring(0, space);
    }
    int end = 1;
    while (end < field.length() && (field.charAt(end) != '"' || field.startsWith("\"\"", end))) {
      end += field.charAt(end) == '"' ? 2 : 1;
    }
    return field.substring(1, Math.min(end, field.length())).replace("\"\"", "\"");
  }
}
