package io.auspex.sql.unparse;

import io.auspex.sql.rel.RawSql;
import io.auspex.sql.rel.Relation;
import io.auspex.sql.rel.StreamScan;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.rel2sql.RelToSqlConverter;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.validate.SqlValidatorUtil;

/** DuckDB's SQL of a plan without predictions. */
public final class WarehouseSql extends RelToSqlConverter {
  private final boolean isForTypes;

  private WarehouseSql(boolean isForTypes) {
    super(WarehouseDialect.INSTANCE);
    this.isForTypes = isForTypes;
  }

  /** The text to run; reads streams by their names. Parameters are not yet numbered. */
  public static String of(RelNode plan) {
    return WarehouseDialect.sql(new WarehouseSql(false).statement(plan));
  }

  /** A text of the same columns that can be described before its streams exist. */
  public static String forTypes(RelNode plan) {
    return WarehouseDialect.sql(new WarehouseSql(true).statement(plan));
  }

  private SqlNode statement(RelNode plan) {
    return visitRoot(plan).asStatement();
  }

  @Override
  public Result visit(TableScan scan) {
    return named(scan.getTable().unwrapOrThrow(Relation.class).sql(), scan);
  }

  /** Called by Calcite, which finds it by the type of its parameter. */
  public Result visit(StreamScan scan) {
    return named(isForTypes ? scan.typeSql() : scan.sql(), scan);
  }

  /** A piece of FROM under a name of its own. */
  private Result named(RawSql from, RelNode node) {
    String alias =
        SqlValidatorUtil.uniquify(from.alias(), aliasSet, SqlValidatorUtil.EXPR_SUGGESTER);
    return result(
        from, List.of(Clause.FROM), alias, node.getRowType(), Map.of(alias, node.getRowType()));
  }
}
