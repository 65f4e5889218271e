package io.auspex.sql.source;

import io.auspex.catalog.Names;
import io.auspex.sql.context.RemoteColumn;
import io.auspex.sql.context.RemoteSystem;
import java.util.Set;

/** Where texts are compared elsewhere as in DuckDB: by the bytes of UTF-8. */
final class SourceCollation {
  /** PostgreSQL's that sort by bytes. */
  private static final Set<String> POSTGRESQL_BYTES =
      Set.of("c", "posix", "ucs_basic", "pg_c_utf8", "c.utf8", "c.utf-8");

  /** MariaDB's and MySQL's that sort by bytes, and to which a space at the end is one. */
  private static final Set<String> MARIADB_BYTES =
      Set.of("utf8mb4_nopad_bin", "utf8mb3_nopad_bin", "utf8mb4_0900_bin");

  private SourceCollation() {}

  /**
   * Whether texts are equal there only if they are here. All of PostgreSQL's own collations are
   * deterministic ({@code icu} is a database's default); those that users make may not be.
   * MariaDB's compare without case, accents or the spaces at the end, but for those that say
   * otherwise.
   */
  static boolean isExact(RemoteColumn column, RemoteSystem system) {
    String name = column.collation().map(Names::fold).orElse("");
    return switch (system) {
      case POSTGRESQL ->
          hasOrder(column, system)
              || name.equals("icu")
              || name.endsWith("-x-icu")
              || name.matches("[a-z]{2,3}_[a-z]{2}\\..*");
      default -> hasOrder(column, system);
    };
  }

  /** Whether they also have the same order. */
  static boolean hasOrder(RemoteColumn column, RemoteSystem system) {
    String name = column.collation().map(Names::fold).orElse("");
    return switch (system) {
      case POSTGRESQL -> POSTGRESQL_BYTES.contains(name);
      case MARIADB -> MARIADB_BYTES.contains(name);
      case SQLITE -> name.equals("binary");
      case GENERIC -> false;
    };
  }
}
