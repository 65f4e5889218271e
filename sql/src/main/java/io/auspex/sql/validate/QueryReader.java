package io.auspex.sql.validate;

import io.auspex.catalog.Names;
import io.auspex.sql.context.PlanningContext;
import io.auspex.sql.parser.NotUnderstood;
import io.auspex.sql.rel.Verbatim;
import io.auspex.sql.statement.QueryText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlSelectKeyword;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;

/**
 * Reads a parsed query into the one Calcite is to validate: expressions are {@link Verbatim}, names
 * of functions and tables are resolved as DuckDB resolves them, and whatever is not known to mean
 * the same to both is refused as {@link NotUnderstood}.
 */
public final class QueryReader {
  private final ExpressionReader expressions;
  private final FromReader from;
  private final PredictReader predictions;
  private final Set<String> aliasesOfGroups;
  private final Set<String> aliasesRead = new HashSet<>();

  /**
   * @param aliasesOfGroups names in GROUP BY that are no columns, so that they are what the SELECT
   *     list calls so
   */
  QueryReader(
      QueryText query, PlanningContext context, Relations relations, Set<String> aliasesOfGroups) {
    Parameters parameters = new Parameters(context.parameterTypes());
    this.predictions = new PredictReader(context);
    this.expressions =
        new ExpressionReader(new FunctionReader(context, predictions), this::subquery, parameters);
    SourceText source = new SourceText(query.text(), parameters);
    this.from = new FromReader(this, expressions, predictions, context, relations, source);
    this.aliasesOfGroups = aliasesOfGroups;
  }

  SqlNode query(SqlNode node) {
    return switch (node.getKind()) {
      case SELECT -> select((SqlSelect) node);
      case ORDER_BY -> orderBy((SqlOrderBy) node);
      case WITH -> with((SqlWith) node);
      case UNION, INTERSECT, EXCEPT -> setOperation((SqlCall) node);
      default ->
          throw new NotUnderstood(
              node.getKind().lowerName.toUpperCase(Locale.ROOT) + " as a query");
    };
  }

  private SqlNode subquery(SqlNode node) {
    if (PredictReader.isIn(node)) {
      throw new NotUnderstood("PREDICT in a subquery of an expression");
    }
    return from.inParentheses(node);
  }

  private SqlNode setOperation(SqlCall call) {
    List<SqlNode> inputs = call.getOperandList().stream().map(this::query).toList();
    return call.getOperator().createCall(call.getParserPosition(), inputs);
  }

  private SqlNode with(SqlWith with) {
    List<SqlNode> items = new ArrayList<>();
    for (SqlNode node : with.withList) {
      SqlWithItem item = (SqlWithItem) node;
      if (item.recursive.booleanValue()) {
        throw new NotUnderstood("WITH RECURSIVE");
      }
      SqlNode body = from.inParentheses(item.query);
      from.define(item.name.getSimple());
      items.add(
          new SqlWithItem(
              item.getParserPosition(), item.name, item.columnList, body, item.recursive));
    }
    SqlNodeList list = new SqlNodeList(items, with.withList.getParserPosition());
    return new SqlWith(with.getParserPosition(), list, query(with.body));
  }

  private SqlNode orderBy(SqlOrderBy order) {
    List<SqlNode> keys = new ArrayList<>();
    for (SqlNode key : order.orderList) {
      keys.add(sortKey(key, order.query));
    }
    return new SqlOrderBy(
        order.getParserPosition(),
        query(order.query),
        new SqlNodeList(keys, order.orderList.getParserPosition()),
        order.offset,
        order.fetch);
  }

  private SqlNode sortKey(SqlNode key, SqlNode query) {
    if (key.getKind() == SqlKind.DESCENDING
        || key.getKind() == SqlKind.NULLS_FIRST
        || key.getKind() == SqlKind.NULLS_LAST) {
      SqlCall call = (SqlCall) key;
      return call.getOperator()
          .createCall(call.getParserPosition(), sortKey(call.operand(0), query));
    } else if (isOrdinal(key) || key instanceof SqlIdentifier) {
      return key;
    }
    if (!(query instanceof SqlSelect select) || readsAlias(key, select)) {
      throw new NotUnderstood("ORDER BY an expression of what SELECT renames");
    }
    return expressions.expression(key);
  }

  /** Inside an expression, DuckDB and Calcite look names up in different orders. */
  private static boolean readsAlias(SqlNode key, SqlSelect select) {
    Set<String> aliases = new HashSet<>();
    for (SqlNode item : select.getSelectList()) {
      if (item.getKind() == SqlKind.AS) {
        aliases.add(Names.fold(alias(item)));
      }
    }
    boolean[] found = new boolean[1];
    Trees.forEach(
        key,
        node ->
            found[0] |=
                node instanceof SqlIdentifier name
                    && name.names.size() == 1
                    && aliases.contains(Names.fold(name.names.get(0))));
    return found[0];
  }

  private static String alias(SqlNode as) {
    return ((SqlIdentifier) ((SqlCall) as).operand(1)).getSimple();
  }

  private static boolean isOrdinal(SqlNode node) {
    return node instanceof SqlNumericLiteral number
        && number.isInteger()
        && number.bigDecimalValue().signum() > 0;
  }

  private SqlNode select(SqlSelect select) {
    check(select);
    List<SqlNode> items = new ArrayList<>();
    for (SqlNode item : select.getSelectList()) {
      items.add(item(item));
    }
    SqlNodeList groups = select.getGroup() == null ? null : groups(select);
    return new SqlSelect(
        select.getParserPosition(),
        keywords(select),
        new SqlNodeList(items, select.getSelectList().getParserPosition()),
        from.read(select.getFrom()),
        select.getWhere() == null ? null : expressions.condition(select.getWhere()),
        groups,
        select.getHaving() == null ? null : expressions.condition(select.getHaving()),
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private static SqlNodeList keywords(SqlSelect select) {
    return select.isDistinct()
        ? SqlNodeList.of(SqlSelectKeyword.DISTINCT.symbol(select.getParserPosition()))
        : SqlNodeList.EMPTY;
  }

  private static void check(SqlSelect select) {
    if (select.getFrom() == null) {
      throw new NotUnderstood("SELECT without FROM");
    } else if (select.getQualify() != null) {
      throw new NotUnderstood("QUALIFY");
    } else if (!select.getWindowList().isEmpty()) {
      throw new NotUnderstood("WINDOW");
    } else if (select.hasHints()) {
      throw new NotUnderstood("a hint");
    }
  }

  private SqlNode item(SqlNode item) {
    if (item.getKind() != SqlKind.AS) {
      return expressions.expression(item);
    }
    SqlCall as = (SqlCall) item;
    return as.getOperator()
        .createCall(as.getParserPosition(), expressions.expression(as.operand(0)), as.operand(1));
  }

  private SqlNodeList groups(SqlSelect select) {
    List<SqlNode> groups = new ArrayList<>();
    for (SqlNode key : select.getGroup()) {
      groups.add(isOrdinal(key) ? key : expressions.expression(aliased(key, select)));
    }
    return new SqlNodeList(groups, select.getGroup().getParserPosition());
  }

  /** In GROUP BY, DuckDB takes a name for a column first, then for what SELECT calls so. */
  private SqlNode aliased(SqlNode key, SqlSelect select) {
    if (!(key instanceof SqlIdentifier name)
        || !name.isSimple()
        || !aliasesOfGroups.contains(Names.fold(name.getSimple()))) {
      return key;
    }
    for (SqlNode item : select.getSelectList()) {
      if (item.getKind() == SqlKind.AS && ExpressionReader.isNamed(name, alias(item))) {
        if (!aliasesRead.add(Names.fold(name.getSimple()))) {
          throw new NotUnderstood("GROUP BY " + name + ", which is no column, twice");
        }
        return ((SqlCall) item).operand(0);
      }
    }
    return key;
  }
}
