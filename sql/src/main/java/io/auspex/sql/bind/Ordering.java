package io.auspex.sql.bind;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.auspex.catalog.Names;
import io.auspex.sql.context.NotUnderstood;
import io.auspex.sql.tree.Json;
import io.auspex.sql.tree.Trees;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.calcite.rel.RelCollation;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalSort;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.type.SqlTypeName;

/** What follows a query: ORDER BY, LIMIT and OFFSET. */
final class Ordering {
  private final Binding binding;
  private final List<ObjectNode> keys = new ArrayList<>();
  private Optional<ObjectNode> limit = Optional.empty();
  private boolean isDistinct;

  /** Of the query, which may have none of them. */
  Ordering(Binding binding, ObjectNode query) {
    this.binding = binding;
    for (ObjectNode modifier : Json.children(query, "modifiers")) {
      switch (Json.text(modifier, "type")) {
        case "ORDER_MODIFIER" -> keys.addAll(Json.children(modifier, "orders"));
        case "LIMIT_MODIFIER" -> limit = Optional.of(modifier);
        case "DISTINCT_MODIFIER" -> {
          if (Json.has(modifier, "distinct_on_targets")) {
            throw new NotUnderstood("DISTINCT ON");
          }
          isDistinct = true;
        }
        default -> throw new NotUnderstood(Json.text(modifier, "type"));
      }
    }
  }

  boolean isDistinct() {
    return isDistinct;
  }

  /** What is sorted by, in order. */
  List<ObjectNode> keys() {
    return keys.stream().map(key -> (ObjectNode) key.path("expression")).toList();
  }

  /** Of a set operation: its keys are ordinals and names of its columns. */
  RelNode ofColumns(RelNode rows) {
    List<String> names = rows.getRowType().getFieldNames();
    return of(rows, key -> List.of(ordinal(key, names)), names.size());
  }

  private static int ordinal(ObjectNode key, List<String> names) {
    Optional<Integer> number = number(key);
    if (number.isPresent()) {
      return number.get();
    }
    List<String> name = Json.texts(key, "column_names");
    List<String> folded = names.stream().map(Names::fold).toList();
    int found = name.size() == 1 ? folded.indexOf(Names.fold(name.get(0))) : -1;
    if (found < 0) {
      throw new NotUnderstood("ORDER BY an expression over a set operation");
    }
    return found;
  }

  /** The 0-based ordinal that a key is, where it is a number. */
  static Optional<Integer> number(ObjectNode key) {
    JsonNode literal = key.path("literal");
    return Json.is(literal, "kind", "INTEGER")
        ? Optional.of(literal.path("text").asInt() - 1)
        : Optional.empty();
  }

  /** Whether the key is ALL; COLUMNS(…), which DuckDB's tree calls the same, is not understood. */
  static boolean isAll(ObjectNode key) {
    boolean isAll = Trees.isStar(key);
    if (!isAll && Json.is(key, "class", "STAR")) {
      throw new NotUnderstood("ORDER BY COLUMNS");
    }
    return isAll;
  }

  /**
   * The rows, sorted and limited.
   *
   * @param ordinals the columns that a key means
   * @param width how many columns ALL means
   */
  RelNode of(RelNode rows, Function<ObjectNode, List<Integer>> ordinals, int width) {
    List<RelFieldCollation> fields = new ArrayList<>();
    for (ObjectNode key : keys) {
      ObjectNode expression = (ObjectNode) key.path("expression");
      List<Integer> columns =
          isAll(expression)
              ? IntStream.range(0, width).boxed().toList()
              : ordinals.apply(expression);
      for (int column : columns) {
        if (fields.stream().noneMatch(field -> field.getFieldIndex() == column)) {
          fields.add(collation(key, column));
        }
      }
    }
    if (fields.isEmpty() && limit.isEmpty()) {
      return rows;
    }
    RelCollation collation = RelCollations.of(fields);
    return LogicalSort.create(rows, collation, count("offset"), count("limit"));
  }

  private static RelFieldCollation collation(ObjectNode key, int column) {
    RelFieldCollation.Direction direction =
        switch (Json.text(key, "type")) {
          case "DESCENDING" -> RelFieldCollation.Direction.DESCENDING;
          case "ASCENDING", "ORDER_DEFAULT" -> RelFieldCollation.Direction.ASCENDING;
          default -> throw new NotUnderstood("ORDER BY … " + Json.text(key, "type"));
        };
    RelFieldCollation.NullDirection nulls =
        Json.is(key, "null_order", "NULLS FIRST")
            ? RelFieldCollation.NullDirection.FIRST
            : RelFieldCollation.NullDirection.LAST;
    return new RelFieldCollation(column, direction, nulls);
  }

  private RexNode count(String field) {
    Optional<ObjectNode> count = limit.flatMap(modifier -> Json.child(modifier, field));
    if (count.isEmpty()) {
      return null;
    } else if (!Json.is(limit.get(), "limit_type", "ROW_COUNT")) {
      throw new NotUnderstood("LIMIT … %");
    }
    JsonNode literal = count.get().path("literal");
    var bigint = binding.cluster().getTypeFactory().createSqlType(SqlTypeName.BIGINT);
    if (Json.is(literal, "kind", "INTEGER")) {
      String digits = Json.text(literal, "text").replace("_", "");
      return binding.rex().makeExactLiteral(new BigDecimal(digits), bigint);
    } else if (Json.is(count.get(), "class", "PARAMETER")) {
      int ordinal = Integer.parseInt(Json.text(count.get(), "identifier")) - 1;
      return binding.rex().makeDynamicParam(bigint, ordinal);
    }
    throw new NotUnderstood("LIMIT of an expression");
  }
}
