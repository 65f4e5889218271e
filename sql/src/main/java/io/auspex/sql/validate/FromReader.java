package io.auspex.sql.validate;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.Column;
import io.auspex.catalog.Names;
import io.auspex.sql.context.PlanningContext;
import io.auspex.sql.parser.NotUnderstood;
import io.auspex.sql.rel.Relation;
import io.auspex.sql.unparse.ParameterMarks;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * Reads FROM clauses. A query in one that has no prediction in it stays DuckDB's own text: Calcite
 * learns only its columns.
 */
final class FromReader {
  private final QueryReader queries;
  private final ExpressionReader expressions;
  private final PredictReader predictions;
  private final PlanningContext context;
  private final Relations relations;
  private final SourceText source;
  private final Map<String, Integer> readsOfWith = new HashMap<>();

  FromReader(
      QueryReader queries,
      ExpressionReader expressions,
      PredictReader predictions,
      PlanningContext context,
      Relations relations,
      SourceText source) {
    this.queries = queries;
    this.expressions = expressions;
    this.predictions = predictions;
    this.context = context;
    this.relations = relations;
    this.source = source;
  }

  /** Makes the name of a WITH item known. */
  void define(String name) {
    if (readsOfWith.put(Names.fold(name), 0) != null) {
      throw new NotUnderstood("two WITH items of the name " + name);
    }
  }

  SqlNode read(SqlNode from) {
    return switch (from.getKind()) {
      case IDENTIFIER -> table((SqlIdentifier) from);
      case AS -> alias((SqlCall) from);
      case JOIN -> join((SqlJoin) from);
      case COLLECTION_TABLE -> tableFunction(((SqlCall) from).operand(0));
      case SELECT, ORDER_BY, WITH, UNION, INTERSECT, EXCEPT, VALUES -> query(from);
      default -> throw new NotUnderstood(from.getKind() + " in FROM");
    };
  }

  private SqlNode alias(SqlCall as) {
    List<SqlNode> operands = as.getOperandList();
    SqlNode[] read = operands.toArray(SqlNode[]::new);
    SqlNode named = operands.get(0);
    // A relation brings an alias of its own, which this one replaces.
    read[0] = withoutAlias(read(named));
    return as.getOperator().createCall(as.getParserPosition(), read);
  }

  private static SqlNode withoutAlias(SqlNode read) {
    return read.getKind() == SqlKind.AS ? ((SqlCall) read).operand(0) : read;
  }

  private SqlNode join(SqlJoin join) {
    JoinType type = join.getJoinType();
    boolean isKnown =
        switch (type) {
          case INNER, LEFT, RIGHT, FULL, CROSS, COMMA -> true;
          default -> false;
        };
    if (!isKnown || join.isNatural()) {
      throw new NotUnderstood(join.isNatural() ? "NATURAL JOIN" : type + " JOIN");
    } else if (join.getConditionType() == JoinConditionType.USING) {
      throw new NotUnderstood("JOIN … USING");
    }
    SqlNode condition = join.getCondition();
    return new SqlJoin(
        join.getParserPosition(),
        read(join.getLeft()),
        join.isNaturalNode(),
        join.getJoinTypeNode(),
        read(join.getRight()),
        join.getConditionTypeNode(),
        condition == null ? null : expressions.condition(condition));
  }

  private SqlNode table(SqlIdentifier name) {
    if (name.isSimple() && countRead(name.getSimple())) {
      return name;
    }
    PlanningContext.Table table =
        context
            .table(name.names)
            .orElseThrow(() -> new NotUnderstood("the table " + String.join(".", name.names)));
    String sql = table.name().stream().map(Names::quote).collect(Collectors.joining("."));
    String alias = name.names.get(name.names.size() - 1);
    return relation(new Relation(sql, alias, table.columns(), table.rows()), alias, name);
  }

  /** Whether the name is a WITH item's; reading one twice would run it twice. */
  private boolean countRead(String name) {
    Integer reads = readsOfWith.computeIfPresent(Names.fold(name), (key, count) -> count + 1);
    if (reads != null && reads > 1) {
      throw new NotUnderstood("WITH " + name + ", which is read twice");
    }
    return reads != null;
  }

  private SqlNode tableFunction(SqlNode function) {
    if (PredictReader.isPredict(function)) {
      SqlCall call = (SqlCall) function;
      if (call.operandCount() < 2) {
        throw new NotUnderstood("PREDICT without a table in FROM");
      }
      return predictions.table(call, tableArgument(call.operand(1)));
    }
    if (PredictReader.isIn(function)) {
      throw new NotUnderstood("PREDICT in a table function");
    }
    String sql = source.functionCall(function);
    String alias = sql.substring(0, sql.indexOf('(')).strip();
    return described(sql, alias, function);
  }

  private SqlNode tableArgument(SqlNode argument) {
    if (argument.getKind() == SqlKind.EXPLICIT_TABLE) {
      return allOf(read(((SqlCall) argument).operand(0)));
    } else if (SqlKind.QUERY.contains(argument.getKind())) {
      return inParentheses(argument);
    }
    throw new NotUnderstood("PREDICT of " + argument);
  }

  private SqlNode query(SqlNode query) {
    return isOurs(query) ? queries.query(query) : text(query);
  }

  /** A query that stands in parentheses anywhere but in FROM. */
  SqlNode inParentheses(SqlNode query) {
    return isOurs(query) ? queries.query(query) : allOf(text(query));
  }

  /** Whether Calcite has to see inside: there is a prediction, or a WITH item's name. */
  private boolean isOurs(SqlNode query) {
    boolean[] found = {PredictReader.isIn(query)};
    Trees.forEach(
        query,
        node ->
            found[0] |=
                node instanceof SqlIdentifier name
                    && name.names.size() == 1
                    && readsOfWith.containsKey(Names.fold(name.names.get(0))));
    return found[0];
  }

  private SqlNode text(SqlNode query) {
    return described('(' + source.query(query) + ')', "query", query);
  }

  private SqlNode described(String sql, String alias, SqlNode node) {
    ParameterMarks.Numbered text = ParameterMarks.numbered("SELECT * FROM " + sql);
    List<String> types = text.types(context.parameterTypes());
    try {
      List<Column> columns = context.describe(text.sql(), types);
      return relation(new Relation(sql, alias, columns, -1), alias, node);
    } catch (AuspexException refused) {
      throw new NotUnderstood(refused.getMessage());
    }
  }

  private SqlNode relation(Relation relation, String alias, SqlNode node) {
    SqlParserPos position = node.getParserPosition();
    return SqlStdOperatorTable.AS.createCall(
        position, relations.add(relation, position), new SqlIdentifier(alias, position));
  }

  private static SqlNode allOf(SqlNode from) {
    SqlParserPos position = from.getParserPosition();
    SqlNodeList star = SqlNodeList.of(SqlIdentifier.star(position));
    return new SqlSelect(
        position, null, star, from, null, null, null, null, null, null, null, null, null);
  }
}
