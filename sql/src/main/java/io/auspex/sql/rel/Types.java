package io.auspex.sql.rel;

import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * The types Calcite sees: true, false or unknown where it has to know, and otherwise "any". Real
 * types are DuckDB's own, asked of it by {@link io.auspex.sql.context.PlanningContext#describe}.
 */
public final class Types {
  private Types() {}

  /** The type of a condition, or of any other value. */
  public static RelDataType of(RelDataTypeFactory factory, boolean isPredicate) {
    return nullable(factory, isPredicate ? SqlTypeName.BOOLEAN : SqlTypeName.ANY);
  }

  /** The type of whatever DuckDB makes of it. */
  public static RelDataType any(RelDataTypeFactory factory) {
    return nullable(factory, SqlTypeName.ANY);
  }

  /** Rows of columns of these names. */
  public static RelDataType row(RelDataTypeFactory factory, List<String> names) {
    RelDataTypeFactory.Builder row = factory.builder();
    names.forEach(name -> row.add(name, any(factory)));
    return row.build();
  }

  private static RelDataType nullable(RelDataTypeFactory factory, SqlTypeName name) {
    return factory.createTypeWithNullability(factory.createSqlType(name), true);
  }
}
