package io.auspex.sql.rule;

import java.util.regex.Pattern;

/** DuckDB's types of numbers, by their names. */
final class NumericTypes {
  private static final Pattern WHOLE = Pattern.compile("U?(TINYINT|SMALLINT|INTEGER|BIGINT)");

  private NumericTypes() {}

  /** Whether values are whole numbers of 64 bits at most. */
  static boolean isWhole(String type) {
    return WHOLE.matcher(type).matches();
  }

  static boolean isFloating(String type) {
    return type.equals("FLOAT") || type.equals("DOUBLE");
  }
}
