package io.auspex.sql.rel;

import io.auspex.catalog.ModelVersion;
import io.auspex.sql.fragment.OutputNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.SqlTableFunction;
import org.apache.calcite.sql.TableCharacteristic;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;

/**
 * {@code PREDICT(MODEL m, TABLE t)} as a table function of its one operand, the table.
 *
 * <p>Lives only until the rules have made a {@link io.auspex.sql.rel.Predict} of it.
 */
public final class PredictTable extends SqlFunction implements SqlTableFunction {
  private final ModelVersion model;
  private final Optional<List<String>> columns;

  /**
   * @param columns those {@code DESCRIPTOR} names, bound by position; empty to bind by name
   */
  public PredictTable(ModelVersion model, Optional<List<String>> columns) {
    super(
        "PREDICT",
        SqlKind.OTHER_FUNCTION,
        ReturnTypes.explicit(SqlTypeName.CURSOR),
        null,
        OperandTypes.ANY,
        SqlFunctionCategory.USER_DEFINED_TABLE_FUNCTION);
    this.model = model;
    this.columns = columns;
  }

  public ModelVersion model() {
    return model;
  }

  public Optional<List<String>> columns() {
    return columns;
  }

  @Override
  public SqlReturnTypeInference getRowTypeInference() {
    return this::rowType;
  }

  private RelDataType rowType(SqlOperatorBinding binding) {
    RelDataTypeFactory factory = binding.getTypeFactory();
    RelDataType input = binding.getOperandType(0);
    List<String> names = new ArrayList<>(input.getFieldNames());
    names.addAll(OutputNames.of(model, names));
    RelDataTypeFactory.Builder row = factory.builder().addAll(input.getFieldList());
    for (int i = input.getFieldCount(); i < names.size(); i++) {
      row.add(names.get(i), Types.any(factory));
    }
    return row.build();
  }

  @Override
  public TableCharacteristic tableCharacteristic(int ordinal) {
    return TableCharacteristic.builder(TableCharacteristic.Semantics.ROW).build();
  }

  @Override
  public boolean argumentMustBeScalar(int ordinal) {
    return false;
  }

  @Override
  public RelDataType deriveType(SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
    validator.deriveType(scope, call.operand(0));
    return validator.getTypeFactory().createSqlType(SqlTypeName.CURSOR);
  }
}
