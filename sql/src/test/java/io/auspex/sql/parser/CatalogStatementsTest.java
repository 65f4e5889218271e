package io.auspex.sql.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;
import io.auspex.catalog.Position;
import io.auspex.catalog.Secret;
import io.auspex.sql.statement.Statement;
import io.auspex.sql.statement.Statement.OptionValue;
import io.auspex.sql.statement.Statement.OutputName;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogStatementsTest {

  @Test
  void createsAModel() {
    assertThat(CatalogStatements.parse("CREATE MODEL churn FROM 'models/churn.onnx'"))
        .isEqualTo(
            new Statement.CreateModel(
                false,
                false,
                "churn",
                "models/churn.onnx",
                List.of(),
                List.of(),
                Optional.empty(),
                Map.of(),
                new Position(1, 14),
                new Position(1, 25)));
  }

  @Test
  void takesTheClausesInAnyOrder() {
    Statement statement =
        CatalogStatements.parse(
            """
            create or replace model "My ""m" from 'it''s.onnx'
              with (input.SR = 16000, name = 's', quick = true, low = -1.5e3)
              comment 'what for'
              outputs (label as verdict, probability)
              features (a, "b c", model, features);""");
    assertThat(statement)
        .isEqualTo(
            new Statement.CreateModel(
                true,
                false,
                "My \"m",
                "it's.onnx",
                List.of("a", "b c", "model", "features"),
                List.of(
                    new OutputName("label", Optional.of("verdict"), new Position(4, 12)),
                    new OutputName("probability", Optional.empty(), new Position(4, 30))),
                Optional.of("what for"),
                Map.of(
                    "input.sr",
                    new OptionValue("16000", new Position(2, 9)),
                    "name",
                    new OptionValue("s", new Position(2, 27)),
                    "quick",
                    new OptionValue("true", new Position(2, 39)),
                    "low",
                    new OptionValue("-1.5e3", new Position(2, 53))),
                new Position(1, 25),
                new Position(1, 39)));
  }

  @Test
  void optionsAreOfTensorsOfAnyName() {
    Statement.CreateModel statement =
        (Statement.CreateModel)
            CatalogStatements.parse(
                "create model m from 'f' with (batch.next = 1, input.select = '', pad.\"a:0\" = 0,"
                    + " input.a.order.b = 2)");
    assertThat(statement.options())
        .containsOnlyKeys("batch.next", "input.select", "pad.a:0", "input.a.order.b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "model",
        "version",
        "features",
        "outputs",
        "comment",
        "alias",
        "if",
        "predict",
        "replace",
        "\"FROM\"",
        "\"a.b\"",
        "\"größe 表\""
      })
  void takesAnyNameForAModel(String name) {
    Statement.DropModel drop =
        (Statement.DropModel) CatalogStatements.parse("DROP MODEL " + name + " VERSION 3");
    assertThat(drop.model()).isEqualTo(name.replace("\"", ""));
    assertThat(drop.version()).contains("3");
    assertThat(CatalogStatements.parse("CREATE MODEL " + name + " FROM 'f'"))
        .isInstanceOf(Statement.CreateModel.class);
  }

  @Test
  void altersDropsShowsAndDescribes() {
    assertThat(CatalogStatements.parse("ALTER MODEL m SET DEFAULT VERSION 3"))
        .isEqualTo(new Statement.SetDefaultVersion("m", "3", new Position(1, 13)));
    assertThat(CatalogStatements.parse("ALTER MODEL m SET ALIAS champion = VERSION 3;"))
        .isEqualTo(new Statement.SetAlias("m", "champion", "3", new Position(1, 13)));
    assertThat(CatalogStatements.parse("DROP MODEL IF EXISTS m"))
        .isEqualTo(new Statement.DropModel("m", true, Optional.empty(), new Position(1, 22)));
    assertThat(CatalogStatements.parse("SHOW MODELS")).isEqualTo(new Statement.ShowModels());
    assertThat(CatalogStatements.parse("SHOW calibration"))
        .isEqualTo(new Statement.ShowCalibration());
    assertThat(CatalogStatements.parse("CALIBRATE;"))
        .isEqualTo(new Statement.Calibrate(new Position(1, 1)));
    assertThat(CatalogStatements.parse(" calibrate reset"))
        .isEqualTo(new Statement.ResetCalibration(new Position(1, 2)));
    assertThat(CatalogStatements.parse("DESC MODEL m VERSION champion"))
        .isEqualTo(new Statement.DescribeModel("m", Optional.of("champion"), new Position(1, 12)));
    assertThat(CatalogStatements.parse("DESCRIBE\nMODEL\tm"))
        .isEqualTo(new Statement.DescribeModel("m", Optional.empty(), new Position(2, 7)));
  }

  @Test
  void createsASource() {
    assertThat(
            CatalogStatements.parse(
                "CREATE OR REPLACE SOURCE \"Crm\" URL 'jdbc:postgresql://db/crm' WITH (fetch_size ="
                    + " 10, Pushdown = false) PASSWORD 'it''s' USER 'me';"))
        .isEqualTo(
            new Statement.CreateSource(
                true,
                "Crm",
                "jdbc:postgresql://db/crm",
                Optional.of("me"),
                Optional.of(new Statement.Password.Literal("it's")),
                Map.of(
                    "fetch_size", new OptionValue("10", new Position(1, 69)),
                    "pushdown", new OptionValue("false", new Position(1, 86))),
                new Position(1, 26)));
    assertThat(source("PASSWORD FROM ENV 'CRM_PW'").password())
        .contains(new Statement.Password.At(new Secret.FromEnvironment("CRM_PW")));
    assertThat(source("PASSWORD FROM FILE '/run/pw'").password())
        .contains(new Statement.Password.At(new Secret.FromFile(Path.of("/run/pw"))));
    assertThat(source("").password()).isEmpty();
    assertThat(source("PASSWORD 'hunter2'").toString()).doesNotContain("hunter2");
  }

  private static Statement.CreateSource source(String clause) {
    return (Statement.CreateSource)
        CatalogStatements.parse("CREATE SOURCE source URL 'jdbc:sqlite:a.db' " + clause);
  }

  @Test
  void dropsShowsAndDescribesSources() {
    assertThat(CatalogStatements.parse("DROP SOURCE IF EXISTS c"))
        .isEqualTo(new Statement.DropSource("c", true, new Position(1, 23)));
    assertThat(CatalogStatements.parse("SHOW SOURCES")).isEqualTo(new Statement.ShowSources());
    assertThat(CatalogStatements.parse("DESC SOURCE url"))
        .isEqualTo(new Statement.DescribeSource("url", new Position(1, 13)));
    assertThat(CatalogStatements.parse("SHOW TABLES FROM crm"))
        .isEqualTo(new Statement.ShowSourceTables("crm", new Position(1, 18)));
  }

  @Test
  void aUrlWithAPasswordIsRefusedWhereItStands() {
    AuspexException error =
        catchThrowableOfType(
            AuspexException.class,
            () -> CatalogStatements.parse("CREATE SOURCE c URL 'jdbc:x://a:hunter2@b/c'"));
    assertThat(error.code()).isEqualTo(ErrorCode.INVALID_SOURCE);
    assertThat(error.position()).contains(new Position(1, 21));
    assertThat(error).hasMessageNotContaining("hunter2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "CREATE MODEL m                        | 15 | Expected FROM, found the end of the statement.",
        "CREATE MODEL m FORM 'x'               | 16 | Expected FROM, found FORM. Did you mean FROM?",
        "CREATE MODEL FROM 'x'                 | 14 | Expected the model's name, found FROM.",
        "CREATE MODEL m FROM x.onnx            | 21 | Expected the model's file or URL in single quotes, found x.",
        "CREATE MODEL a.b FROM 'x'             | 15 | A name here has one part. Quote it if the point is part of it.",
        "CREATE MODEL m FROM 'x                | 21 | The text that begins here has no closing quote.",
        "CREATE MODEL m FROM 'x' FEATURE (a)   | 25 | Expected WITH, COMMENT, FEATURES, OUTPUTS or the end of the statement, found FEATURE. Did you mean FEATURES?",
        "CREATE MODEL m FROM 'x' FEATURES a    | 34 | Expected an opening parenthesis, found a.",
        "CREATE MODEL m FROM 'x' FEATURES (a b)| 37 | Expected a closing parenthesis or a comma, found b.",
        "CREATE MODEL m FROM 'x' FEATURES ()   | 35 | Expected a name, found ).",
        "CREATE MODEL m FROM 'x' COMMENT 'a' COMMENT 'b' | 37 | COMMENT was given twice; CREATE MODEL takes it once.",
        "CREATE MODEL m FROM 'x' WITH (a = 1, A = 2)     | 38 | The option A was given twice; WITH takes it once.",
        "CREATE OR REPLACE MODEL IF NOT EXISTS m FROM 'x' | 39 | OR REPLACE makes a new version of what exists, IF NOT EXISTS keeps it: take one of them.",
        "CREATE MODEL m FROM 'x' WITH (a = b)  | 35 | Expected FALSE, TRUE, text in single quotes or a number, found b.",
        "CREATE MODEL m FROM 'x' ; SELECT 1    | 27 | Expected the end of the statement, found SELECT.",
        "CREATE MODEL m FROM 'x' #             | 25 | This character has no meaning here.",
        "ALTER MODEL m SET DEFALT VERSION 3    | 19 | Expected DEFAULT or ALIAS, found DEFALT. Did you mean DEFAULT?",
        "ALTER MODEL m SET ALIAS c = 3         | 29 | Expected VERSION, found 3.",
        "DROP MODEL                            | 11 | Expected the model's name, found the end of the statement.",
        "DROP MODEL m VERSION                  | 21 | Expected a version's number or alias, found the end of the statement.",
        "DROP MODEL m 3                        | 14 | Expected VERSION or the end of the statement, found 3.",
        "CREATE SOURCE 'x'                     | 15 | Expected the source's name, found 'x'.",
        "CREATE SOURCE c 'x'                   | 17 | Expected URL, found what is not shown here.",
        "CREATE SOURCE c URL \"x\"             | 21 | Expected the database's address in single quotes, found \"x\".",
        "CREATE SOURCE c URL 'jdbc:x:y' USR 'u'| 32 | Expected USER, WITH, PASSWORD or the end of the statement, found USR. Did you mean USER?",
        "CREATE SOURCE c URL 'jdbc:x:y' PASSWORD hunter2 | 41 | Expected FROM or the password in single quotes, found what is not shown here.",
        "CREATE SOURCE c URL 'jdbc:x:y' PASSWORD FROM 'hunter2' | 46 | Expected ENV or FILE, found what is not shown here.",
        "CREATE SOURCE c URL 'jdbc:x:y' PASSWORD FROM ENV x | 50 | Expected the variable's name in single quotes, found what is not shown here.",
        "CREATE SOURCE c URL 'jdbc:x:y' PASSWORD 'a' PASSWORD 'b' | 45 | PASSWORD was given twice; CREATE SOURCE takes it once.",
        "CREATE SOURCE c URL 'jdbc:x:y' PASSWORD 'it's' | 45 | Expected USER, WITH, PASSWORD or the end of the statement, found what is not shown here.",
        "SHOW TABLES FROM a.b                  | 19 | A name here has one part. Quote it if the point is part of it.",
        "SHOW MODEL                            | 6  | Expected CALIBRATION, MODELS, SOURCES or TABLES, found MODEL. Did you mean MODELS?",
        "CALIBRATE REST                        | 11 | Expected RESET or the end of the statement, found REST. Did you mean RESET?"
      })
  void saysWhatItExpected(String text, int column, String sentence) {
    AuspexException error =
        catchThrowableOfType(AuspexException.class, () -> CatalogStatements.parse(text));
    assertThat(error).hasMessage(sentence);
    assertThat(error.code()).isEqualTo(ErrorCode.SYNTAX);
    assertThat(error.position()).contains(new Position(1, column));
  }
}
