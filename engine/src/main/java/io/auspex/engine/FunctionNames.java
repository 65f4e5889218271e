package io.auspex.engine;

import io.auspex.catalog.Names;
import io.auspex.engine.stream.WarehouseErrors;
import io.auspex.sql.context.PlanningContext.FunctionInfo;
import io.auspex.sql.lexer.Tokens;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBConnection;

/**
 * DuckDB's functions by name. Its own, thousands of overloads, are read once; what users made,
 * which goes before them, is read for each statement, once there may be any. Thread-safe.
 */
final class FunctionNames {
  private static final String FUNCTIONS =
      "SELECT DISTINCT function_name, function_type, coalesce(stability, '') = 'VOLATILE',"
          + " coalesce(macro_definition, '')"
          + " FROM duckdb_functions() WHERE ";

  private Map<String, List<FunctionInfo>> builtIn;
  private volatile boolean hasOwn;

  /** Notes a statement that runs; it may make functions, or bring a database that has some. */
  void observe(Tokens statement) {
    for (int i = 0; i < statement.size() && !hasOwn; i++) {
      hasOwn = statement.isWord(i, "MACRO", "FUNCTION", "ATTACH", "IMPORT", "LOAD");
    }
  }

  /** DuckDB's own of a name. */
  List<FunctionInfo> builtIn(String name, DuckDBConnection connection) {
    return builtIn(connection).getOrDefault(Names.fold(name), List.of());
  }

  private synchronized Map<String, List<FunctionInfo>> builtIn(DuckDBConnection connection) {
    if (builtIn == null) {
      builtIn = query(connection, "internal");
      hasOwn |= !query(connection, "NOT internal").isEmpty();
    }
    return builtIn;
  }

  /** Those that users made, by their names in lower case. */
  Map<String, List<FunctionInfo>> own(DuckDBConnection connection) {
    builtIn(connection);
    return hasOwn ? query(connection, "NOT internal") : Map.of();
  }

  private static Map<String, List<FunctionInfo>> query(
      DuckDBConnection connection, String condition) {
    Map<String, List<FunctionInfo>> functions = new HashMap<>();
    try (PreparedStatement statement = connection.prepareStatement(FUNCTIONS + condition);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        functions
            .computeIfAbsent(Names.fold(rows.getString(1)), name -> new ArrayList<>())
            .add(
                new FunctionInfo(
                    rows.getString(1), rows.getString(2), rows.getBoolean(3), rows.getString(4)));
      }
      return functions;
    } catch (SQLException e) {
      throw WarehouseErrors.of(e);
    }
  }
}
