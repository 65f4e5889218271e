package io.auspex.sql.bind;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.auspex.catalog.Column;
import io.auspex.catalog.Names;
import io.auspex.sql.context.NotUnderstood;
import io.auspex.sql.rel.OpaqueQuery;
import io.auspex.sql.tree.Json;
import io.auspex.sql.tree.Trees;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.calcite.rel.RelNode;

/**
 * Joins that Calcite does not know: ASOF, POSITIONAL, SEMI, ANTI, and those whose right side reads
 * the left. DuckDB's text of one reads the sides as tables {@value #LEFT} and {@value #RIGHT}.
 */
final class OpaqueJoin {
  static final String LEFT = "__auspex_left";
  static final String RIGHT = "__auspex_right";

  private final Binding binding;
  private final ObjectNode join;
  private final CommonTables tables;
  private final Correlation correlation;

  OpaqueJoin(Binding binding, ObjectNode join, CommonTables tables, FromBinder from) {
    this.binding = binding;
    this.join = join;
    this.tables = tables;
    this.correlation = new Correlation(binding, from, tables);
  }

  Source of(Source left, Source right) {
    boolean keepsLeftOnly = Json.is(join, "join_type", "SEMI", "ANTI");
    List<String> names = new ArrayList<>(left.rows().getRowType().getFieldNames());
    List<String> columns = new ArrayList<>(names.stream().map(n -> column(LEFT, n)).toList());
    if (!keepsLeftOnly) {
      List<String> more = right.rows().getRowType().getFieldNames();
      names.addAll(more);
      more.forEach(name -> columns.add(column(RIGHT, name)));
    }
    List<String> distinct = Projections.distinct(names);
    String select = select(columns, distinct);
    Template template = new Template(binding);
    String on = template.text(condition(left, right, template));
    List<String> pieces =
        List.of(select + " FROM ", " AS " + LEFT + ' ' + keyword() + ' ', " AS " + RIGHT + on);
    RelNode rows =
        new OpaqueQuery(binding.cluster(), pieces, List.of(left.rows(), right.rows()), distinct);
    binding.planning().keepsText(keyword());
    return new Source(rows, keepsLeftOnly ? left.scope() : scope(left, right));
  }

  private Scope scope(Source left, Source right) {
    Scope both = left.scope().beside(right.scope(), left.width());
    List<String> common = Json.texts(join, "using_columns");
    Map<String, Integer> merged = new LinkedHashMap<>();
    common.forEach(name -> merged.put(Names.fold(name), JoinBinder.ordinal(left.scope(), name)));
    if (!common.isEmpty() && !Json.is(join, "join_type", "INNER", "LEFT")) {
      throw new NotUnderstood(Json.text(join, "join_type") + " join USING");
    }
    return both.merged(merged);
  }

  private String keyword() {
    String ofType =
        switch (Json.text(join, "join_type")) {
          case "INNER" -> "";
          case "OUTER" -> "FULL ";
          default -> Json.text(join, "join_type") + ' ';
        };
    return switch (Json.text(join, "ref_type")) {
      case "ASOF" -> "ASOF " + ofType + "JOIN";
      case "POSITIONAL" -> "POSITIONAL JOIN";
      case "REGULAR" -> ofType + "JOIN";
      default -> throw new NotUnderstood(Json.text(join, "ref_type") + " join");
    };
  }

  private String condition(Source left, Source right, Template template) {
    List<String> common = JoinBinder.common(join, left, right);
    if (!common.isEmpty()) {
      List<String> conditions = new ArrayList<>();
      for (String name : common) {
        // Of an ASOF join, the last one is the one that orders.
        boolean orders =
            Json.is(join, "ref_type", "ASOF") && name.equals(common.get(common.size() - 1));
        conditions.add(
            column(LEFT, name(left, name))
                + (orders ? " >= " : " = ")
                + column(RIGHT, name(right, name)));
      }
      return " ON " + String.join(" AND ", conditions);
    }
    Optional<ObjectNode> condition = Json.child(join, "condition");
    if (condition.isEmpty()) {
      return "";
    }
    Scope scope = left.scope().beside(right.scope(), left.width());
    Sides sides = new Sides(binding, correlation, template, name -> side(name, scope, left, right));
    return " ON " + binding.printer().expression(sides.renamed(condition.get()));
  }

  private static String name(Source source, String column) {
    return source
        .rows()
        .getRowType()
        .getFieldNames()
        .get(JoinBinder.ordinal(source.scope(), column));
  }

  private static Optional<ObjectNode> side(
      List<String> name, Scope scope, Source left, Source right) {
    return scope
        .find(name)
        .map(
            found -> {
              boolean isLeft = found.ordinal() < left.width();
              Source source = isLeft ? left : right;
              int ordinal = isLeft ? found.ordinal() : found.ordinal() - left.width();
              List<String> path = new ArrayList<>(List.of(isLeft ? LEFT : RIGHT));
              path.add(source.rows().getRowType().getFieldNames().get(ordinal));
              path.addAll(found.fields());
              return Trees.column(path);
            });
  }

  /** A join whose right side DuckDB computes for each row of the left one. */
  Source lateral(Source left) {
    ObjectNode right = (ObjectNode) join.path("right");
    if (Json.has(join, "using_columns") || !Json.is(join, "ref_type", "REGULAR", "CROSS")) {
      throw new NotUnderstood("a lateral join by common columns");
    } else if (tables.predicts(right)) {
      throw new NotUnderstood("PREDICT in a table that reads others beside it");
    } else if (tables.readsText(right) || !Json.is(join, "join_type", "INNER", "LEFT")) {
      throw new NotUnderstood("a lateral join");
    }
    Template template = new Template(binding);
    Scope scope = left.scope();
    Sides sides = new Sides(binding, correlation, template, name -> side(name, scope, left, left));
    ObjectNode alone = sides.lateral(right);
    String printed = binding.printer().query(tables.carriedInto(Trees.allOf(alone)));
    String text = template.text(printed);
    List<String> leftNames = left.rows().getRowType().getFieldNames();
    String all = select(leftNames.stream().map(n -> column(LEFT, n)).toList(), leftNames);
    String tail = " AS " + LEFT + lateralKeyword() + "(" + text + ") AS " + RIGHT + on();
    RelNode probe =
        new OpaqueQuery(
            binding.cluster(),
            List.of("SELECT " + RIGHT + ".* FROM ", tail),
            List.of(left.rows()),
            List.of());
    List<String> rightNames = binding.planning().columns(probe).stream().map(Column::name).toList();
    List<String> names =
        Projections.distinct(Stream.concat(leftNames.stream(), rightNames.stream()).toList());
    String select =
        all
            + ", "
            + columns(
                rightNames.stream().map(n -> column(RIGHT, n)).toList(),
                names.subList(leftNames.size(), names.size()));
    RelNode rows =
        new OpaqueQuery(
            binding.cluster(), List.of(select + " FROM ", tail), List.of(left.rows()), names);
    binding.planning().keepsText("LATERAL");
    String alias = Json.text(right, "alias");
    List<String> name =
        List.of(alias.isEmpty() ? Json.text(right.path("function"), "function_name") : alias);
    return new Source(rows, left.scope().beside(Scope.of(name, rightNames), left.width()));
  }

  private String lateralKeyword() {
    return Json.is(join, "join_type", "LEFT") ? " LEFT JOIN LATERAL " : ", LATERAL ";
  }

  private String on() {
    if (Json.is(join, "join_type", "LEFT")) {
      if (Json.child(join, "condition").filter(OpaqueJoin::isTrue).isEmpty()) {
        throw new NotUnderstood("a lateral join with a condition");
      }
      return " ON true";
    } else if (Json.has(join, "condition") && !isTrue(join.path("condition"))) {
      throw new NotUnderstood("a lateral join with a condition");
    }
    return "";
  }

  private static boolean isTrue(JsonNode condition) {
    return condition.path("literal").path("text").asText().equalsIgnoreCase("true");
  }

  private static String column(String table, String name) {
    return table + '.' + Names.quote(name);
  }

  private static String select(List<String> columns, List<String> names) {
    return "SELECT " + columns(columns, names);
  }

  private static String columns(List<String> columns, List<String> names) {
    List<String> items = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      items.add(columns.get(i) + " AS " + Names.quote(names.get(i)));
    }
    return String.join(", ", items);
  }
}
