package io.auspex.engine;

import io.auspex.catalog.Names;
import io.auspex.catalog.Questions;
import io.auspex.sql.lexer.Tokens;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.duckdb.DuckDBConnection;

/**
 * What a session has made that other connections to the database would not see. It watches the
 * statements that go to DuckDB, so that sessions which made nothing pay nothing.
 */
final class LocalState {
  /** How many temporary tables and views there are, and where names are looked for. */
  private static final String NAMES =
      """
      SELECT (SELECT count(*) FROM duckdb_tables() WHERE temporary)
        + (SELECT count(*) FROM duckdb_views() WHERE temporary AND NOT internal
             AND NOT starts_with(view_name, '__auspex_')),
        current_setting('search_path')
      """;

  /**
   * All but what every connection has of its own from the start, and the schema, which goes by
   * path. DuckDB does not list lambda_syntax.
   */
  private static final String LOCAL_SETTINGS =
      """
      SELECT name, value FROM duckdb_settings()
      WHERE scope = 'LOCAL' AND name NOT IN ('active_grammar_extensions', 'current_dialect',
        'enable_profiling', 'enable_progress_bar', 'enable_progress_bar_print',
        'jdbc_stream_results', 'max_streaming_buffer_size', 'operator_memory_limit',
        'profile_output', 'profiling_coverage', 'profiling_output', 'profiling_renderer_settings',
        'progress_bar_time', 'schema', 'search_path', 'streaming_buffer_size', 'tracked_metrics')
      UNION ALL SELECT 'lambda_syntax', current_setting('lambda_syntax')
      """;

  /** Types whose values DuckDB reads again as it writes them. */
  private static final Pattern PLAIN =
      Pattern.compile(
          "VARCHAR|BOOLEAN|(TINY|SMALL|BIG|HUGE)INT|INTEGER|DOUBLE|DATE|TIMESTAMP"
              + "|DECIMAL\\(\\d+,\\d+\\)");

  private final DuckDBConnection connection;
  private final Questions questions;
  private boolean set;
  private boolean createdTemporary;

  LocalState(DuckDBConnection connection, Questions questions) {
    this.connection = connection;
    this.questions = questions;
  }

  /** Notes what a statement may leave in the session. */
  void observe(Tokens tokens) {
    set |= tokens.isWord(0, "SET", "RESET", "PRAGMA");
    boolean replaces = tokens.isWords(1, "OR", "REPLACE");
    boolean temporary = tokens.isWord(replaces ? 3 : 1, "TEMP", "TEMPORARY");
    boolean relation = tokens.isWord(replaces ? 4 : 2, "TABLE", "VIEW");
    createdTemporary |= tokens.isWord(0, "CREATE") && temporary && !relation;
  }

  Surroundings surroundings(boolean inTransaction) throws SQLException {
    LocalNames names =
        questions.ask(row -> new LocalNames(row.getLong(1), row.getString(2)), NAMES).get(0);
    boolean temporary = createdTemporary || names.temporary() > 0;
    List<String> statements = new ArrayList<>(set ? settings() : List.of());
    boolean variables = set && !addVariables(statements);
    return new Surroundings(inTransaction, temporary || variables, names.searchPath(), statements);
  }

  private record LocalNames(long temporary, String searchPath) {}

  /** Adds what sets the session's variables elsewhere; false where one cannot be written so. */
  private boolean addVariables(List<String> statements) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT name, value, type FROM duckdb_variables()")) {
      while (rows.next()) {
        String value = rows.getString(2);
        String type = rows.getString(3);
        // The text NULL may be a value or none.
        if (!PLAIN.matcher(type).matches() || value == null || value.equals("NULL")) {
          return false;
        }
        String name = Names.quote(rows.getString(1));
        statements.add(
            "SET VARIABLE " + name + " = CAST(" + Names.literal(value) + " AS " + type + ")");
      }
      return true;
    }
  }

  private List<String> settings() throws SQLException {
    List<String> statements = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(LOCAL_SETTINGS)) {
      while (rows.next()) {
        String name = Names.quote(rows.getString(1));
        statements.add("SET " + name + " = " + Names.literal(rows.getString(2)));
      }
      return statements;
    }
  }
}
