package io.auspex.engine.source.write;

import io.auspex.engine.source.type.DuckType;
import io.auspex.engine.source.type.DuckType.Kind;
import java.util.Locale;
import java.util.Optional;

/** What values of DuckDB's types are cast to on their way out: others have fewer types. */
final class WrittenTypes {
  private static final DuckType WIDEST = DuckType.decimal(DuckType.MOST_DIGITS, 0);

  private WrittenTypes() {}

  static DuckType of(String type) {
    Optional<DuckType> known = DuckType.parse(type.replaceFirst("\\[\\d+]$", "[]"));
    if (known.isPresent() && !isNested(known.get())) {
      return within(known.get());
    }
    String upper = type.toUpperCase(Locale.ROOT);
    return switch (upper) {
      case "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS" -> DuckType.of(Kind.TIMESTAMP);
      case "TIMESTAMPTZ_NS" -> DuckType.of(Kind.TIMESTAMPTZ);
      case "TIME_NS" -> DuckType.of(Kind.TIME);
      case "UHUGEINT", "BIGNUM" -> WIDEST;
      case "\"NULL\"" -> DuckType.of(Kind.INTEGER);
      default -> DuckType.of(isStructured(upper) ? Kind.JSON : Kind.VARCHAR);
    };
  }

  /** Whole numbers of 128 bits are rarely so large that 38 digits do not do; DuckDB says which. */
  private static DuckType within(DuckType type) {
    if (type.kind() == Kind.LIST) {
      return DuckType.list(within(type.element()));
    }
    return type.kind() == Kind.HUGEINT ? WIDEST : type;
  }

  private static boolean isNested(DuckType type) {
    return type.kind() == Kind.LIST && type.element().kind() == Kind.LIST;
  }

  private static boolean isStructured(String type) {
    return type.endsWith("]")
        || type.matches("(?s)(STRUCT|MAP|UNION|TUPLE)\\b.*")
        || type.equals("VARIANT");
  }
}
