package io.auspex.udf.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.Column;
import io.auspex.catalog.ElementType;
import io.auspex.catalog.ErrorCode;
import io.auspex.catalog.Input;
import io.auspex.catalog.ModelOptions;
import io.auspex.catalog.ModelVersion;
import io.auspex.catalog.Signature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BindingsTest {
  private static final Input TENURE = scalar("tenure", ElementType.FLOAT);
  private static final Input PLAN = scalar("plan", ElementType.STRING);
  private static final Input TABLE =
      new Input("X", ElementType.FLOAT, List.of(-1L, 3L), List.of("a", "b", "c"));
  private static final Input UNNAMED =
      new Input("X", ElementType.FLOAT, List.of(-1L, 3L), List.of());
  private static final Input DYNAMIC =
      new Input("X", ElementType.FLOAT, List.of(-1L, -1L), List.of());

  @Test
  void namesBindWhateverTheirOrderAndCase() {
    assertThat(
            Bindings.byName(
                model(TENURE, PLAN), columns("Plan VARCHAR", "id INTEGER", "TENURE FLOAT")))
        .containsExactly(
            new Feature(TENURE, 0, 2, "FLOAT", false), new Feature(PLAN, 0, 0, "VARCHAR", false));
  }

  @Test
  void oneTensorTakesAColumnAFeature() {
    assertThat(Bindings.byName(model(TABLE), columns("c INTEGER", "b DECIMAL(18,3)", "a DOUBLE")))
        .containsExactly(
            new Feature(TABLE, 0, 2, "DOUBLE", false),
            new Feature(TABLE, 1, 1, "FLOAT", true),
            new Feature(TABLE, 2, 0, "FLOAT", true));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "FLOAT[3];FLOAT[3];false",
        "FLOAT[];FLOAT[];false",
        "INTEGER[];FLOAT[];true",
        "DOUBLE[3];DOUBLE[3];false",
        "DECIMAL(18,3)[3];FLOAT[3];true"
      })
  void oneTensorTakesAnArrayNamedAsTheInput(String type, String carrier, boolean cast) {
    for (Input input : List.of(TABLE, UNNAMED, DYNAMIC)) {
      assertThat(Bindings.byName(model(input), columns("id BIGINT", "x " + type)))
          .containsExactly(new Feature(input, 0, 1, carrier, cast));
    }
  }

  @Test
  void namedFeaturesComeBeforeAnArrayOfTheInputsName() {
    List<Column> columns = columns("x FLOAT[3]", "a FLOAT", "b FLOAT", "c FLOAT");
    assertThat(Bindings.byName(model(TABLE), columns))
        .extracting(Feature::column)
        .containsExactly(1, 2, 3);
  }

  @Test
  void positionsBindInTheOrderGiven() {
    List<Column> columns = columns("x FLOAT", "y FLOAT", "z BOOLEAN");
    for (Input input : List.of(TABLE, UNNAMED, DYNAMIC)) {
      assertThat(Bindings.byPosition(model(input), columns))
          .containsExactly(
              new Feature(input, 0, 0, "FLOAT", false),
              new Feature(input, 1, 1, "FLOAT", false),
              new Feature(input, 2, 2, "FLOAT", true));
    }
    assertThat(Bindings.byPosition(model(TABLE), columns("v FLOAT[]")))
        .containsExactly(new Feature(TABLE, 0, 0, "FLOAT[]", false));
    assertThat(
            Bindings.byPosition(model(PLAN, DYNAMIC), columns("p VARCHAR", "x FLOAT", "y FLOAT")))
        .extracting(Feature::slot)
        .containsExactly(0, 0, 1);
  }

  @Test
  void theWrongNumberOfPositionsIsRefused() {
    assertFails(
            ErrorCode.FEATURE_COUNT, () -> Bindings.byPosition(model(TABLE), columns("a FLOAT")))
        .hasMessage("The model m takes 3 features (a, b, c), but 1 were given.");
    assertFails(
        ErrorCode.FEATURE_COUNT,
        () -> Bindings.byPosition(model(TENURE), columns("a FLOAT", "b FLOAT")));
    assertFails(ErrorCode.FEATURE_COUNT, () -> Bindings.byPosition(model(DYNAMIC), List.of()));
  }

  @Test
  void aMissingColumnOffersTheNearestName() {
    assertFails(
            ErrorCode.FEATURE_NOT_FOUND,
            () -> Bindings.byName(model(TENURE), columns("tenur FLOAT", "plan VARCHAR")))
        .hasMessage(
            "The model m needs a column tenure (FLOAT), which its input does not have."
                + " Did you mean tenur?");
  }

  @Test
  void twoColumnsOfANameAreAmbiguous() {
    assertFails(
        ErrorCode.FEATURE_AMBIGUOUS,
        () -> Bindings.byName(model(TENURE), columns("tenure FLOAT", "Tenure FLOAT")));
  }

  @Test
  void unnamedFeaturesAskForNames() {
    assertFails(
        ErrorCode.FEATURES_UNKNOWN,
        () -> Bindings.byName(model(UNNAMED), columns("a FLOAT", "x FLOAT")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "FLOAT;VARCHAR",
        "FLOAT;ENUM('a', 'b]')",
        "FLOAT;DATE",
        "FLOAT;TIMESTAMP WITH TIME ZONE",
        "FLOAT;BIT",
        "FLOAT;FLOAT[3]",
        "FLOAT;STRUCT(a INTEGER)",
        "STRING;INTEGER",
        "STRING;BOOLEAN",
        "STRING;JSON",
        "STRING;DATE",
        "BOOL;DOUBLE",
        "BOOL;VARCHAR",
        "INT64;VARCHAR",
      })
  void whatDoesNotFitIsRefusedWithAHint(ElementType element, String type) {
    assertFails(
            ErrorCode.FEATURE_TYPE,
            () -> Bindings.byName(model(scalar("v", element)), List.of(new Column("v", type))))
        .hasMessageContaining(type)
        .hasMessageContaining("\"v\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "FLOAT;HUGEINT;FLOAT",
        "FLOAT;UTINYINT;FLOAT",
        "FLOAT16;DOUBLE;DOUBLE",
        "FLOAT16;DECIMAL(4,1);FLOAT",
        "DOUBLE;FLOAT;DOUBLE",
        "INT64;DOUBLE;BIGINT",
        "INT64;DECIMAL(18,3);BIGINT",
        "UINT8;BOOLEAN;UTINYINT",
        "BOOL;INTEGER;BOOLEAN",
        "STRING;ENUM('a', 'b');VARCHAR",
        "FLOAT;\"NULL\";FLOAT",
        "STRING;\"NULL\";VARCHAR"
      })
  void whatFitsIsCastToTheTensorsType(ElementType element, String type, String carrier) {
    assertThat(Bindings.byName(model(scalar("v", element)), List.of(new Column("v", type))))
        .extracting(Feature::sqlType, Feature::cast)
        .containsExactly(tuple(carrier, !carrier.equals(type)));
  }

  @Test
  void anArrayOfAnotherLengthIsRefused() {
    assertFails(
        ErrorCode.FEATURE_TYPE, () -> Bindings.byName(model(UNNAMED), columns("x FLOAT[4]")));
  }

  private static Input scalar(String name, ElementType type) {
    return new Input(name, type, List.of(-1L, 1L), List.of(name));
  }

  private static ModelVersion model(Input... inputs) {
    Signature signature = new Signature(List.of(inputs), List.of());
    return new ModelVersion(
        "m", 1, "d", List.of(), 0, Instant.EPOCH, 17, "", "", signature, ModelOptions.NONE);
  }

  /** Columns from {@code "name TYPE"}. */
  private static List<Column> columns(String... definitions) {
    List<Column> columns = new ArrayList<>();
    for (String definition : definitions) {
      int space = definition.indexOf(' ');
      columns.add(new Column(definition.substring(0, space), definition.substring(space + 1)));
    }
    return columns;
  }

  private static AbstractThrowableAssert<?, ?> assertFails(ErrorCode code, ThrowingCallable call) {
    return assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            AuspexException.class, error -> assertThat(error.code()).isEqualTo(code));
  }
}
