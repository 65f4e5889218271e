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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "CREATE TABLE crm.s.t AS | FROM c | `` | CREATE | [] | [] | ``",
        "CREATE TABLE IF NOT EXISTS CRM.t AS | (SELECT 1 AS a) | WITH DATA | CREATE | [] | [] | ``",
        "CREATE OR REPLACE TABLE crm.s.t (PRIMARY KEY (a, \"b c\")) AS | SELECT 1 | `` | REPLACE | [] | [a, b c] | ``",
        "create or replace table crm.s.t (x, y, primary key(x)) as | SELECT PREDICT(MODEL m, 1), 2 | `` | REPLACE | [x, y] | [x] | ``",
        "INSERT INTO crm.s.t | VALUES (1, 2) | `` | INSERT | [] | [] | ``",
        "INSERT INTO crm.t (a, b) | WITH c AS (SELECT 1) SELECT * FROM c | `` | INSERT | [a, b] | [] | ``",
        "INSERT INTO crm.t | FROM v | ON CONFLICT (a) DO NOTHING | INSERT | [] | [] | Conflict[keys=[a], assignments=[]]",
        "INSERT INTO crm.t (a) | FROM v | ON CONFLICT (a, b) DO UPDATE SET x = excluded.x, \"Y\" = EXCLUDED.z | INSERT | [a] | [] | Conflict[keys=[a, b], assignments=[Assignment[column=x, from=x], Assignment[column=Y, from=z]]]"
      })
  void landsInASource(
      String before,
      String query,
      String after,
      Sink.IntoSource.Mode mode,
      String columns,
      String key,
      String conflict) {
    Query routed = (Query) route((before + " " + query + " " + after).strip());
    Sink.IntoSource sink = (Sink.IntoSource) routed.sink();
    assertThat(routed.query().source()).isEqualTo(query);
    assertThat(sink.mode()).isEqualTo(mode);
    assertThat(sink.columns().toString()).isEqualTo(columns);
    assertThat(sink.primaryKey().toString()).isEqualTo(key);
    assertThat(sink.conflict().map(Object::toString).orElse("")).isEqualTo(conflict);
    assertThat(sink.name()).isEqualToIgnoringCase(before.contains("crm.s.t") ? "crm.s.t" : "crm.t");
    assertThat(sink.ifNotExists()).isEqualTo(before.contains("IF NOT"));
    assertThat(sink.byName()).isFalse();
  }

  @Test
  void dropsATableOfASource() {
    assertThat(route("DROP TABLE IF EXISTS crm.s.\"T\""))
        .isEqualTo(
            new Statement.DropSourceTable(List.of("crm", "s", "T"), true, new Position(1, 22)));
    assertThat(route("DROP TABLE crm.t RESTRICT"))
        .isEqualTo(new Statement.DropSourceTable(List.of("crm", "t"), false, new Position(1, 12)));
    assertThat(
            ((Sink.IntoSource) ((Query) route("INSERT INTO crm.t BY NAME FROM v")).sink()).byName())
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "UPDATE crm.s.t SET a = 1 | UPDATE cannot be used on a source's table. Write INSERT",
        "DELETE FROM crm.t | DELETE cannot be used on a source's table. Write what stays",
        "WITH c AS (SELECT 1) DELETE FROM crm.t USING c | DELETE cannot",
        "WITH c AS (SELECT 1) INSERT INTO crm.t FROM c | Put the WITH after INSERT INTO",
        "MERGE INTO crm.s.t USING x ON a = b WHEN MATCHED THEN DELETE | MERGE cannot",
        "TRUNCATE crm.s.t | TRUNCATE cannot",
        "TRUNCATE TABLE crm.s.t | TRUNCATE cannot",
        "ALTER TABLE IF EXISTS crm.s.t ADD COLUMN x INT | ALTER cannot",
        "CREATE VIEW crm.s.v AS SELECT 1 | CREATE cannot",
        "CREATE VIEW crm.s.v AS SELECT PREDICT(MODEL m, 1) | CREATE cannot",
        "CREATE INDEX i ON crm.s.t (a) | CREATE cannot",
        "CREATE UNIQUE INDEX IF NOT EXISTS i ON crm.s.t (a) | CREATE cannot",
        "CREATE SCHEMA crm.x | CREATE cannot",
        "CREATE SCHEMA IF NOT EXISTS crm | The name crm cannot be used here. A source has it",
        "CREATE TABLE crm.s.t (a INT) | CREATE TABLE without a query",
        "CREATE TABLE crm.s.t (a INT) AS SELECT 1 | A column with a type",
        "CREATE TABLE crm.s.t AS SELECT 1 WITH NO DATA | LIMIT 0",
        "CREATE TEMP TABLE crm.s.t AS SELECT 1 | TEMPORARY cannot",
        "DROP TABLE crm.s.t CASCADE | Drop one table at a time",
        "DROP TABLE crm.s.t, x | Drop one table at a time",
        "DROP VIEW crm.s.t | DROP cannot",
        "DROP SCHEMA crm.s | DROP cannot",
        "COPY crm.s.t FROM 'f.csv' | Write INSERT INTO … SELECT",
        "COMMENT ON TABLE crm.s.t IS 'x' | COMMENT cannot",
        "INSERT OR REPLACE INTO crm.t SELECT 1 | INSERT OR REPLACE cannot",
        "INSERT INTO crm.t DEFAULT VALUES | INSERT without a query",
        "INSERT INTO crm.t SELECT 1 RETURNING * | RETURNING cannot",
        "INSERT INTO crm.t SELECT 1 ON CONFLICT DO NOTHING | Name the key's columns",
        "INSERT INTO crm.t SELECT 1 ON CONFLICT (a) DO UPDATE SET a = 1 | Anything but column",
        "INSERT INTO crm.t SELECT 1 ON CONFLICT (a) DO UPDATE SET a = EXCLUDED.a WHERE x | `\"WHERE\" in DO UPDATE`",
        "INSERT INTO crm.t SELECT 1 ON CONFLICT (a) WHERE x DO NOTHING | after ON CONFLICT (…)",
        "USE crm | USE cannot be used with a source",
        "ATTACH 'x.duckdb' AS crm | The name crm cannot be used here",
        "EXPLAIN UPDATE crm.s.t SET a = 1 | UPDATE cannot"
      })
  void refusesWhatASourceIsNotGiven(String text, String sentence) {
    assertThatThrownBy(() -> route(text))
        .isInstanceOfSatisfying(
            AuspexException.class,
            refused -> {
              assertThat(refused.code()).isEqualTo(ErrorCode.UNSUPPORTED);
              assertThat(refused.position()).isPresent();
            })
        .hasMessageContaining(sentence);
  }
}
