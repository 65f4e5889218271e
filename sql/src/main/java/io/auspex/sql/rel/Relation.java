package io.auspex.sql.rel;

import io.auspex.catalog.Column;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.impl.AbstractTable;

/** Something DuckDB reads rows from, to Calcite a table. */
public final class Relation extends AbstractTable {
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

  @Override
  public RelDataType getRowType(RelDataTypeFactory factory) {
    return Types.row(factory, columns.stream().map(Column::name).toList());
  }

  /** How many rows it has, as DuckDB estimates it; −1 where unknown. */
  public long rows() {
    return rows;
  }
}
