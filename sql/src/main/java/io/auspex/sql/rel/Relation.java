package io.auspex.sql.rel;

import io.auspex.catalog.Column;
import java.util.List;
import org.apache.calcite.linq4j.tree.TableExpressionFactory;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.prepare.RelOptTableImpl;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalTableScan;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.impl.AbstractTable;

/** Something DuckDB reads rows from, to Calcite a table. */
public final class Relation extends AbstractTable {
  /** Calcite only plans. */
  private static final TableExpressionFactory NEVER_RUN =
      type -> {
        throw new UnsupportedOperationException("a table that Calcite is to read");
      };

  private final String sql;
  private final String alias;
  private final List<Column> columns;
  private final long rows;

  /**
   * @param sql what stands for it in a FROM clause: a qualified name, or a query in parentheses
   * @param alias what FROM calls it
   * @param rows an estimate; −1 where unknown
   */
  public Relation(String sql, String alias, List<Column> columns, long rows) {
    this.sql = sql;
    this.alias = alias;
    this.columns = List.copyOf(columns);
    this.rows = rows;
  }

  /** Its columns, with the types DuckDB gives them. */
  public List<Column> columns() {
    return columns;
  }

  /** What stands for it in a FROM clause. */
  public RawSql sql() {
    return new RawSql(sql, alias);
  }

  /** The reading of all its rows. */
  public RelNode scan(RelOptCluster cluster) {
    RelDataType row = getRowType(cluster.getTypeFactory());
    RelOptTable table = RelOptTableImpl.create(null, row, List.of(sql), this, NEVER_RUN);
    return LogicalTableScan.create(cluster, table, List.of());
  }

  @Override
  public RelDataType getRowType(RelDataTypeFactory factory) {
    return Types.row(factory, columns.stream().map(Column::name).toList());
  }

  /** How many rows it has, as DuckDB estimates it; −1 where unknown. */
  public long rows() {
    return rows;
  }
}
