package io.auspex.engine.source.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.auspex.engine.source.SourceServers;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What others have made of a table of PostgreSQL outlives its being replaced. */
class PostgresKeptTest {
  private static final String ROWS =
      "SELECT i::INTEGER AS id, i::DECIMAL(10, 2) AS score, 'n' || i AS name,"
          + " NULL::INTEGER AS parent FROM range(1, 1001) t(i)";

  /** Rights, and whatever else has a name or a number of its own, is compared by its words. */
  private static final List<String> QUESTIONS =
      List.of(
          "SELECT pg_get_indexdef(indexrelid) FROM pg_index WHERE indrelid = 'scores'::regclass"
              + " ORDER BY 1",
          "SELECT conname, contype, pg_get_constraintdef(oid) FROM pg_constraint"
              + " WHERE 'scores'::regclass IN (conrelid, confrelid) ORDER BY 1",
          "SELECT pg_get_userbyid(relowner), reloptions FROM pg_class"
              + " WHERE oid = 'scores'::regclass",
          "SELECT a.grantee::regrole, a.privilege_type, a.is_grantable FROM pg_class c,"
              + " aclexplode(c.relacl) a WHERE c.oid = 'scores'::regclass ORDER BY 1, 2",
          "SELECT t.attname, a.grantee::regrole, a.privilege_type, a.is_grantable"
              + " FROM pg_attribute t, aclexplode(t.attacl) a"
              + " WHERE t.attrelid = 'scores'::regclass ORDER BY 1, 2, 3",
          "SELECT objsubid, description FROM pg_description WHERE objoid = 'scores'::regclass"
              + " ORDER BY 1",
          "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgrelid = 'scores'::regclass"
              + " AND NOT tgisinternal",
          "SELECT viewname, definition FROM pg_views WHERE schemaname = 'public' ORDER BY 1",
          "SELECT relname, reloptions, relacl FROM pg_class WHERE relkind = 'v'"
              + " AND relnamespace = 'public'::regnamespace ORDER BY 1",
          "SELECT a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity,"
              + " pg_get_expr(d.adbin, d.adrelid) FROM pg_attribute a LEFT JOIN pg_attrdef d"
              + " ON d.adrelid = a.attrelid AND d.adnum = a.attnum"
              + " WHERE a.attrelid = 'scores'::regclass AND a.attnum > 0 ORDER BY a.attnum");

  @TempDir Path folder;
  private Writes writes;
  private String reader;

  @BeforeEach
  void open() throws SQLException {
    writes = new Writes(SourceServers.postgres(), folder.resolve("journal"));
    reader = "reader_" + writes.rows("SELECT current_database()").get(0);
    writes.there(
        "CREATE ROLE " + reader,
        "CREATE TABLE scores (id integer PRIMARY KEY,"
            + " score numeric(10,2) DEFAULT 1 CHECK (score >= 0),"
            + " name varchar(50) NOT NULL, parent integer REFERENCES scores (id))"
            + " WITH (fillfactor = 70)",
        "INSERT INTO scores VALUES (1, 1, 'one', NULL), (2, 2, 'two', 1)",
        "CREATE INDEX by_score ON scores (score DESC NULLS LAST) INCLUDE (name) WHERE score > 1",
        "CREATE UNIQUE INDEX \"by ON name\" ON scores (lower(name))",
        "ALTER TABLE scores ADD CONSTRAINT named_once UNIQUE (name, id) DEFERRABLE",
        "COMMENT ON TABLE scores IS 'it''s kept'",
        "COMMENT ON COLUMN scores.score IS 'of the model'",
        "GRANT SELECT, INSERT ON scores TO " + reader,
        "GRANT UPDATE (name) ON scores TO " + reader + " WITH GRANT OPTION",
        "GRANT SELECT ON scores TO PUBLIC",
        "CREATE VIEW good WITH (security_barrier) AS SELECT id, name FROM scores WHERE score > 0",
        "GRANT SELECT ON good TO " + reader,
        "CREATE VIEW better AS SELECT * FROM good",
        "CREATE TABLE child (id integer REFERENCES scores (id) ON DELETE CASCADE)",
        "INSERT INTO child VALUES (2)",
        "CREATE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
        "CREATE TRIGGER seen BEFORE UPDATE ON scores FOR EACH ROW EXECUTE FUNCTION nothing()");
  }

  @AfterEach
  void close() throws SQLException {
    writes.there("DROP OWNED BY " + reader, "DROP ROLE " + reader);
    writes.assertIdle();
    writes.close();
  }

  private List<String> answers() throws SQLException {
    List<String> answers = new ArrayList<>();
    for (String question : QUESTIONS) {
      answers.addAll(writes.rows(question));
    }
    return answers;
  }

  @Test
  void everythingIsKept() throws SQLException {
    List<String> before = answers();
    assertThat(before).hasSizeGreaterThan(25);
    assertThat(writes.replace("scores", ROWS)).isEqualTo(1000);
    assertThat(answers()).isEqualTo(before);
    assertThat(writes.rows("SELECT count(*) FROM better")).containsExactly("1000");
    assertThat(writes.rows("SELECT count(*) FROM child JOIN scores USING (id)"))
        .containsExactly("1");
    // And once more, over a table that was written so.
    assertThat(writes.replace("scores", ROWS, "id")).isEqualTo(1000);
    assertThat(answers()).isEqualTo(before);
  }

  @Test
  void whatIsOfAColumnThatGoesGoesWithIt() throws SQLException {
    writes.there("DROP TABLE child", "DROP VIEW good CASCADE");
    writes.replace("scores", "SELECT id, name FROM (" + ROWS + ")");
    assertThat(writes.rows(QUESTIONS.get(0)))
        .containsExactly(
            "CREATE UNIQUE INDEX \"by ON name\" ON public.scores USING btree (lower((name)::text))",
            "CREATE UNIQUE INDEX named_once ON public.scores USING btree (name, id)",
            "CREATE UNIQUE INDEX scores_pkey ON public.scores USING btree (id)");
  }

  @Test
  void aViewThatNeedsAColumnThatGoesRefuses() throws SQLException {
    List<String> before = answers();
    assertThatThrownBy(() -> writes.replace("scores", "SELECT id, score FROM (" + ROWS + ")"))
        .hasMessageContaining("name");
    assertThat(answers()).isEqualTo(before);
  }

  @Test
  void rowsThatOthersReferToMustStay() throws SQLException {
    assertThatThrownBy(() -> writes.replace("scores", ROWS + " WHERE i > 500"))
        .hasMessageContaining("child");
    assertThat(writes.rows("SELECT count(*) FROM scores")).containsExactly("2");
  }

  @Test
  void serialColumnsGoOnCounting() throws SQLException {
    writes.there(
        "CREATE TABLE counted (a serial, b integer GENERATED BY DEFAULT AS IDENTITY, c integer)",
        "INSERT INTO counted (c) VALUES (1), (2)");
    writes.replace("counted", "SELECT 7 AS a, 8 AS b, 9 AS c");
    writes.there("INSERT INTO counted (c) VALUES (3)");
    assertThat(writes.rows("SELECT * FROM counted ORDER BY c")).containsExactly("3,3,3", "7,8,9");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ALTER TABLE scores ENABLE ROW LEVEL SECURITY",
        "CREATE MATERIALIZED VIEW kept AS SELECT * FROM scores",
        "CREATE TABLE inheriting () INHERITS (scores)",
        "CREATE RULE r AS ON DELETE TO scores DO INSTEAD NOTHING",
      })
  void whatCannotBeKeptRefuses(String statement) throws SQLException {
    writes.there(statement);
    assertThatThrownBy(() -> writes.replace("scores", ROWS))
        .hasMessageContaining("CREATE OR REPLACE TABLE cannot be used for pg.public.scores");
    assertThat(writes.rows("SELECT count(*) FROM scores")).containsExactly("2");
  }
}
