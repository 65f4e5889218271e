package io.auspex.engine;

import io.auspex.catalog.Catalog;
import io.auspex.catalog.Column;
import io.auspex.catalog.ModelVersion;
import io.auspex.catalog.Names;
import io.auspex.catalog.Settings;
import io.auspex.engine.stream.WarehouseErrors;
import io.auspex.sql.context.PlanningContext;
import io.auspex.sql.lexer.Token;
import io.auspex.sql.lexer.Tokens;
import io.auspex.sql.statement.Parameters;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.duckdb.DuckDBConnection;

/** Answers the planner on the session's own connection, so that it sees what the session sees. */
final class SessionContext implements PlanningContext {
  /** Tables and views by name, those in scope first, as DuckDB resolves them. */
  private static final String FIND_TABLE =
      """
      SELECT database_name, schema_name, name, rows FROM (
        SELECT database_name, schema_name, table_name AS name, estimated_size AS rows
        FROM duckdb_tables()
        UNION ALL
        SELECT database_name, schema_name, view_name, -1 FROM duckdb_views())
      WHERE lower(name) = lower(?)
        AND (? IS NULL OR lower(schema_name) = lower(?))
        AND (? IS NULL OR lower(database_name) = lower(?))
      ORDER BY database_name <> 'temp', database_name <> current_database(),
        schema_name <> current_schema(), schema_name <> 'main'
      LIMIT 1
      """;

  private final DuckDBConnection connection;
  private final Catalog catalog;
  private final Settings settings;
  private final FunctionNames functions;
  private final List<String> parameterTypes;

  SessionContext(
      DuckDBConnection connection,
      Catalog catalog,
      Settings settings,
      FunctionNames functions,
      List<String> parameterTypes) {
    this.connection = connection;
    this.catalog = catalog;
    this.settings = settings;
    this.functions = functions;
    this.parameterTypes = parameterTypes;
  }

  @Override
  public List<Column> describe(String sql, List<String> types) {
    String described = types.isEmpty() ? sql : withTypedNulls(sql, types);
    List<Column> columns = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("DESCRIBE " + described)) {
      while (rows.next()) {
        columns.add(new Column(rows.getString(1), rows.getString(2)));
      }
      return columns;
    } catch (SQLException e) {
      throw WarehouseErrors.of(e).withoutPosition();
    }
  }

  /** DuckDB describes no statement whose parameters have no values; their types are what counts. */
  private static String withTypedNulls(String sql, List<String> types) {
    Tokens tokens = Tokens.of(sql);
    List<Integer> ordinals = Parameters.of(tokens).ordinals();
    StringBuilder text = new StringBuilder();
    int from = 0;
    int parameter = 0;
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.kind(i) == Token.Kind.PARAMETER) {
        text.append(sql, from, tokens.start(i))
            .append("CAST(NULL AS ")
            .append(types.get(ordinals.get(parameter++)))
            .append(')');
        from = tokens.end(i);
      }
    }
    return text.append(sql.substring(from)).toString();
  }

  @Override
  public Optional<Table> table(List<String> name) {
    int parts = name.size();
    String schema = parts >= 2 ? name.get(parts - 2) : null;
    String database = parts >= 3 ? name.get(parts - 3) : null;
    try (PreparedStatement statement = connection.prepareStatement(FIND_TABLE)) {
      statement.setString(1, name.get(parts - 1));
      statement.setString(2, schema);
      statement.setString(3, schema);
      statement.setString(4, database);
      statement.setString(5, database);
      try (ResultSet rows = statement.executeQuery()) {
        if (!rows.next()) {
          return Optional.empty();
        }
        return Optional.of(
            table(rows.getString(1), rows.getString(2), rows.getString(3), rows.getLong(4)));
      }
    } catch (SQLException e) {
      throw WarehouseErrors.of(e);
    }
  }

  private Table table(String database, String schema, String name, long rows) {
    List<String> qualified = List.of(database, schema, name);
    String sql = "SELECT * FROM " + String.join(".", qualified.stream().map(Names::quote).toList());
    return new Table(qualified, describe(sql, List.of()), rows);
  }

  @Override
  public List<FunctionInfo> functions(String name) {
    return functions.named(name, connection);
  }

  @Override
  public ModelVersion model(String name, Optional<String> version) {
    return catalog.find(name, version);
  }

  @Override
  public Settings settings() {
    return settings;
  }

  @Override
  public List<String> parameterTypes() {
    return parameterTypes;
  }
}
