package io.auspex.engine.source.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.Source;
import io.auspex.engine.source.SourceServers;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values of each type, written into each database and read back. */
class TypesWrittenTest {
  /** Types, and values of them that every database holds. */
  private static final Map<String, List<String>> VALUES = new LinkedHashMap<>();

  static {
    VALUES.put("BOOLEAN", List.of("true", "false"));
    VALUES.put("TINYINT", List.of("-128", "127", "0"));
    VALUES.put("SMALLINT", List.of("-32768", "32767"));
    VALUES.put("INTEGER", List.of("-2147483648", "2147483647"));
    VALUES.put("BIGINT", List.of("-9223372036854775808", "9223372036854775807"));
    VALUES.put("UTINYINT", List.of("0", "255"));
    VALUES.put("USMALLINT", List.of("0", "65535"));
    VALUES.put("UINTEGER", List.of("0", "4294967295"));
    VALUES.put("UBIGINT", List.of("0", "18446744073709551615", "9223372036854775808"));
    VALUES.put("HUGEINT", List.of("99999999999999999999999999999999999999", "-1", "0"));
    VALUES.put("FLOAT", List.of("1.5", "1e-30", "0.1"));
    VALUES.put("DOUBLE", List.of("1.5", "-1.7976931348623157e308", "5e-300", "0.1"));
    VALUES.put("DECIMAL(4,1)", List.of("999.9", "-0.1", "0", "10"));
    VALUES.put("DECIMAL(15,6)", List.of("999999999.999999", "-0.000001", "100"));
    VALUES.put("DECIMAL(18,3)", List.of("999999999999999.999", "-0.001", "1000.5"));
    VALUES.put(
        "DECIMAL(38,10)",
        List.of("9999999999999999999999999999.9999999999", "-0.0000000001", "10000", "0"));
    VALUES.put("DECIMAL(38,0)", List.of("12345678901234567890123456789012345678", "-10000"));
    VALUES.put("VARCHAR", List.of("''", "'ümlaut 🦆 \\ \" '' \n\t'", "repeat('x', 3000)"));
    VALUES.put("JSON", List.of("'{\"a\": [1, null, \"ü\"]}'", "'1.50'", "'null'"));
    VALUES.put("UUID", List.of("'00112233-4455-6677-8899-aabbccddeeff'"));
    VALUES.put("BLOB", List.of("'\\x00\\xFF\\x80'::BLOB", "''::BLOB"));
    VALUES.put("DATE", List.of("'2024-02-29'", "'1000-01-01'", "'9999-12-31'"));
    VALUES.put("TIME", List.of("'00:00:00'", "'23:59:59.999999'", "'12:30:00.5'"));
    VALUES.put(
        "TIMESTAMP", List.of("'2024-02-29 12:30:00.123456'", "'1969-12-31 23:59:59.999999'"));
    VALUES.put(
        "TIMESTAMP WITH TIME ZONE",
        List.of("'2024-02-29 12:30:00.123456+00'", "'1999-07-01 00:00:00+02'"));
    VALUES.put("INTERVAL", List.of("'1 year 2 months 3 days 04:05:06.789'", "'-1 day'"));
    VALUES.put("TIME WITH TIME ZONE", List.of("'12:30:00.5+02'", "'00:00:00-11:30'"));
    VALUES.put("BIT", List.of("'1'", "'10110011101'", "'00000000'"));
    VALUES.put("INTEGER[]", List.of("[1, NULL, 3]", "[]"));
    VALUES.put("VARCHAR[]", List.of("['a', NULL, '']", "['{\"']"));
    VALUES.put("DOUBLE[2]", List.of("[1.5, 2.5]"));
    VALUES.put("INTEGER[][]", List.of("[[1], [2, 3], NULL]"));
    VALUES.put("STRUCT(a INTEGER, b VARCHAR)", List.of("{'a': 1, 'b': 'x'}"));
    VALUES.put("ENUM('p', 'q')", List.of("'q'", "'p'"));
    VALUES.put("TIMESTAMP_NS", List.of("'2024-02-29 12:30:00.123456'"));
    VALUES.put("TIMESTAMP_S", List.of("'2024-02-29 12:30:00'"));
  }

  @TempDir Path folder;

  private void throughAndBack(Source source, Map<String, List<String>> more) throws SQLException {
    try (Writes writes = new Writes(source, folder.resolve("journal"))) {
      List<String> columns = new ArrayList<>();
      List<String> ors = new ArrayList<>();
      int number = 0;
      for (Map.Entry<String, List<String>> type : VALUES.entrySet()) {
        List<String> values = new ArrayList<>(type.getValue());
        values.addAll(more.getOrDefault(type.getKey(), List.of()));
        String name = "c" + number++;
        StringBuilder cases = new StringBuilder("CASE i");
        for (int i = 0; i < values.size(); i++) {
          cases
              .append(" WHEN ")
              .append(i)
              .append(" THEN CAST(")
              .append(values.get(i))
              .append(" AS ")
              .append(type.getKey())
              .append(')');
        }
        columns.add(cases + " END AS " + name);
        ors.add(
            "(SELECT string_agg(coalesce(CAST(CAST(%s AS %s) AS VARCHAR), 'NULL'), ' | ' ORDER BY i) FROM %%s)"
                .formatted(name, type.getKey()));
      }
      writes.duck(
          "CREATE TABLE typed AS SELECT i, " + String.join(", ", columns) + " FROM range(20) t(i)");
      writes.create("typed", "SELECT * FROM typed ORDER BY i", "i");
      writes.load("back", "typed");
      for (String column : ors) {
        assertThat(writes.duckRows("SELECT " + column.formatted("back")))
            .as(column)
            .isEqualTo(writes.duckRows("SELECT " + column.formatted("typed")));
      }
      // Once more, into columns that are there.
      assertThat(writes.insert("typed", "SELECT i + 20, * EXCLUDE (i) FROM typed")).isEqualTo(20);
      writes.load("back", "typed");
      for (String column : ors) {
        assertThat(writes.duckRows("SELECT " + column.formatted("back WHERE i >= 20")))
            .as(column)
            .isEqualTo(writes.duckRows("SELECT " + column.formatted("typed")));
      }
      writes.assertIdle();
    }
  }

  @Test
  void postgres() throws SQLException {
    throughAndBack(
        SourceServers.postgres(),
        Map.of(
            "FLOAT", List.of("'NaN'", "'-inf'", "-3.4028235e38"),
            "DOUBLE", List.of("'NaN'", "'inf'"),
            "DATE", List.of("'infinity'", "'-infinity'", "'0044-03-15 (BC)'", "'5874897-12-31'"),
            "TIMESTAMP", List.of("'infinity'", "'-infinity'", "'0044-03-15 (BC) 01:02:03'"),
            "TIMESTAMP WITH TIME ZONE", List.of("'infinity'", "'0044-03-15 (BC) 01:02:03+00'"),
            "TIME", List.of("'24:00:00'")));
  }

  @Test
  void mariadb() throws SQLException {
    throughAndBack(SourceServers.mariadb(), Map.of("TIME", List.of("'24:00:00'")));
  }

  @Test
  void sqlite() throws SQLException {
    throughAndBack(
        SourceServers.sqlite(folder.resolve("lite.db")),
        Map.of("DOUBLE", List.of("'inf'"), "DATE", List.of("'0044-03-15 (BC)'")));
  }

  @Test
  void h2() throws SQLException {
    throughAndBack(
        SourceServers.source("h2", "jdbc:h2:" + folder.resolve("h2"), "sa", Map.of()),
        Map.of("DOUBLE", List.of("'NaN'", "'inf'")));
  }

  /** Types of PostgreSQL's own, into which text is cast by the server. */
  @Test
  void postgresOwnTypes() throws SQLException {
    try (Writes writes = new Writes(SourceServers.postgres(), folder.resolve("journal"))) {
      writes.there(
          "CREATE TYPE mood AS ENUM ('sad', 'ok')",
          "CREATE DOMAIN positive AS integer CHECK (VALUE > 0)",
          "CREATE TABLE own (a inet, b mood, c positive, d money, e numeric, f jsonb, g bit(3),"
              + " h char(5), i varchar(3), j int4range, k mood[], l integer[], m xml, n oid)");
      writes.insert(
          "own",
          "SELECT '10.0.0.1/24', 'ok', 5, 12.34, 1e20, '{\"b\": 1}', '101'::BIT, 'ab', 'abc',"
              + " '[1,5)', ['sad', 'ok'], [1, 2], '<a/>', 4000000000");
      assertThat(writes.rows("SELECT a, b, c, d::numeric, e, f, g, h, i, j, k, l, m, n FROM own"))
          .containsExactly(
              "10.0.0.1/24,ok,5,12.34,100000000000000000000,{\"b\": 1},101,ab   ,abc,[1,5),"
                  + "{sad,ok},{1,2},<a/>,4000000000");
      for (String bad :
          List.of(
              "(b) SELECT 'glad'",
              "(c) SELECT -1",
              "(i) SELECT 'abcd'",
              "(a) SELECT 'x'",
              "(f) SELECT '{'",
              "(g) SELECT '1010'::BIT",
              "(h) SELECT 'abcdef'")) {
        String column = bad.substring(1, 2);
        assertThatThrownBy(() -> writes.insert("own", bad.substring(4), column))
            .as(bad)
            .isInstanceOf(AuspexException.class);
      }
      assertThat(writes.rows("SELECT count(*) FROM own")).containsExactly("1");
      writes.assertIdle();
    }
  }

  @Test
  void whatADatabaseDoesNotHaveIsTold() throws SQLException {
    for (Source source :
        List.of(SourceServers.mariadb(), SourceServers.sqlite(folder.resolve("lite.db")))) {
      try (Writes writes = new Writes(source, folder.resolve("journal"))) {
        for (String value : List.of("'NaN'::DOUBLE", "'infinity'::DATE", "'infinity'::TIMESTAMP")) {
          assertThatThrownBy(() -> writes.create("t", "SELECT " + value + " AS odd"))
              .as(value)
              .hasMessageContaining("The column odd has the value");
        }
        writes.assertIdle();
      }
    }
  }
}
