package io.auspex.jdbc;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/** Values as DuckDB prints them ({@code value::VARCHAR}). */
final class Text {
  /** DuckDB's 'infinity' of DATE: the largest day number, and its negative. */
  static final LocalDate LAST_DATE = LocalDate.ofEpochDay(Integer.MAX_VALUE);

  static final LocalDate FIRST_DATE = LocalDate.ofEpochDay(-Integer.MAX_VALUE);

  private static final BigDecimal TWO = BigDecimal.valueOf(2);
  private static final String QUOTED = ",[]{}()'\"\\:=";

  private Text() {}

  /** The text of a value as {@link VectorReader} gives it. */
  static String of(Object value) {
    if (value == null) {
      return null;
    } else if (value instanceof byte[] bytes) {
      return blob(bytes);
    } else if (value instanceof Double number) {
      return floating(number, Double.toString(number));
    } else if (value instanceof Float number) {
      return floating(number, Float.toString(number));
    } else if (value instanceof BigDecimal number) {
      return number.toPlainString();
    } else if (value instanceof LocalDate date) {
      return date(date);
    } else if (value instanceof LocalDateTime timestamp) {
      return timestamp(timestamp, "");
    } else if (value instanceof OffsetDateTime timestamp) {
      int seconds = timestamp.getOffset().getTotalSeconds();
      return timestamp(timestamp.toLocalDateTime(), offset(seconds, false));
    }
    return value.toString();
  }

  /** The text for a message: long ones are cut. */
  static String shortened(Object value) {
    String text = String.valueOf(of(value));
    return text.length() <= 60 ? text : text.substring(0, 57) + "…";
  }

  static String list(List<?> values) {
    StringBuilder text = new StringBuilder("[");
    for (Object value : values) {
      text.append(text.length() > 1 ? ", " : "").append(nested(value));
    }
    return text.append(']').toString();
  }

  static String map(Map<?, ?> entries) {
    StringBuilder text = new StringBuilder("{");
    entries.forEach(
        (key, value) ->
            text.append(text.length() > 1 ? ", " : "")
                .append(nested(key))
                .append('=')
                .append(nested(value)));
    return text.append('}').toString();
  }

  /** {@code {'a': 1}}, or {@code (1)} of a struct without names. */
  static String struct(List<String> names, List<?> values, boolean named) {
    StringBuilder text = new StringBuilder(named ? "{" : "(");
    for (int i = 0; i < values.size(); i++) {
      text.append(i > 0 ? ", " : "");
      if (named) {
        text.append(quoted(names.get(i))).append(": ");
      }
      text.append(nested(values.get(i)));
    }
    return text.append(named ? '}' : ')').toString();
  }

  private static String nested(Object value) {
    String text = of(value);
    boolean container =
        value instanceof ArrayValue || value instanceof StructValue || value instanceof MapValue;
    return text == null ? "NULL" : container || !needsQuotes(text) ? text : quoted(text);
  }

  private static boolean needsQuotes(String text) {
    if (text.isEmpty()
        || text.equalsIgnoreCase("null")
        || isSpace(text.charAt(0))
        || isSpace(text.charAt(text.length() - 1))) {
      return true;
    }
    return text.chars().anyMatch(character -> QUOTED.indexOf(character) >= 0);
  }

  private static boolean isSpace(char character) {
    return character == ' ' || character >= '\t' && character <= '\r';
  }

  private static String quoted(String text) {
    return '\'' + text.replace("\\", "\\\\").replace("'", "\\'") + '\'';
  }

  private static String blob(byte[] bytes) {
    StringBuilder text = new StringBuilder(bytes.length);
    for (byte b : bytes) {
      boolean plain = b >= ' ' && b <= '~' && b != '\\' && b != '\'' && b != '"';
      text.append(plain ? String.valueOf((char) b) : String.format("\\x%02X", b));
    }
    return text.toString();
  }

  private static String floating(Number number, String java) {
    double value = number.doubleValue();
    if (Double.isNaN(value)) {
      return "nan";
    } else if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    } else if (value == 0) {
      return java;
    }
    BigDecimal shortest = shortest(number, new BigDecimal(java)).stripTrailingZeros();
    int exponent = shortest.precision() - shortest.scale() - 1;
    if (exponent >= -4 && exponent < 16) {
      return (shortest.scale() < 1 ? shortest.setScale(1) : shortest).toPlainString();
    }
    BigDecimal mantissa = shortest.movePointLeft(exponent).stripTrailingZeros();
    return String.format(
        "%se%s%02d", mantissa.toPlainString(), exponent < 0 ? "-" : "+", Math.abs(exponent));
  }

  /**
   * The fewest digits that read back as the same number, as DuckDB chooses them. Java's own differ
   * from that in their last digits now and then; decimals of so few digits that each is a number of
   * its own cannot.
   */
  private static BigDecimal shortest(Number number, BigDecimal java) {
    double value = number.doubleValue();
    boolean single = number instanceof Float;
    if (java.precision() <= (single ? 6 : 15) && Math.abs(value) >= Float.MIN_NORMAL) {
      return java;
    }
    BigDecimal exact = new BigDecimal(value);
    return single
        ? shortestSingle(exact, java.precision(), number.floatValue())
        : fewestDigits(exact, java.precision(), decimal -> decimal.doubleValue() == value);
  }

  /**
   * Where a shorter decimal lies just in the middle to a neighbouring number, or the number just in
   * the middle between two decimals, DuckDB writes it as the DOUBLE that it also is.
   */
  private static BigDecimal shortestSingle(BigDecimal exact, int digits, float value) {
    BigDecimal reach = new BigDecimal(Math.ulp(value)).divide(TWO);
    Function<BigDecimal, BigDecimal> distance = decimal -> exact.subtract(decimal).abs();
    BigDecimal shortest =
        fewestDigits(exact, digits, decimal -> distance.apply(decimal).compareTo(reach) < 0);
    BigDecimal onTheEdge =
        fewestDigits(exact, digits, decimal -> distance.apply(decimal).compareTo(reach) <= 0);
    boolean inTheMiddle = distance.apply(shortest).multiply(TWO).compareTo(shortest.ulp()) == 0;
    return inTheMiddle || onTheEdge.precision() < shortest.precision()
        ? fewestDigits(exact, 9, decimal -> decimal.doubleValue() == value)
        : shortest;
  }

  private static BigDecimal fewestDigits(
      BigDecimal exact, int guess, Predicate<BigDecimal> isTheNumber) {
    int digits = guess;
    while (!isTheNumber.test(rounded(exact, digits))) {
      digits++;
    }
    while (digits > 1 && isTheNumber.test(rounded(exact, digits - 1))) {
      digits--;
    }
    return rounded(exact, digits);
  }

  private static BigDecimal rounded(BigDecimal number, int digits) {
    return number.round(new MathContext(digits, RoundingMode.HALF_EVEN));
  }

  private static String date(LocalDate date) {
    if (date.equals(LAST_DATE)) {
      return "infinity";
    } else if (date.equals(FIRST_DATE)) {
      return "-infinity";
    }
    int year = date.getYear();
    return String.format(
            "%04d-%02d-%02d",
            year > 0 ? year : 1 - year, date.getMonthValue(), date.getDayOfMonth())
        + (year > 0 ? "" : " (BC)");
  }

  private static String timestamp(LocalDateTime timestamp, String zone) {
    if (timestamp.equals(VectorReader.LAST_TIMESTAMP)) {
      return "infinity";
    } else if (timestamp.equals(VectorReader.FIRST_TIMESTAMP)) {
      return "-infinity";
    }
    LocalTime time = timestamp.toLocalTime();
    return date(timestamp.toLocalDate()) + ' ' + clock(time.toNanoOfDay()) + zone;
  }

  /** {@code 12:34:56.789}, of nanoseconds; hours may exceed a day. */
  static String clock(long nanos) {
    long seconds = nanos / 1_000_000_000;
    String fraction = String.format("%09d", nanos % 1_000_000_000).replaceAll("0+$", "");
    return String.format(
        "%02d:%02d:%02d%s",
        seconds / 3600, seconds / 60 % 60, seconds % 60, fraction.isEmpty() ? "" : "." + fraction);
  }

  static String offset(int totalSeconds, boolean withSeconds) {
    int seconds = Math.abs(totalSeconds);
    StringBuilder text = new StringBuilder(totalSeconds < 0 ? "-" : "+");
    text.append(String.format("%02d", seconds / 3600));
    if (seconds / 60 % 60 != 0 || withSeconds && seconds % 60 != 0) {
      text.append(String.format(":%02d", seconds / 60 % 60));
    }
    if (withSeconds && seconds % 60 != 0) {
      text.append(String.format(":%02d", seconds % 60));
    }
    return text.toString();
  }

  /** {@code 1 year 2 months 3 days 04:05:06}. */
  static String interval(int months, int days, long nanos) {
    StringBuilder text = new StringBuilder();
    unit(text, months / 12, "year");
    unit(text, months % 12, "month");
    unit(text, days, "day");
    if (nanos != 0 || text.length() == 0) {
      text.append(text.length() == 0 ? "" : " ").append(nanos < 0 ? "-" : "");
      text.append(clock(Math.abs(nanos)));
    }
    return text.toString();
  }

  private static void unit(StringBuilder text, int count, String unit) {
    if (count != 0) {
      text.append(text.length() == 0 ? "" : " ").append(count).append(' ').append(unit);
      text.append(Math.abs(count) == 1 ? "" : "s");
    }
  }
}
