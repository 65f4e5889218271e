package io.auspex.catalog;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code WITH (key = value, …)} of {@code CREATE SOURCE} said. Immutable.
 *
 * @param driver the JDBC driver's class; empty for the one that takes the URL
 * @param jar the file that has the driver; empty for those in the box and in the drivers folder
 * @param fetchSize rows fetched at a time; 0 lets the reader decide
 * @param schema the schema of tables that are named without one; empty for the database's own
 * @param pushdown whether parts of queries may run there
 * @param partitionColumn the column by whose values tables that have it are read side by side
 * @param partitions how many parts tables are read in; 0 lets the reader decide, and is 1 without a
 *     partition column
 */
public record SourceOptions(
    Optional<String> driver,
    Optional<String> jar,
    int fetchSize,
    Optional<String> schema,
    boolean pushdown,
    Optional<String> partitionColumn,
    int partitions) {
  public static final SourceOptions DEFAULT = of(Map.of());

  /** The options there are: the one registry, from which error messages and checks come. */
  public enum Option {
    DRIVER("the class of a JDBC driver", null),
    JAR("the file of a JDBC driver", null),
    FETCH_SIZE("0 to 1000000 rows", "0"),
    SCHEMA("a schema's name", null),
    PUSHDOWN("true or false", "true"),
    PARTITION_COLUMN("a column's name", null),
    PARTITIONS("0 to 256", "0"),
    /** Of the statement, not kept: whether it tries a connection. */
    CONNECT("true or false", "true");

    private final String takes;
    private final String defaultValue;

    Option(String takes, String defaultValue) {
      this.takes = takes;
      this.defaultValue = defaultValue;
    }

    /** Whether it is said of the source, not of the statement alone. */
    public boolean isKept() {
      return this != CONNECT;
    }

    /** What it is where it is not given; null for nothing. */
    public String defaultValue() {
      return defaultValue;
    }

    /** How it is written. */
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Throws UNKNOWN_OPTION, with the nearest, where there is no option of this key. */
    public static Option named(String key) {
      List<String> known = Arrays.stream(values()).map(Option::key).toList();
      int found = known.indexOf(Names.fold(key));
      if (found < 0) {
        throw new AuspexException(
            ErrorCode.UNKNOWN_OPTION,
            key,
            String.join(", ", known),
            Names.didYouMean(key, known),
            "CREATE SOURCE");
      }
      return values()[found];
    }

    private AuspexException refuses(String value) {
      return new AuspexException(ErrorCode.INVALID_OPTION, key(), value, "it takes " + takes);
    }
  }

  /**
   * @param given values by keys in lower case
   * @throws AuspexException UNKNOWN_OPTION, INVALID_OPTION
   */
  public static SourceOptions of(Map<String, String> given) {
    given.keySet().forEach(Option::named);
    SourceOptions options =
        new SourceOptions(
            text(given, Option.DRIVER),
            text(given, Option.JAR),
            number(given, Option.FETCH_SIZE, 1_000_000),
            text(given, Option.SCHEMA),
            isTrue(given, Option.PUSHDOWN),
            text(given, Option.PARTITION_COLUMN),
            number(given, Option.PARTITIONS, 256));
    if (options.partitions > 1 && options.partitionColumn.isEmpty()) {
      throw new AuspexException(
          ErrorCode.INVALID_OPTION,
          Option.PARTITIONS.key(),
          options.partitions,
          "parts are made by the values of a column, which partition_column names");
    }
    return options;
  }

  /** Whether {@code CREATE SOURCE} is to try a connection. */
  public static boolean connects(Map<String, String> given) {
    return isTrue(given, Option.CONNECT);
  }

  /** What differs from the default, by key: what {@link #of} makes equal options of. */
  public Map<String, String> values() {
    Map<String, String> values = new LinkedHashMap<>();
    driver.ifPresent(value -> values.put(Option.DRIVER.key(), value));
    jar.ifPresent(value -> values.put(Option.JAR.key(), value));
    if (fetchSize != 0) {
      values.put(Option.FETCH_SIZE.key(), Integer.toString(fetchSize));
    }
    schema.ifPresent(value -> values.put(Option.SCHEMA.key(), value));
    if (!pushdown) {
      values.put(Option.PUSHDOWN.key(), "false");
    }
    partitionColumn.ifPresent(value -> values.put(Option.PARTITION_COLUMN.key(), value));
    if (partitions != 0) {
      values.put(Option.PARTITIONS.key(), Integer.toString(partitions));
    }
    return values;
  }

  private static Optional<String> text(Map<String, String> given, Option option) {
    Optional<String> text = Optional.ofNullable(given.get(option.key()));
    if (text.isPresent() && text.get().isBlank()) {
      throw option.refuses("empty");
    }
    return text;
  }

  private static int number(Map<String, String> given, Option option, int most) {
    String text = given.getOrDefault(option.key(), option.defaultValue());
    if (!text.matches("\\d{1,7}") || Integer.parseInt(text) > most) {
      throw option.refuses(text);
    }
    return Integer.parseInt(text);
  }

  private static boolean isTrue(Map<String, String> given, Option option) {
    String text = given.getOrDefault(option.key(), option.defaultValue());
    if (!text.equalsIgnoreCase("true") && !text.equalsIgnoreCase("false")) {
      throw option.refuses(text);
    }
    return text.equalsIgnoreCase("true");
  }
}
