package io.auspex.sql.bind;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.auspex.catalog.Column;
import io.auspex.catalog.Names;
import io.auspex.sql.bind.CommonTables.Item;
import io.auspex.sql.context.NotUnderstood;
import io.auspex.sql.context.PlanningContext;
import io.auspex.sql.context.RemoteTable;
import io.auspex.sql.rel.Relation;
import io.auspex.sql.rel.SourceQuery;
import io.auspex.sql.source.SourceDialect;
import io.auspex.sql.statement.SourceName;
import io.auspex.sql.tree.Json;
import io.auspex.sql.tree.QueryTree;
import io.auspex.sql.tree.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.calcite.rel.RelNode;

/**
 * Binds what stands in FROM. What has no prediction in it may stay DuckDB's own text, of which only
 * the columns are known.
 */
final class FromBinder {
  private final Binding binding;
  private final QueryBinder queries;
  private final JoinBinder joins;

  FromBinder(Binding binding, QueryBinder queries) {
    this.binding = binding;
    this.queries = queries;
    this.joins = new JoinBinder(binding, this);
  }

  Source bind(ObjectNode table, CommonTables tables) {
    if (Json.has(table, "sample")) {
      return opaque(table, tables);
    }
    return switch (Json.text(table, "type")) {
      case "EMPTY" -> new Source(oneRow(), Scope.EMPTY);
      case "BASE_TABLE" -> named(table, tables);
      case "SUBQUERY" ->
          renamed(queries.bind(Trees.subquery(table).orElseThrow(), tables), table, "");
      case "JOIN" -> joins.bind(table, tables);
      case "TABLE_FUNCTION" ->
          QueryTree.predict((ObjectNode) table.path("function")).isPresent()
              ? predicted(table, tables)
              : opaque(table, tables);
      default -> opaque(table, tables);
    };
  }

  /** What a SELECT without FROM reads. */
  private RelNode oneRow() {
    return relation("(SELECT 0 AS \"row\")", "one", List.of(new Column("row", "INTEGER")), 1);
  }

  private Source named(ObjectNode table, CommonTables tables) {
    List<String> name = Trees.tableName(table);
    Optional<SourceName> ofSource = QueryTree.source(table);
    if (ofSource.isPresent()) {
      return renamed(source(ofSource.get()), table, ofSource.get().parts());
    }
    Optional<Item> item = tables.find(name);
    if (item.isPresent()) {
      return common(item.get(), table);
    }
    Optional<PlanningContext.Table> found =
        Json.has(table, "at_clause") ? Optional.empty() : binding.context().table(name);
    if (found.isEmpty()) {
      return opaque(table, tables);
    }
    String sql = found.get().name().stream().map(Names::quote).collect(Collectors.joining("."));
    RelNode rows =
        relation(sql, name.get(name.size() - 1), found.get().columns(), found.get().rows());
    return renamed(rows, table, found.get().name());
  }

  /** All rows of another database's table. */
  private RelNode source(SourceName name) {
    RemoteTable table = binding.context().remoteTable(name.parts());
    List<Column> columns =
        table.columns().stream().map(column -> new Column(column.name(), column.type())).toList();
    String written = SourceDialect.of(table.system()).name(table);
    RelNode rows = relation(written, name.table(), columns, table.rows());
    return new SourceQuery(
        binding.cluster(),
        new SourceQuery.Origin(table.source(), table.system(), table.pushdown()),
        rows,
        table.columns(),
        table.rows());
  }

  private Source common(Item item, ObjectNode table) {
    if (item.isText() || item.isRecursive() && item.predicts()) {
      throw new NotUnderstood("WITH " + item.name() + ", which stays text");
    }
    if (item.isRecursive()) {
      ObjectNode all = Trees.allOf(Trees.table(item.name()));
      return renamed(text(all, item.visible(), item.name()), table, item.name());
    }
    RelNode rows = queries.bind(item.query(), item.before());
    return renamed(Projections.firstRenamed(rows, item.columns()), table, item.name());
  }

  /** {@code PREDICT(MODEL m, TABLE t)}. */
  private Source predicted(ObjectNode table, CommonTables tables) {
    ObjectNode call = (ObjectNode) table.path("function");
    List<ObjectNode> arguments = Json.children(call, "arguments");
    int ordinal = QueryTree.predict(call).orElseThrow();
    if (arguments.size() < 2) {
      throw new NotUnderstood("PREDICT without a table in FROM");
    }
    ObjectNode query =
        Json.child(arguments.get(1), "expression")
            .flatMap(Trees::subquery)
            .orElseThrow(() -> new NotUnderstood("PREDICT of something else than a table"));
    Optional<List<String>> columns =
        arguments.size() == 2 ? Optional.empty() : Optional.of(descriptor(arguments.get(2)));
    RelNode input =
        Trees.isAllOfTable(query)
            ? bind((ObjectNode) query.path("from_table"), tables).rows()
            : queries.argument(query, tables);
    RelNode rows = binding.planning().predict(input, binding.model(ordinal), columns);
    return renamed(rows, table, "predict");
  }

  private static List<String> descriptor(ObjectNode argument) {
    List<String> columns = new ArrayList<>();
    for (ObjectNode column : Json.children(argument.path("expression"), "arguments")) {
      List<String> name = Json.texts(column.path("expression"), "column_names");
      if (name.size() != 1) {
        throw new NotUnderstood("PREDICT with these arguments");
      }
      columns.add(name.get(0));
    }
    return columns;
  }

  private static Source renamed(RelNode rows, ObjectNode table, String name) {
    return renamed(rows, table, name.isEmpty() ? List.of() : List.of(name));
  }

  /** The rows under the names that the query gives to the table and its first columns. */
  private static Source renamed(RelNode rows, ObjectNode table, List<String> name) {
    RelNode renamed = Projections.firstRenamed(rows, Json.texts(table, "column_name_alias"));
    String alias = Json.text(table, "alias");
    return Source.of(renamed, alias.isEmpty() ? name : List.of(alias));
  }

  /** What DuckDB alone understands; predictions in it are its inputs. */
  private Source opaque(ObjectNode table, CommonTables tables) {
    if (tables.predicts(table)) {
      binding.planning().keepsText(Json.has(table, "sample") ? "SAMPLE" : Json.text(table, "type"));
    }
    String alias = Json.text(table, "alias");
    List<String> name =
        alias.isEmpty() && Json.is(table, "type", "BASE_TABLE")
            ? fileName(Trees.tableName(table))
            : List.of(alias.isEmpty() ? Json.text(table.path("function"), "function_name") : alias);
    ObjectNode query = Trees.allOf(table);
    RelNode rows =
        tables.predicts(table)
            ? new OpaqueBinder(binding, queries).bind(query, tables)
            : text(query, tables, name.get(name.size() - 1));
    return Source.of(rows, name);
  }

  /** {@code FROM 'folder/file.parquet'} is called {@code file}. */
  private static List<String> fileName(List<String> name) {
    String last = name.get(name.size() - 1).replaceFirst(".*[/\\\\]", "");
    return List.of(last.replaceFirst("\\..*", ""));
  }

  /** A query as DuckDB's own text. */
  RelNode text(ObjectNode query, CommonTables tables, String alias) {
    if (tables.readsText(query)) {
      throw new NotUnderstood("a WITH item in what stays text");
    }
    Template template = new Template(binding);
    String sql = template.text(binding.printer().query(template.alone(query, tables)));
    return relation('(' + sql + ')', alias, binding.describe(sql), -1);
  }

  private RelNode relation(String sql, String alias, List<Column> columns, long rows) {
    if (columns.stream().map(Column::name).anyMatch(QueryBinder::isMarked)) {
      throw new NotUnderstood("characters of the private use area");
    }
    String name = alias.isEmpty() ? "query" : alias;
    return new Relation(sql, name, columns, rows).scan(binding.cluster());
  }
}
