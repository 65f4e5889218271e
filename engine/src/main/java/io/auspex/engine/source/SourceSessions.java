package io.auspex.engine.source;

import io.auspex.catalog.Source;
import java.util.Optional;
import java.util.Properties;

/**
 * How sessions of a source are set up. What the source's URL says goes first: drivers prefer it.
 */
final class SourceSessions {
  private static final String CONNECT_SECONDS = "10";
  private static final String CANCEL_SECONDS = "2";
  private static final String CONNECT_MS = "10000";
  private static final String BUSY_MS = "5000";

  private SourceSessions() {}

  /** What each new session runs. */
  static Optional<String> initialSql(SourceSystem system) {
    return switch (system) {
      case POSTGRESQL -> Optional.of("SET TIME ZONE 'UTC'; SET IntervalStyle = 'postgres'");
      // Backslashes escape in literals, whatever the server prefers: see SourceSystem.literal.
      // What a column cannot hold is an error, and a 0 is a 0.
      case MARIADB ->
          Optional.of(
              "SET time_zone = '+00:00',"
                  + " sql_mode = CONCAT(REPLACE(@@sql_mode, 'NO_BACKSLASH_ESCAPES', ''),"
                  + " ',STRICT_ALL_TABLES,NO_AUTO_VALUE_ON_ZERO')");
      case SQLITE, GENERIC -> Optional.empty();
    };
  }

  /** The properties of the driver in the box. */
  static Properties properties(SourceSystem system) {
    Properties properties = new Properties();
    switch (system) {
      case POSTGRESQL -> {
        properties.setProperty("ApplicationName", "auspex");
        properties.setProperty("connectTimeout", CONNECT_SECONDS);
        properties.setProperty("loginTimeout", CONNECT_SECONDS);
        properties.setProperty("cancelSignalTimeout", CANCEL_SECONDS);
        properties.setProperty("tcpKeepAlive", "true");
      }
      case MARIADB -> {
        properties.setProperty("connectTimeout", CONNECT_MS);
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("tinyInt1isBit", "false");
        properties.setProperty("yearIsDateType", "false");
        properties.setProperty("useBulkStmts", "true");
      }
      case SQLITE -> properties.setProperty("busy_timeout", BUSY_MS);
      case GENERIC -> {
        // What another driver calls its options is not known.
      }
    }
    return properties;
  }

  /** The URL as the driver takes it: MariaDB's has one scheme of its own. */
  static String url(Source source, boolean isInTheBox) {
    String mysql = "jdbc:mysql:";
    String url = source.url();
    return isInTheBox && url.regionMatches(true, 0, mysql, 0, mysql.length())
        ? "jdbc:mariadb:" + url.substring(mysql.length())
        : url;
  }
}
