package io.auspex.engine.random;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Types of DuckDB at random, nested in each other, with values of them; the same for a seed. */
public final class Values {
  /** Values of types that hold no other, but for the NULL of each. */
  private static final List<Leaf> LEAVES =
      List.of(
          new Leaf("BOOLEAN", "true", "false"),
          new Leaf("TINYINT", "-128", "127"),
          new Leaf("INTEGER", "-2147483648", "0", "7"),
          new Leaf("UBIGINT", "18446744073709551615", "0"),
          new Leaf("HUGEINT", "170141183460469231731687303715884105727", "-1"),
          new Leaf("UHUGEINT", "340282366920938463463374607431768211455", "0"),
          new Leaf("BIGNUM", "'123456789012345678901234567890123456789012345'", "'-3'"),
          new Leaf("DECIMAL(4, 1)", "-999.9", "0.1"),
          new Leaf("DECIMAL(18, 9)", "123456789.123456789", "-0.5"),
          new Leaf("DECIMAL(38, 10)", "-1234567890123456789012345678.0123456789", "2"),
          new Leaf("FLOAT", "'NaN'", "-0.0", "1e-45", "'Infinity'"),
          new Leaf("DOUBLE", "'-Infinity'", "0.1", "5e-324"),
          new Leaf("VARCHAR", "''", "'é🦆'", "'it''s [a] {b}, c=d'", "repeat('long ', 40)"),
          new Leaf("BLOB", "'\\x00\\xFFab'", "''"),
          new Leaf("BIT", "'10101'", "'0000000011111111'"),
          new Leaf("DATE", "'infinity'", "'1582-10-10'", "'2024-02-29'"),
          new Leaf("TIME", "'24:00:00'", "'12:34:56.789012'"),
          new Leaf("TIMETZ", "'12:34:56.1-15:59:59'", "'00:00:00+00'"),
          new Leaf("TIMESTAMP", "'-infinity'", "'1969-12-31 23:59:59.999999'"),
          new Leaf("TIMESTAMP_S", "'2020-01-01 00:00:01'", "'infinity'"),
          new Leaf("TIMESTAMP_MS", "'2020-01-01 00:00:00.1'", "'-infinity'"),
          new Leaf("TIMESTAMP_NS", "'2020-01-01 00:00:00.123456789'", "'1677-12-31 00:00:00'"),
          new Leaf("TIMESTAMPTZ", "'2020-07-01 00:00:00.123456+00'", "'infinity'"),
          new Leaf("INTERVAL", "'14 months 2 days 3.5 seconds'", "'-100 hours'"),
          new Leaf("UUID", "'ab6b5c0e-9a3b-4c5d-8e6f-0123456789ab'"),
          new Leaf("ENUM('calm', 'wild', 'é')", "'wild'", "'é'"),
          new Leaf("JSON", "'{\"a\": [1, null]}'", "'null'"));

  private record Leaf(String type, List<String> values) {
    Leaf(String type, String... values) {
      this(type, List.of(values));
    }
  }

  private static final List<String> KEYS = List.of("VARCHAR", "INTEGER", "DATE", "UUID");

  private final Random random;

  public Values(long seed) {
    this.random = new Random(seed);
    random.nextInt();
  }

  /**
   * A type and some of its values.
   *
   * @param values SQL expressions of the type; NULL among them
   */
  public record Column(String type, List<String> values) {}

  /** Each type that holds no other. */
  public static List<Column> plain() {
    return LEAVES.stream().map(leaf -> new Column(leaf.type(), casts(leaf))).toList();
  }

  private static List<String> casts(Leaf leaf) {
    List<String> values = new ArrayList<>(List.of("NULL"));
    leaf.values().forEach(value -> values.add(cast(value, leaf.type())));
    return values;
  }

  /** A type of this many levels, with {@code rows} values. */
  public Column nested(int depth, int rows) {
    Type type = type(depth);
    List<String> values =
        IntStream.range(0, rows).mapToObj(i -> cast(value(type, 5), type.sql())).toList();
    return new Column(type.sql(), values);
  }

  private static String cast(String value, String type) {
    return "CAST(" + value + " AS " + type + ")";
  }

  private enum Kind {
    LEAF,
    LIST,
    ARRAY,
    STRUCT,
    MAP,
    UNION
  }

  /** A type, with those in it. */
  private record Type(Kind kind, String sql, List<Type> parts, List<String> values) {}

  private Type type(int depth) {
    if (depth == 0) {
      return leaf(LEAVES.get(random.nextInt(LEAVES.size())));
    }
    Kind kind = Kind.values()[1 + random.nextInt(5)];
    Type first = kind == Kind.MAP ? key() : type(depth - 1);
    if (kind == Kind.ARRAY && first.kind() == Kind.UNION) {
      // Arrow for Java does not read fixed-size lists of unions.
      kind = Kind.LIST;
    }
    Type second = type(random.nextInt(depth));
    String sql =
        switch (kind) {
          case LIST -> first.sql() + "[]";
          case ARRAY -> first.sql() + "[2]";
          case STRUCT -> "STRUCT(\"a b\" " + first.sql() + ", c " + second.sql() + ")";
          case MAP -> "MAP(" + first.sql() + ", " + second.sql() + ")";
          default -> "UNION(one " + first.sql() + ", two " + second.sql() + ")";
        };
    return new Type(kind, sql, List.of(first, second), List.of());
  }

  private Type key() {
    String name = KEYS.get(random.nextInt(KEYS.size()));
    return leaf(LEAVES.stream().filter(leaf -> leaf.type().equals(name)).findFirst().orElseThrow());
  }

  private static Type leaf(Leaf leaf) {
    return new Type(Kind.LEAF, leaf.type(), List.of(), leaf.values());
  }

  /**
   * @param nulls one value in so many is NULL
   */
  private String value(Type type, int nulls) {
    if (random.nextInt(nulls) == 0) {
      return "NULL";
    }
    return switch (type.kind()) {
      case LEAF -> cast(type.values().get(random.nextInt(type.values().size())), type.sql());
      case LIST -> list(type.parts().get(0), random.nextInt(4));
      case ARRAY -> list(type.parts().get(0), 2);
      case STRUCT ->
          "{'a b': " + part(type.parts().get(0)) + ", 'c': " + part(type.parts().get(1)) + "}";
      case MAP -> map(type);
      case UNION -> union(type);
    };
  }

  private String part(Type type) {
    return cast(value(type, 5), type.sql());
  }

  private String list(Type element, int length) {
    return IntStream.range(0, length)
        .mapToObj(i -> part(element))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private String map(Type type) {
    List<String> keys = type.parts().get(0).values();
    return IntStream.range(0, random.nextInt(keys.size() + 1))
        .mapToObj(
            i -> cast(keys.get(i), type.parts().get(0).sql()) + ": " + part(type.parts().get(1)))
        .collect(Collectors.joining(", ", "MAP {", "}"));
  }

  /**
   * A union's member is never NULL: Arrow's unions have no NULL of their own, so that a union whose
   * member is NULL cannot be told from a NULL.
   */
  private String union(Type type) {
    int member = random.nextInt(2);
    return "union_value("
        + (member == 0 ? "one" : "two")
        + " := "
        + cast(value(type.parts().get(member), Integer.MAX_VALUE), type.parts().get(member).sql())
        + ")";
  }
}
