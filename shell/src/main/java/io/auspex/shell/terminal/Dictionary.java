package io.auspex.shell.terminal;

import io.auspex.catalog.Setting;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The names that can be typed: asked of the warehouse when completion first needs them, and again
 * after a statement ran. Where the warehouse does not answer, such as in an aborted transaction,
 * there are fewer names and no error. Not thread-safe.
 */
final class Dictionary {
  static final String TABLES =
      "SELECT table_schema AS \"schema\", table_name AS name, lower(table_type) AS type"
          + " FROM information_schema.tables ORDER BY ALL";

  private static final String COLUMNS =
      "SELECT table_name, column_name FROM information_schema.columns";
  private static final String MODELS = "SELECT name FROM auspex.models";
  private static final String SETTINGS = "SELECT name FROM duckdb_settings()";
  private static final String FUNCTIONS =
      "SELECT DISTINCT function_name FROM duckdb_functions()"
          + " WHERE regexp_full_match(function_name, '[a-z]\\w*') AND NOT starts_with(function_name, '__')";
  private static final String KEYWORDS = "SELECT upper(keyword_name) FROM duckdb_keywords()";
  private static final Set<String> OWN_KEYWORDS =
      Set.of("PREDICT", "MODEL", "MODELS", "FEATURES", "OUTPUTS", "DESCRIPTOR", "VERSION", "ALIAS");

  private final Connection connection;
  private Set<String> keywords;
  private Set<String> functions;
  private Map<String, Set<String>> columnsByTable;
  private Set<String> models;
  private Set<String> settings;

  Dictionary(Connection connection) {
    this.connection = connection;
  }

  /** Forgets what a statement may have changed. */
  void forget() {
    columnsByTable = null;
    models = null;
  }

  /** Keywords, in upper case. */
  Set<String> keywords() {
    if (keywords == null) {
      keywords = names(KEYWORDS);
      keywords.addAll(OWN_KEYWORDS);
    }
    return keywords;
  }

  Set<String> functions() {
    if (functions == null) {
      functions = names(FUNCTIONS);
    }
    return functions;
  }

  Set<String> settings() {
    if (settings == null) {
      settings = names(SETTINGS);
      for (Setting setting : Setting.values()) {
        settings.add(setting.sqlName());
      }
    }
    return settings;
  }

  Set<String> models() {
    if (models == null) {
      models = names(MODELS);
    }
    return models;
  }

  /** Tables and views. */
  Set<String> tables() {
    return columnsByTable().keySet();
  }

  /** The columns of a table or view, whatever the case of its name; none where there is no such. */
  Set<String> columns(String table) {
    return columnsByTable().getOrDefault(table, Set.of());
  }

  boolean isKeyword(String word) {
    return keywords().contains(word.toUpperCase(Locale.ROOT));
  }

  private Map<String, Set<String>> columnsByTable() {
    if (columnsByTable == null) {
      columnsByTable = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      try (Statement statement = connection.createStatement();
          ResultSet result = statement.executeQuery(COLUMNS)) {
        while (result.next()) {
          columnsByTable
              .computeIfAbsent(result.getString(1), table -> new TreeSet<>())
              .add(result.getString(2));
        }
      } catch (SQLException e) {
        return columnsByTable;
      }
    }
    return columnsByTable;
  }

  private Set<String> names(String query) {
    Set<String> names = new TreeSet<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      while (result.next()) {
        names.add(result.getString(1));
      }
    } catch (SQLException e) {
      return names;
    }
    return names;
  }
}
