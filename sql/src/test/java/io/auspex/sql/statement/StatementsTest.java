package io.auspex.sql.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;
import io.auspex.catalog.Position;
import io.auspex.catalog.PredictView;
import io.auspex.sql.statement.Statement.CreateView;
import io.auspex.sql.statement.Statement.DropView;
import io.auspex.sql.statement.Statement.Explain;
import io.auspex.sql.statement.Statement.PassThrough;
import io.auspex.sql.statement.Statement.Query;
import io.auspex.sql.statement.Statement.SetSetting;
import io.auspex.sql.statement.Statement.ShowModels;
import io.auspex.sql.statement.Statement.ShowSetting;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatementsTest {
  private static final List<PredictView> VIEWS =
      List.of(
          new PredictView(
              "1", "db", "main", "risk", List.of("id", "p"), "FROM PREDICT(MODEL m, TABLE t)"),
          new PredictView("2", "db", "main", "worst", List.of(), "FROM main.risk ORDER BY p"));

  private final Statements statements = new Statements(text -> new ShowModels());

  private Statement route(String text) {
    return statements.route(text, new KnownViews(VIEWS), false);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1",
        "",
        "SELECT model, predict, version FROM t",
        "SELECT 'PREDICT(MODEL m, TABLE t)'",
        "SELECT 1 -- PREDICT(MODEL m, a)",
        "SELECT $$PREDICT(MODEL m, a)$$, \"PREDICT\"",
        "SELECT predict(model, 2) FROM t",
        "SELECT predict(model) FROM t",
        "SELECT predict(model ISNULL, 1) FROM t",
        "SELECT predict(model = 1, 2), predict(model.x, 1) FROM model",
        "SELECT s.predict(model m, 1)",
        "CREATE MACRO predict(m, x) AS m + x",
        "CREATE TABLE model (version INT, predict INT)",
        "INSERT INTO model VALUES (1, 2)",
        "CREATE VIEW v AS SELECT 1",
        "SELECT risk FROM t",
        "SELECT risk.x FROM t AS risk",
        "WITH risk AS (SELECT 1) SELECT * FROM risk",
        "FROM other.risk",
        "DESCRIBE risk",
        "SHOW main.risk",
        "FROM (DESCRIBE risk)",
        "SELECT extract(year FROM risk) FROM t",
        "SELECT a IS DISTINCT FROM risk FROM t",
        "DROP VIEW v",
        "DESCRIBE model",
        "SHOW TABLES",
        "SHOW TABLES FROM other",
        "SHOW TABLES FROM crm.main",
        "DESCRIBE source",
        "CREATE TABLE source (sources INT, url INT, password INT)",
        "SET threads = 1",
        "SET VARIABLE x = 1",
        "RESET threads",
        "SHOW planners",
        "SHOW main.calibration",
        "SHOW \"calibration\"",
        "FROM calibrate",
        "SELECT calibrate FROM calibration AS calibrate",
        "COPY t TO 'f.csv'",
        "COPY t FROM 'f.csv'",
        "EXPLAIN SELECT 1",
        "EXPLAIN ANALYZE (SELECT 1)",
        "CALL pragma_version()",
        "UPDATE risks SET risk = 1",
        "VALUES (1)",
        "UPDATE other.t SET crm = 1",
        "DELETE FROM crm",
        "ALTER TABLE crm ADD COLUMN x INT",
        "CREATE TABLE crm (a INT)",
        "DROP TABLE crm, other.s.t CASCADE",
        "INSERT INTO crm VALUES (1)",
        "ATTACH 'x.duckdb' AS other (READ_ONLY)",
        "USE other.crm",
        "UPDATE crm.r SET a = 1"
      })
  void leavesToDuckDbWhatIsItsOwn(String text) {
    assertThat(route(text)).isEqualTo(new PassThrough(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM PREDICT(MODEL m, TABLE t)",
        "from predict ( model m , table t )",
        "SELECT PREDICT(MODEL \"my model\") FROM t",
        "SELECT PREDICT(MODEL version, a).label FROM t",
        "SELECT PREDICT(MODEL m VERSION 3, a) FROM t",
        "SELECT a FROM t QUALIFY row_number() OVER (ORDER BY PREDICT(MODEL m VERSION champion)) < 3",
        "WITH c AS (FROM PREDICT(MODEL m, (SELECT 1 AS a))) FROM c",
        "(SELECT PREDICT(MODEL m, 1))",
        "VALUES (PREDICT(MODEL m, 1))",
        "PIVOT PREDICT(MODEL m, TABLE t) ON label",
        "SUMMARIZE FROM PREDICT(MODEL m, TABLE t)",
        "DESCRIBE SELECT PREDICT(MODEL m, 1)",
        "SUMMARIZE risk",
        "FROM risk",
        "FROM main.risk",
        "FROM \"RISK\" r",
        "SELECT * FROM t, risk",
        "SELECT * FROM (t JOIN risk USING (id))",
        "SELECT (SELECT max(p) FROM worst)",
        "WITH c AS (FROM risk) FROM c"
      })
  void seesQueriesOfOurs(String text) {
    assertThat(route(text))
        .asInstanceOf(InstanceOfAssertFactories.type(Query.class))
        .satisfies(
            query -> {
              assertThat(query.sink()).isEqualTo(new Sink.Client());
              assertThat(query.query().source()).isEqualTo(text);
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE MODEL m FROM 'f'",
        "create or replace model m from 'f'",
        "CREATE MODEL IF NOT EXISTS m FROM 'f'",
        "ALTER MODEL m SET DEFAULT VERSION 3",
        "DROP MODEL IF EXISTS m",
        "SHOW MODELS",
        "SHOW CALIBRATION",
        "CALIBRATE",
        "calibrate reset",
        "DESCRIBE MODEL m",
        "DESC MODEL m",
        "CREATE SOURCE crm URL 'x'",
        "create or replace source crm",
        "DROP SOURCE crm",
        "SHOW SOURCES",
        "DESCRIBE SOURCE crm",
        "SHOW TABLES FROM \"CRM\""
      })
  void sendsStatementsAboutTheCatalogToTheGrammar(String text) {
    assertThat(route(text)).isEqualTo(new ShowModels());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "CREATE OR REPLACE TEMP TABLE s.t (a, b) AS |FROM PREDICT(MODEL m, TABLE t)|WITH NO DATA",
        "CREATE TABLE IF NOT EXISTS t AS |WITH c AS (FROM PREDICT(MODEL m, TABLE t)) FROM c|``",
        "INSERT INTO t |SELECT PREDICT(MODEL m, 1)|RETURNING *",
        "INSERT OR REPLACE INTO t AS x BY NAME |(SELECT PREDICT(MODEL m, 1))|``",
        "INSERT INTO t (a, \"select\") |VALUES (PREDICT(MODEL m, 1))|ON CONFLICT DO NOTHING",
      })
  void dividesAStatementAroundItsQuery(String before, String query, String after) {
    String text = before + " " + query + " " + after;
    Query routed = (Query) route(text.strip());
    assertThat(routed.query().text()).isEqualTo(query);
    if (routed.sink() instanceof Sink.CreateTable sink) {
      assertThat(sink.before().strip()).isEqualTo(before);
      assertThat(sink.after()).isEqualTo(after);
    } else {
      Sink.Insert sink = (Sink.Insert) routed.sink();
      assertThat(sink.before().strip()).isEqualTo(before);
      assertThat(sink.after()).isEqualTo(after);
      assertThat(sink.returning()).isEqualTo(after.contains("RETURNING"));
    }
  }

  @Test
  void namesTheTargetOfCreateTable() {
    Query routed =
        (Query) route("CREATE OR REPLACE TABLE \"a.b\".t AS SELECT PREDICT(MODEL m, ?) WITH DATA");
    assertThat(routed.sink())
        .isEqualTo(
            new Sink.CreateTable(
                List.of("a.b", "t"),
                true,
                false,
                false,
                "CREATE OR REPLACE TABLE \"a.b\".t AS ",
                "WITH DATA"));
  }

  @Test
  void takesApartCopy() {
    Query routed =
        (Query) route("COPY (FROM PREDICT(MODEL m, TABLE t)) TO 'it''s' WITH (FORMAT csv, HEADER)");
    assertThat(routed.query().text()).isEqualTo("FROM PREDICT(MODEL m, TABLE t)");
    assertThat(routed.sink()).isEqualTo(new Sink.CopyTo("it's", false, "(FORMAT csv, HEADER)"));
    Query partitioned = (Query) route("COPY main.risk TO 'd' (PARTITION_BY (id))");
    assertThat(partitioned.sink()).isEqualTo(new Sink.CopyTo("d", true, "(PARTITION_BY (id))"));
    assertThat(partitioned.query().text())
        .startsWith("WITH \"__auspex_view_1\"")
        .endsWith(") FROM \"__auspex_view_1\" AS \"risk\"");
  }

  @Test
  void createsAndDropsViews() {
    CreateView view =
        (CreateView)
            route("CREATE OR REPLACE VIEW s.v (a, \"b c\") AS SELECT PREDICT(MODEL m, 1), 2");
    assertThat(view.orReplace()).isTrue();
    assertThat(view.name()).containsExactly("s", "v");
    assertThat(view.columns()).containsExactly("a", "b c");
    assertThat(view.query().source()).isEqualTo("SELECT PREDICT(MODEL m, 1), 2");
    assertThat(route("CREATE TEMP VIEW risk AS SELECT 1")).isInstanceOf(CreateView.class);
    assertThat(route("DROP VIEW IF EXISTS Risk"))
        .isEqualTo(new DropView(List.of("Risk"), true, new Position(1, 21)));
  }

  @Test
  void explainsWhatIsOurs() {
    Explain explain =
        (Explain) route("EXPLAIN ANALYZE CREATE TABLE x AS SELECT PREDICT(MODEL m, 1)");
    assertThat(explain.analyze()).isTrue();
    Query query = (Query) explain.statement();
    assertThat(((Sink.CreateTable) query.sink()).before()).isEqualTo("CREATE TABLE x AS ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SET predict_strategy = 'stream'|stream",
        "SET SESSION predict_strategy TO inline|inline",
        "set predict_strategy=auto|auto",
        "PRAGMA predict_strategy = auto|auto",
        "SET predict_strategy = DEFAULT|",
        "RESET predict_strategy|"
      })
  void setsSettingsOfOurs(String text, String value) {
    assertThat(route(text))
        .asInstanceOf(InstanceOfAssertFactories.type(SetSetting.class))
        .extracting(SetSetting::value)
        .isEqualTo(Optional.ofNullable(value));
  }

  @Test
  void showsSettingsOfOurs() {
    assertThat(route("SHOW planner")).isEqualTo(new ShowSetting("planner"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "UPDATE t SET a = PREDICT(MODEL m, b)|UNSUPPORTED|18",
        "DELETE FROM t WHERE PREDICT(MODEL m, b) > 1|UNSUPPORTED|21",
        "CREATE MACRO f(x) AS PREDICT(MODEL m, x)|UNSUPPORTED|22",
        "PREPARE p AS SELECT PREDICT(MODEL m, 1)|UNSUPPORTED|21",
        "WITH c AS (FROM PREDICT(MODEL m, TABLE t)) INSERT INTO x FROM c|UNSUPPORTED|17",
        "INSERT INTO t SELECT 1 RETURNING PREDICT(MODEL m, a)|UNSUPPORTED|34",
        "DELETE FROM risk|UNSUPPORTED|13",
        "CREATE TABLE x (a INT DEFAULT PREDICT(MODEL m, 1))|UNSUPPORTED|31",
        "CREATE VIEW x AS SELECT PREDICT(MODEL m, ?)|UNSUPPORTED|42",
        "EXPLAIN (FORMAT json) FROM risk|UNSUPPORTED|9",
        "SET predict_stategy = 1|UNKNOWN_SETTING|5",
        "SET predict_strategy|SYNTAX|21",
        "SELECT 'a|SYNTAX|8",
        "SELECT PREDICT(MODEL m, , 1)|SYNTAX|25",
        "SELECT PREDICT(MODEL m VERSION, 1)|SYNTAX|24"
      })
  void refuses(String text, ErrorCode code, int column) {
    assertThatThrownBy(() -> route(text))
        .isInstanceOfSatisfying(
            AuspexException.class,
            error -> {
              assertThat(error.code()).isEqualTo(code);
              assertThat(error.position()).contains(new Position(1, column));
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT 1, '?' -- ?|0|",
        "SELECT ?, ?|2|1,2",
        "SELECT $2, $1, $2|2|1,2",
        "SELECT $b, $A, $a|2|b,a"
      })
  void countsParameters(String text, int count, String names) {
    Parameters parameters = Statements.parameters(text);
    assertThat(parameters.count()).isEqualTo(count);
    assertThat(String.join(",", parameters.names())).isEqualTo(names == null ? "" : names);
  }
}
