package io.auspex.sql.rule;

import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.catalog.ElementType;
import io.auspex.sql.rel.Verbatim;
import io.auspex.udf.domain.Domain;
import io.auspex.udf.domain.Domain.Numbers;
import io.auspex.udf.domain.Domain.Texts;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.calcite.jdbc.JavaTypeFactoryImpl;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.sql.type.SqlTypeName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FeatureDomainTest {
  private static final RexBuilder REX = new RexBuilder(new JavaTypeFactoryImpl());

  /** A conjunct as the binder makes it, a question mark for the column. */
  private static RexCall conjunct(String text) {
    RelDataType any = REX.getTypeFactory().createSqlType(SqlTypeName.ANY);
    Verbatim operator = new Verbatim(List.of(text.split("\\?", -1)), false, true, Set.<String>of());
    return (RexCall) REX.makeCall(any, operator, List.of(REX.makeInputRef(any, 0)));
  }

  private static Optional<Domain> domain(String column, ElementType feature, String... texts) {
    List<Restriction> restrictions =
        Stream.of(texts).flatMap(text -> Restriction.of(conjunct(text)).stream()).toList();
    return FeatureDomain.of(restrictions, column, feature);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // NaN is greater than all numbers; whole numbers have none.
        "INTEGER | ? > 5              | 6               | Infinity         | false",
        "INTEGER | 5 >= ?             | -Infinity       | 5                | false",
        "BIGINT  | (? < 5.5)          | -Infinity       | 5                | false",
        "INTEGER | ? >= 0.1           | 1               | Infinity         | false",
        "INTEGER | ? >= 5.00000000000000000000000000000000000000001 | 5 | Infinity | false",
        "FLOAT   | ? > 5              | 5.0000005       | Infinity         | true",
        "FLOAT   | ? >= -5            | -5              | Infinity         | true",
        "FLOAT   | ? < 5              | -Infinity       | 4.9999995        | false",
        "FLOAT   | ? = 0.5            | 0.5             | 0.5              | false",
        "DOUBLE  | ? < 5              | -Infinity       | 5                | false",
        "DOUBLE  | ? BETWEEN -1 AND 2.5e0 | -1          | 2.5              | false",
        "SMALLINT | ? IS NOT NULL     | -Infinity       | Infinity         | false",
        "INTEGER | ? IN (7, -3, 4)    | -3              | 7                | false",
        "BOOLEAN | ?                  | 1               | 1                | false",
        "BOOLEAN | NOT ?              | 0               | 0                | false",
        "BOOLEAN | (? = true)         | 1               | 1                | false"
      })
  void boundsOfFloats(String column, String text, String low, String high, boolean isMissing) {
    Numbers numbers = (Numbers) domain(column, ElementType.FLOAT, text).orElseThrow();
    assertThat(numbers.low()).isEqualTo(Float.parseFloat(low));
    assertThat(numbers.high()).isEqualTo(Float.parseFloat(high));
    assertThat(numbers.mayBeMissing()).isEqualTo(isMissing);
  }

  @ParameterizedTest
  @ValueSource(strings = {"FLOAT", "DOUBLE", "DECIMAL(18,6)", "HUGEINT"})
  void boundsAreWiderWhereItIsNotCertainWhatIsCompared(String column) {
    Numbers numbers =
        (Numbers) domain(column, ElementType.DOUBLE, "? BETWEEN 0.1 AND 0.3").orElseThrow();
    boolean isFloat = column.equals("FLOAT");
    assertThat(numbers.low()).isLessThan(isFloat ? 0.1f : 0.1).isGreaterThan(0.0999);
    assertThat(numbers.high()).isGreaterThan(isFloat ? 0.3f : 0.3).isLessThan(0.301);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "INTEGER | ? > 9007199254740993",
        "INTEGER | ? > '5'",
        "INTEGER | ? > 5 + 1",
        "INTEGER | ? <> 5",
        "INTEGER | ? IN (1, 'x')",
        "INTEGER | ?",
        "DOUBLE  | ? IS NOT NULL",
        "DATE    | ? IS NOT NULL",
        "VARCHAR | ? = 'a'"
      })
  void nothingIsSaidOfFloats(String column, String text) {
    assertThat(domain(column, ElementType.FLOAT, text)).isEmpty();
  }

  @Test
  void allHoldTogether() {
    assertThat(domain("INTEGER", ElementType.INT64, "? IN (1, 2, 9)", "? > 1", "? < 9"))
        .contains(Numbers.of(List.of(2.0), false));
    assertThat(domain("VARCHAR", ElementType.STRING, "? IN ('a', 'it''s')", "(? = 'it''s')"))
        .contains(new Texts(List.of("it's")));
    assertThat(domain("FLOAT", ElementType.FLOAT, "? IS NULL")).contains(Numbers.MISSING);
  }
}
