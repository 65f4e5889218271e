package io.auspex.engine;

import io.auspex.catalog.Names;
import io.auspex.engine.stream.WarehouseErrors;
import io.auspex.sql.context.PlanningContext.FunctionInfo;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBConnection;

/**
 * DuckDB's functions by name. Its own, thousands of overloads, are read once; what users made is
 * asked each time. Thread-safe.
 */
final class FunctionNames {
  private static final String FUNCTIONS =
      "SELECT DISTINCT function_name, function_type, coalesce(stability, '') = 'VOLATILE',"
          + " coalesce(macro_definition, '')"
          + " FROM duckdb_functions() WHERE ";

  private Map<String, List<FunctionInfo>> builtIn;

  List<FunctionInfo> named(String name, DuckDBConnection connection) {
    List<FunctionInfo> found = builtIn(connection).get(Names.fold(name));
    return found != null
        ? found
        : query(connection, "lower(function_name) = " + Names.literal(Names.fold(name)));
  }

  private synchronized Map<String, List<FunctionInfo>> builtIn(DuckDBConnection connection) {
    if (builtIn == null) {
      Map<String, List<FunctionInfo>> functions = new HashMap<>();
      for (FunctionInfo function : query(connection, "internal")) {
        functions
            .computeIfAbsent(Names.fold(function.name()), key -> new ArrayList<>())
            .add(function);
      }
      builtIn = functions;
    }
    return builtIn;
  }

  private static List<FunctionInfo> query(DuckDBConnection connection, String condition) {
    List<FunctionInfo> functions = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(FUNCTIONS + condition);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        functions.add(
            new FunctionInfo(
                rows.getString(1), rows.getString(2), rows.getBoolean(3), rows.getString(4)));
      }
      return functions;
    } catch (SQLException e) {
      throw WarehouseErrors.of(e);
    }
  }
}
