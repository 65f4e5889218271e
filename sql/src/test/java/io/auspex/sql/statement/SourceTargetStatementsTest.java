package io.auspex.sql.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;
import io.auspex.catalog.Position;
import io.auspex.sql.statement.Statement.Query;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is done to a table of a source, and what is refused. */
class SourceTargetStatementsTest {
  private static Statement route(String text) {
    return new Statements(other -> null).route(text, new KnownViews(List.of()), false);
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
