package io.auspex.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Compares the texts of predictions: as JDBC gives them, and as Java prints the oracle's. */
final class Predicted {
  /** Of sums of floats in another order; trees are held to less by their own tests. */
  private static final double TOLERANCE = 1e-5;

  private static final Pattern NUMBER =
      Pattern.compile("(?i)[-+]?(\\d+(\\.\\d*)?(e[-+]?\\d+)?|inf(inity)?|nan)(?![a-z])");

  private Predicted() {}

  /**
   * @param column the predictions' name and type
   * @param exactly whether numbers must be equal to the last bit
   */
  static boolean isSame(String found, String wanted, String column, boolean exactly) {
    if (found == null || wanted == null || column.endsWith(" VARCHAR")) {
      return found == null ? wanted == null : found.equals(wanted);
    }
    if (!frame(found).equals(frame(wanted))) {
      return false;
    }
    boolean isDouble = column.contains("DOUBLE");
    List<Double> some = numbers(found, isDouble);
    List<Double> others = numbers(wanted, isDouble);
    for (int i = 0; i < some.size(); i++) {
      if (!isNear(some.get(i), others.get(i), exactly)) {
        return false;
      }
    }
    return true;
  }

  /** What is left without the numbers. */
  private static String frame(String text) {
    return NUMBER.matcher(text).replaceAll("#").replaceAll("['\" ]", "");
  }

  private static List<Double> numbers(String text, boolean isDouble) {
    List<Double> numbers = new ArrayList<>();
    Matcher matcher = NUMBER.matcher(text);
    while (matcher.find()) {
      String number = matcher.group().toLowerCase(Locale.ROOT);
      if (number.contains("nan")) {
        numbers.add(Double.NaN);
      } else if (number.contains("inf")) {
        numbers.add(number.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY);
      } else {
        numbers.add(isDouble ? Double.parseDouble(number) : Float.parseFloat(number));
      }
    }
    return numbers;
  }

  private static boolean isNear(double found, double wanted, boolean exactly) {
    return Double.compare(found, wanted) == 0
        || (!exactly && Math.abs(found - wanted) <= TOLERANCE * Math.max(1, Math.abs(wanted)));
  }
}
