package io.auspex.sql.validate;

import io.auspex.sql.rel.Types;
import java.util.Locale;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.apache.calcite.util.Optionality;

/** An aggregate function of DuckDB's, known by its name only. */
final class Aggregate extends SqlAggFunction {

  Aggregate(String name) {
    super(
        name.toLowerCase(Locale.ROOT),
        null,
        SqlKind.OTHER_FUNCTION,
        binding -> Types.any(binding.getTypeFactory()),
        null,
        OperandTypes.VARIADIC,
        SqlFunctionCategory.USER_DEFINED_FUNCTION,
        false,
        false,
        Optionality.FORBIDDEN);
  }

  @Override
  public RelDataType deriveType(SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
    call.getOperandList().forEach(operand -> validator.deriveType(scope, operand));
    return Types.any(validator.getTypeFactory());
  }
}
