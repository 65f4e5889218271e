package io.auspex.shell.terminal;

import io.auspex.catalog.Names;
import io.auspex.catalog.Setting;
import io.auspex.engine.Script;
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
  private static final String SOURCES = "SHOW SOURCES";
  private static final String MODELS = "SELECT name, outputs FROM auspex.models";
  private static final String SETTINGS = "SELECT name FROM duckdb_settings()";
  private static final String FUNCTIONS =
      "SELECT DISTINCT function_name FROM duckdb_functions()"
          + " WHERE regexp_full_match(function_name, '[a-z]\\w*') AND NOT starts_with(function_name, '__')";
  private static final String KEYWORDS = "SELECT upper(keyword_name) FROM duckdb_keywords()";
  private static final Set<String> OWN_KEYWORDS =
      Set.of(
          "PREDICT",
          "MODEL",
          "MODELS",
          "FEATURES",
          "OUTPUTS",
          "DESCRIPTOR",
          "VERSION",
          "ALIAS",
          "SOURCE",
          "SOURCES",
          "URL",
          "USER",
          "PASSWORD",
          "ENV",
          "CALIBRATE",
          "CALIBRATION");

  private final Connection connection;
  private Set<String> keywords;
  private Set<String> functions;
  private Map<String, Set<String>> columnsByTable;
  private Map<String, Set<String>> outputsByModel;

  /** Null for a source that was not asked yet. */
  private Map<String, SourceNames> sources;

  private Set<String> settings;

  Dictionary(Connection connection) {
    this.connection = connection;
  }

  /** Forgets what a statement may have changed. */
  void forget() {
    columnsByTable = null;
    outputsByModel = null;
    sources = null;
    functions = null;
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
    return outputsByModel().keySet();
  }

  /** The columns that a model appends, whatever the case of its name; none if there is no such. */
  Set<String> outputs(String model) {
    return outputsByModel().getOrDefault(model, Set.of());
  }

  /** Tables and views. */
  Set<String> tables() {
    return columnsByTable().keySet();
  }

  /** The columns of a table or view, whatever the case of its name; none where there is no such. */
  Set<String> columns(String table) {
    return columnsByTable().getOrDefault(table, Set.of());
  }

  /** Other databases, by the names that stand before those of their tables. */
  Set<String> sources() {
    return bySource().keySet();
  }

  /**
   * What a source has, asked of it when first needed; nothing where there is no such source, or it
   * does not answer.
   */
  SourceNames namesOfSource(String source) {
    return bySource().containsKey(source)
        ? bySource().computeIfAbsent(source, this::asked)
        : new SourceNames();
  }

  private SourceNames asked(String source) {
    SourceNames names = new SourceNames();
    read(
        "SHOW TABLES FROM " + Names.quote(source),
        row -> {
          names.schemas().add(row.getString(1));
          names.tables().add(row.getString(2));
        });
    return names;
  }

  /** The names of a source's schemas, and of its tables. */
  record SourceNames(Set<String> schemas, Set<String> tables) {
    private SourceNames() {
      this(new TreeSet<>(), new TreeSet<>());
    }
  }

  private Map<String, SourceNames> bySource() {
    if (sources == null) {
      sources = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      read(SOURCES, row -> sources.put(row.getString(1), null));
    }
    return sources;
  }

  boolean isKeyword(String word) {
    return keywords().contains(word.toUpperCase(Locale.ROOT));
  }

  private Map<String, Set<String>> columnsByTable() {
    if (columnsByTable == null) {
      columnsByTable = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      read(COLUMNS, row -> namesOf(columnsByTable, row).add(row.getString(2)));
    }
    return columnsByTable;
  }

  private Map<String, Set<String>> outputsByModel() {
    if (outputsByModel == null) {
      outputsByModel = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      read(MODELS, row -> namesOf(outputsByModel, row).addAll(columnNames(row.getString(2))));
    }
    return outputsByModel;
  }

  private static Set<String> namesOf(Map<String, Set<String>> names, ResultSet row)
      throws SQLException {
    return names.computeIfAbsent(row.getString(1), name -> new TreeSet<>());
  }

  /** The names in {@code verdict VARCHAR, chances MAP(VARCHAR, FLOAT)}. */
  private static Set<String> columnNames(String columns) {
    Set<String> names = new TreeSet<>();
    int depth = 0;
    boolean begins = true;
    for (Script.Token token : Script.tokens(columns)) {
      String text = columns.substring(token.start(), token.end());
      if (token.kind() == Script.Kind.WORD && begins) {
        names.add(text);
      } else if (token.kind() == Script.Kind.QUOTED_NAME && begins) {
        names.add(Names.unquote(text));
      }
      depth += text.equals("(") ? 1 : text.equals(")") ? -1 : 0;
      begins = token.kind() == Script.Kind.SPACE ? begins : text.equals(",") && depth == 0;
    }
    return names;
  }

  private Set<String> names(String query) {
    Set<String> names = new TreeSet<>();
    read(query, row -> names.add(row.getString(1)));
    return names;
  }

  private interface RowReader {
    void read(ResultSet row) throws SQLException;
  }

  private void read(String query, RowReader reader) {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        reader.read(rows);
      }
    } catch (SQLException e) {
      // Fewer names are known then.
    }
  }
}
