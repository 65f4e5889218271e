package io.auspex.sql.validate;

import io.auspex.catalog.Names;
import io.auspex.sql.parser.NotUnderstood;
import java.math.BigDecimal;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlUnknownLiteral;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.NlsString;

/** Literals as DuckDB reads them. */
final class Literals {
  private Literals() {}

  static String text(SqlLiteral literal) {
    if (literal instanceof SqlNumericLiteral number) {
      return number(number);
    } else if (literal instanceof SqlCharStringLiteral string) {
      return string(string.getValueAs(NlsString.class));
    } else if (literal instanceof SqlUnknownLiteral typed) {
      return typed.tag + ' ' + Names.literal(typed.getValue());
    } else if (literal instanceof SqlIntervalLiteral interval) {
      return interval(interval.getValueAs(SqlIntervalLiteral.IntervalValue.class));
    } else if (literal.getTypeName() == SqlTypeName.NULL) {
      return "NULL";
    } else if (literal.getTypeName() == SqlTypeName.BOOLEAN) {
      return literal.booleanValue() ? "TRUE" : "FALSE";
    }
    throw new NotUnderstood("the literal " + literal);
  }

  /** DuckDB takes digits with a point for DECIMAL, with an exponent for DOUBLE, as Calcite does. */
  private static String number(SqlNumericLiteral number) {
    BigDecimal value = number.getValueAs(BigDecimal.class);
    String text = number.isExact() ? value.toPlainString() : number.toValue();
    return value.signum() < 0 ? '(' + text + ')' : text;
  }

  private static String interval(SqlIntervalLiteral.IntervalValue value) {
    String unit = value.getIntervalQualifier().timeUnitRange.startUnit.name();
    return "INTERVAL " + Names.literal(value.getIntervalLiteral()) + ' ' + unit;
  }

  private static String string(NlsString string) {
    if (string.getCharsetName() != null) {
      throw new NotUnderstood("a string literal with a character set");
    }
    return Names.literal(string.getValue());
  }
}
