package io.auspex.engine;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.Catalog;
import io.auspex.catalog.Column;
import io.auspex.catalog.ErrorCode;
import io.auspex.catalog.Names;
import io.auspex.catalog.PredictView;
import io.auspex.catalog.Questions;
import io.auspex.engine.stream.WarehouseErrors;
import io.auspex.sql.statement.Statement.CreateView;
import io.auspex.sql.statement.Statement.DropView;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.duckdb.DuckDBConnection;

/**
 * Views over predictions. DuckDB cannot run their queries, so our catalog keeps them; a view of the
 * same name and columns in DuckDB stands for each, so that it is listed, described, renamed and
 * dropped as any other. That view names our entry, and fails when read.
 */
final class ViewCommands {
  private static final Pattern ENTRY = Pattern.compile("auspex view ([0-9a-f-]{36})");

  private final DuckDBConnection connection;
  private final Questions questions;
  private final Catalog catalog;
  private final Transaction transaction;
  private final String database;

  /**
   * @param database the warehouse's own
   */
  ViewCommands(
      DuckDBConnection connection,
      Questions questions,
      Catalog catalog,
      Transaction transaction,
      String database) {
    this.connection = connection;
    this.questions = questions;
    this.catalog = catalog;
    this.transaction = transaction;
    this.database = database;
  }

  /** Keeps the view, whose query has the given columns. */
  void create(CreateView statement, List<Column> columns) throws SQLException {
    if (statement.temporary()) {
      throw new AuspexException(
          ErrorCode.UNSUPPORTED,
          "PREDICT",
          "in a temporary view",
          "Leave TEMP out, or use WITH in the query.");
    }
    String target = SearchPath.of(questions).target(statement.name()).database();
    if (!Names.fold(target).equals(Names.fold(database))) {
      throw new AuspexException(
          ErrorCode.UNSUPPORTED,
          "A view over predictions",
          "in the attached database " + target,
          "Create it in " + database + ", the warehouse itself.");
    }
    if (columns.size() < statement.columns().size()) {
      throw new AuspexException(
          ErrorCode.SYNTAX,
          "The view "
              + statement.name().get(statement.name().size() - 1)
              + " names "
              + statement.columns().size()
              + " columns, but its query has "
              + columns.size()
              + ".");
    }
    transaction.change(
        () -> {
          keep(statement, columns);
          return null;
        });
  }

  private void keep(CreateView statement, List<Column> columns) throws SQLException {
    String id = UUID.randomUUID().toString();
    Optional<PredictView> replaced =
        statement.orReplace() ? atTarget(statement.name()) : Optional.empty();
    try (Statement duckdb = connection.createStatement()) {
      duckdb.execute(standIn(statement, columns, id));
    }
    replaced.map(PredictView::id).ifPresent(catalog::dropView);
    // The stand-in says where DuckDB put it; with IF NOT EXISTS, whether it did.
    for (StandIn standIn : standIns()) {
      if (standIn.id().equals(id)) {
        catalog.putView(
            new PredictView(
                id,
                standIn.name().get(0),
                standIn.name().get(1),
                standIn.name().get(2),
                statement.columns(),
                statement.query().source()));
      }
    }
  }

  private static String standIn(CreateView statement, List<Column> columns, String id) {
    List<String> selected = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      boolean named = i < statement.columns().size();
      String name = named ? statement.columns().get(i) : columns.get(i).name();
      selected.add("CAST(NULL AS " + columns.get(i).type() + ") AS " + Names.quote(name));
    }
    return "CREATE "
        + (statement.orReplace() ? "OR REPLACE " : "")
        + "VIEW "
        + (statement.ifNotExists() ? "IF NOT EXISTS " : "")
        + String.join(".", statement.name().stream().map(Names::quote).toList())
        + " AS SELECT "
        + String.join(", ", selected)
        + " WHERE error('auspex view "
        + id
        + ": predictions are computed by Auspex, and cannot be read here') IS NULL";
  }

  /** Drops the view and its stand-in. */
  void drop(DropView statement) throws SQLException {
    String name = String.join(".", statement.name().stream().map(Names::quote).toList());
    transaction.change(
        () -> {
          Optional<PredictView> dropped =
              new PredictViewNames(all(), new NameLookup(questions), Set::of)
                  .view(statement.name(), List.of());
          try (Statement duckdb = connection.createStatement()) {
            duckdb.execute("DROP VIEW " + (statement.ifExists() ? "IF EXISTS " : "") + name);
          }
          dropped.map(PredictView::id).ifPresent(catalog::dropView);
          return null;
        });
  }

  private Optional<PredictView> atTarget(List<String> name) {
    return new NameLookup(questions)
        .atTarget(name, false)
        .flatMap(
            entry ->
                all().stream()
                    .filter(
                        view ->
                            List.of(view.database(), view.schema(), view.name())
                                .equals(entry.name()))
                    .findFirst());
  }

  /** The views over predictions that there are, by the names they have now. */
  List<PredictView> all() {
    List<PredictView> kept = catalog.views();
    if (kept.isEmpty()) {
      return List.of();
    }
    Map<String, PredictView> byId = new HashMap<>();
    kept.forEach(view -> byId.put(view.id(), view));
    List<PredictView> views = new ArrayList<>();
    for (StandIn standIn : standIns()) {
      PredictView view = byId.get(standIn.id());
      if (view != null) {
        views.add(
            new PredictView(
                view.id(),
                standIn.name().get(0),
                standIn.name().get(1),
                standIn.name().get(2),
                view.columns(),
                view.sql()));
      }
    }
    return views;
  }

  private record StandIn(String id, List<String> name) {}

  private List<StandIn> standIns() {
    List<StandIn> found = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT database_name, schema_name, view_name, sql FROM duckdb_views()"
                    + " WHERE NOT internal AND contains(sql, 'auspex view ')")) {
      while (rows.next()) {
        Matcher entry = ENTRY.matcher(rows.getString(4));
        if (entry.find()) {
          found.add(
              new StandIn(
                  entry.group(1),
                  List.of(rows.getString(1), rows.getString(2), rows.getString(3))));
        }
      }
      return found;
    } catch (SQLException e) {
      throw WarehouseErrors.of(e);
    }
  }
}
