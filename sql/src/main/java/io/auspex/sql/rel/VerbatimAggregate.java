package io.auspex.sql.rel;

import java.util.Objects;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.util.Optionality;

/** An aggregate as the user wrote it, DISTINCT, ORDER BY and FILTER included. */
public final class VerbatimAggregate extends SqlAggFunction {
  private final Verbatim call;

  public VerbatimAggregate(Verbatim call) {
    super(
        call.getName(),
        null,
        SqlKind.OTHER_FUNCTION,
        binding -> Types.any(binding.getTypeFactory()),
        null,
        OperandTypes.VARIADIC,
        SqlFunctionCategory.USER_DEFINED_FUNCTION,
        false,
        false,
        Optionality.FORBIDDEN);
    this.call = call;
  }

  /** The aggregate's text, with its arguments as operands. */
  public Verbatim call() {
    return call;
  }

  @Override
  public void unparse(SqlWriter writer, SqlCall written, int leftPrecedence, int rightPrecedence) {
    call.unparse(writer, written, leftPrecedence, rightPrecedence);
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof VerbatimAggregate other && other.call.equals(call);
  }

  @Override
  public int hashCode() {
    return Objects.hash(VerbatimAggregate.class, call);
  }
}
