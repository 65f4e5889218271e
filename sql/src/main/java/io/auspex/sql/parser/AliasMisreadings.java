package io.auspex.sql.parser;

import io.auspex.catalog.Names;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.util.SqlBasicVisitor;

/**
 * Names that a SELECT gives to an expression and uses itself. DuckDB takes a column of that name
 * first, in every clause but a bare ORDER BY, and the expression where there is none; Calcite
 * decides otherwise, and by clause. A bare name in GROUP BY is left to who knows the columns.
 */
final class AliasMisreadings extends SqlBasicVisitor<Void> {

  @Override
  public Void visit(SqlCall call) {
    if (call instanceof SqlSelect select) {
      refuseUse(select);
    } else if (call instanceof SqlOrderBy order && order.query instanceof SqlSelect select) {
      refuseUseInOrder(order, aliases(select));
    }
    return super.visit(call);
  }

  private static void refuseUse(SqlSelect select) {
    Set<String> aliases = aliases(select);
    for (SqlNode clause : clauses(select)) {
      refuseNames(clause, aliases);
    }
    for (SqlNode item : select.getSelectList()) {
      if (item.getKind() == SqlKind.AS) {
        Set<String> others = new HashSet<>(aliases);
        others.remove(alias(item));
        refuseNames(((SqlCall) item).operand(0), others);
      } else {
        refuseNames(item, aliases);
      }
    }
  }

  private static List<SqlNode> clauses(SqlSelect select) {
    Stream<SqlNode> groups = select.getGroup() == null ? Stream.of() : select.getGroup().stream();
    return Stream.concat(
            Stream.of(select.getWhere(), select.getHaving()),
            groups.filter(key -> !(key instanceof SqlIdentifier)))
        .filter(Objects::nonNull)
        .toList();
  }

  private static void refuseUseInOrder(SqlOrderBy order, Set<String> aliases) {
    for (SqlNode item : order.orderList) {
      SqlNode key = item;
      while (isDirection(key)) {
        key = ((SqlCall) key).operand(0);
      }
      if (!(key instanceof SqlIdentifier)) {
        refuseNames(key, aliases);
      }
    }
  }

  private static boolean isDirection(SqlNode node) {
    SqlKind kind = node.getKind();
    return kind == SqlKind.DESCENDING || kind == SqlKind.NULLS_FIRST || kind == SqlKind.NULLS_LAST;
  }

  /** Names given to something else than a column of that name. */
  private static Set<String> aliases(SqlSelect select) {
    Set<String> aliases = new HashSet<>();
    for (SqlNode item : select.getSelectList()) {
      if (item.getKind() == SqlKind.AS && !keepsItsName(((SqlCall) item).operand(0), item)) {
        aliases.add(alias(item));
      }
    }
    return aliases;
  }

  private static boolean keepsItsName(SqlNode expression, SqlNode item) {
    return expression instanceof SqlIdentifier column
        && !column.isStar()
        && Names.fold(column.names.get(column.names.size() - 1)).equals(alias(item));
  }

  private static String alias(SqlNode as) {
    return Names.fold(((SqlIdentifier) ((SqlCall) as).operand(1)).getSimple());
  }

  private static void refuseNames(SqlNode node, Set<String> aliases) {
    node.accept(
        new SqlBasicVisitor<Void>() {
          @Override
          public Void visit(SqlIdentifier identifier) {
            if (!identifier.isStar() && aliases.contains(Names.fold(identifier.names.get(0)))) {
              throw new NotUnderstood(
                  "the alias " + identifier.names.get(0) + " used in its own SELECT");
            }
            return null;
          }
        });
  }
}
