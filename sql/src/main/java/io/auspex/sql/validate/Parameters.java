package io.auspex.sql.validate;

import io.auspex.sql.parser.NotUnderstood;
import io.auspex.sql.unparse.ParameterMarks;
import java.util.List;
import org.apache.calcite.sql.SqlDynamicParam;

/**
 * The statement's parameters as the query reads them. None stands outside the query, so that they
 * have the same ordinals in both.
 *
 * @param types DuckDB's
 */
record Parameters(List<String> types) {

  String text(SqlDynamicParam parameter) {
    return text(parameter.getIndex());
  }

  /**
   * @param ordinal 0-based
   */
  String text(int ordinal) {
    if (ordinal >= types.size()) {
      throw new NotUnderstood("a parameter of unknown type");
    }
    return ParameterMarks.value(ordinal, types.get(ordinal));
  }
}
