package io.auspex.engine;

import io.auspex.catalog.Column;
import java.util.ArrayList;
import java.util.List;

/**
 * The types of DuckDB that do not come back out of Arrow as they went in. An ENUM of its own comes
 * back as VARCHAR; one inside of a type can end the process's database, so that its text goes
 * instead. A TUPLE gets names. Both are cast back where they are read.
 */
final class ArrowTypes {
  private static final String ENUM = "ENUM(";
  private static final String COLUMN = "__auspex_sent";

  private ArrowTypes() {}

  /** Whether what comes back is to be cast to the column's type. */
  static boolean isLost(Column column) {
    return column.type().contains(ENUM) || column.type().contains("TUPLE(");
  }

  /**
   * A query of the same rows as another one, whose first columns are such that Arrow carries them.
   *
   * @param sql may end with a comment
   * @param columns its first ones
   */
  static String sent(String sql, List<Column> columns) {
    List<String> names = new ArrayList<>();
    List<String> casts = new ArrayList<>();
    for (Column column : columns) {
      String name = COLUMN + names.size();
      names.add(name);
      String type = sent(column.type());
      if (!type.equals(column.type())) {
        casts.add("CAST(" + name + " AS " + type + ") AS " + name);
      }
    }
    return casts.isEmpty()
        ? sql
        : "SELECT * REPLACE (%s) FROM (%s\n) AS %s(%s)"
            .formatted(String.join(", ", casts), sql, COLUMN, String.join(", ", names));
  }

  /** What a type goes as. Written by hand, since an ENUM may have a million values. */
  private static String sent(String type) {
    StringBuilder sent = new StringBuilder();
    int at = 0;
    while (at < type.length()) {
      int end = at + 1;
      if (type.charAt(at) == '"') {
        end = afterQuote(type, at);
        sent.append(type, at, end);
      } else if (type.startsWith(ENUM, at)) {
        end = afterEnum(type, at);
        sent.append("VARCHAR");
      } else {
        sent.append(type, at, end);
      }
      if (at == 0 && end == type.length()) {
        return type;
      }
      at = end;
    }
    return sent.toString();
  }

  /** Doubled quotes are read as two names side by side, which comes to the same. */
  private static int afterQuote(String type, int at) {
    return type.indexOf(type.charAt(at), at + 1) + 1;
  }

  private static int afterEnum(String type, int at) {
    int end = at + ENUM.length();
    while (type.charAt(end) != ')') {
      end = type.charAt(end) == '\'' ? afterQuote(type, end) : end + 1;
    }
    return end + 1;
  }
}
