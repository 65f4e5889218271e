package io.auspex.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Metadata as BI tools ask for it. */
class MetadataTest {
  private static Connection connection;
  private static DatabaseMetaData metadata;

  @BeforeAll
  static void open() throws SQLException {
    connection = DriverManager.getConnection("jdbc:auspex:");
    metadata = connection.getMetaData();
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          """
          CREATE SEQUENCE ids;
          CREATE TABLE parent (
            id INTEGER PRIMARY KEY DEFAULT nextval('ids'),
            name VARCHAR NOT NULL DEFAULT 'x', price DECIMAL(9,2), tags VARCHAR[],
            UNIQUE (name));
          COMMENT ON TABLE parent IS 'those above';
          COMMENT ON COLUMN parent.name IS 'what it is called';
          CREATE TABLE child_1 (a INTEGER, parent_id INTEGER REFERENCES parent (id),
            b INTEGER GENERATED ALWAYS AS (a + 1));
          CREATE INDEX child_index ON child_1 (a, parent_id);
          CREATE TABLE childX1 (a INTEGER);
          CREATE VIEW family AS SELECT * FROM parent;
          CREATE SCHEMA other; CREATE TABLE other.parent (i INTEGER);
          CREATE TEMP TABLE passing (i INTEGER)""");
    }
  }

  @AfterAll
  static void close() throws SQLException {
    connection.close();
  }

  private static List<String> column(ResultSet rows, String column) throws SQLException {
    List<String> values = new ArrayList<>();
    while (rows.next()) {
      values.add(rows.getString(column));
    }
    return values;
  }

  @Test
  void catalogsAndSchemas() throws SQLException {
    assertThat(column(metadata.getCatalogs(), "TABLE_CAT")).contains("memory");
    assertThat(column(metadata.getSchemas("memory", "%"), "TABLE_SCHEM")).contains("main", "other");
    assertThat(column(metadata.getSchemas("memory", "oth_r"), "TABLE_SCHEM"))
        .containsExactly("other");
    assertThat(column(metadata.getSchemas("nowhere", null), "TABLE_SCHEM")).isEmpty();
    assertThat(column(metadata.getTableTypes(), "TABLE_TYPE"))
        .containsExactly("LOCAL TEMPORARY", "TABLE", "VIEW");
  }

  @Test
  void tablesByPatternAndType() throws SQLException {
    assertThat(column(metadata.getTables(null, "main", "%", null), "TABLE_NAME"))
        .contains("parent", "child_1", "childX1", "family", "passing");
    assertThat(column(metadata.getTables(null, "main", "child_1", null), "TABLE_NAME"))
        .containsExactly("childX1", "child_1");
    assertThat(column(metadata.getTables(null, "main", "child\\_1", null), "TABLE_NAME"))
        .containsExactly("child_1");
    assertThat(column(metadata.getTables(null, "main", "CHILD%", null), "TABLE_NAME")).hasSize(2);
    assertThat(
            column(metadata.getTables("memory", "main", null, new String[] {"VIEW"}), "TABLE_NAME"))
        .containsExactly("family");
    assertThat(column(metadata.getTables("", "other", "%", new String[] {"TABLE"}), "TABLE_NAME"))
        .containsExactly("parent");
    ResultSet table = metadata.getTables("memory", "main", "parent", new String[] {"TABLE"});
    assertThat(table.next()).isTrue();
    assertThat(table.getString("REMARKS")).isEqualTo("those above");
    assertThat(table.getString("TABLE_TYPE")).isEqualTo("TABLE");
  }

  @Test
  void columns() throws SQLException {
    ResultSet rows = metadata.getColumns("memory", "main", "parent", "%");
    assertThat(rows.next()).isTrue();
    assertThat(rows.getString("COLUMN_NAME")).isEqualTo("id");
    assertThat(rows.getInt("DATA_TYPE")).isEqualTo(Types.INTEGER);
    assertThat(rows.getString("TYPE_NAME")).isEqualTo("INTEGER");
    assertThat(rows.getInt("NULLABLE")).isEqualTo(DatabaseMetaData.columnNoNulls);
    assertThat(rows.getString("IS_AUTOINCREMENT")).isEqualTo("YES");
    assertThat(rows.getInt("ORDINAL_POSITION")).isEqualTo(1);
    assertThat(rows.next()).isTrue();
    assertThat(rows.getString("COLUMN_DEF")).isEqualTo("'x'");
    assertThat(rows.getString("REMARKS")).isEqualTo("what it is called");
    assertThat(rows.getString("IS_NULLABLE")).isEqualTo("NO");
    assertThat(rows.next()).isTrue();
    assertThat(rows.getInt("COLUMN_SIZE")).isEqualTo(9);
    assertThat(rows.getInt("DECIMAL_DIGITS")).isEqualTo(2);
    assertThat(rows.next()).isTrue();
    assertThat(rows.getInt("DATA_TYPE")).isEqualTo(Types.ARRAY);
    assertThat(rows.next()).isFalse();
    assertThat(column(metadata.getColumns(null, null, "family", "n%"), "COLUMN_NAME"))
        .containsExactly("name");
    assertThat(column(metadata.getColumns(null, "main", "child\\_1", "b"), "IS_GENERATEDCOLUMN"))
        .containsExactly("YES");
  }

  @Test
  void keysAndIndexes() throws SQLException {
    assertThat(column(metadata.getPrimaryKeys(null, "main", "parent"), "COLUMN_NAME"))
        .containsExactly("id");
    assertThat(column(metadata.getPrimaryKeys(null, "main", "family"), "COLUMN_NAME")).isEmpty();
    ResultSet imported = metadata.getImportedKeys(null, "main", "child_1");
    assertThat(imported.next()).isTrue();
    assertThat(imported.getString("PKTABLE_NAME")).isEqualTo("parent");
    assertThat(imported.getString("PKCOLUMN_NAME")).isEqualTo("id");
    assertThat(imported.getString("FKCOLUMN_NAME")).isEqualTo("parent_id");
    assertThat(imported.getString("PK_NAME")).isNotEmpty();
    assertThat(imported.getInt("KEY_SEQ")).isEqualTo(1);
    assertThat(imported.next()).isFalse();
    assertThat(column(metadata.getExportedKeys(null, "main", "parent"), "FKTABLE_NAME"))
        .containsExactly("child_1");
    assertThat(column(metadata.getExportedKeys(null, "main", "child_1"), "FKTABLE_NAME")).isEmpty();
    assertThat(column(metadata.getIndexInfo(null, "main", "child_1", false, true), "COLUMN_NAME"))
        .containsExactly("a", "parent_id");
    assertThat(column(metadata.getIndexInfo(null, "main", "child_1", true, true), "COLUMN_NAME"))
        .isEmpty();
    assertThat(column(metadata.getIndexInfo(null, "main", "parent", true, true), "COLUMN_NAME"))
        .contains("id", "name");
  }

  @Test
  void functionsAndTypes() throws SQLException {
    assertThat(column(metadata.getFunctions(null, null, "low_r"), "FUNCTION_NAME"))
        .contains("lower");
    ResultSet parts = metadata.getFunctionColumns(null, null, "lower", "%");
    assertThat(parts.next()).isTrue();
    assertThat(parts.getInt("COLUMN_TYPE")).isEqualTo(DatabaseMetaData.functionReturn);
    assertThat(parts.getString("TYPE_NAME")).isEqualTo("VARCHAR");
    assertThat(parts.next()).isTrue();
    assertThat(parts.getInt("ORDINAL_POSITION")).isEqualTo(1);
    ResultSet types = metadata.getTypeInfo();
    int last = Integer.MIN_VALUE;
    List<String> names = new ArrayList<>();
    while (types.next()) {
      assertThat(types.getInt("DATA_TYPE")).isGreaterThanOrEqualTo(last);
      last = types.getInt("DATA_TYPE");
      names.add(types.getString("TYPE_NAME"));
    }
    assertThat(names).contains("INTEGER", "VARCHAR", "DECIMAL").doesNotHaveDuplicates();
  }

  /** Every question has an answer, if an empty one, and its columns can be described. */
  @Test
  void nothingThrows() throws Exception {
    for (Method method : DatabaseMetaData.class.getMethods()) {
      if (method.getDeclaringClass() != DatabaseMetaData.class) {
        continue;
      }
      Object[] arguments =
          Arrays.stream(method.getParameterTypes())
              .map(type -> type == int.class ? (Object) 1 : type == boolean.class ? true : null)
              .toArray();
      Object answer = method.invoke(metadata, arguments);
      if (answer instanceof ResultSet rows) {
        assertThat(rows.getMetaData().getColumnCount()).as(method.getName()).isPositive();
        while (rows.next()) {
          rows.getString(1);
        }
        rows.close();
      }
    }
    assertThat(metadata.getIdentifierQuoteString()).isEqualTo("\"");
    assertThat(metadata.getSQLKeywords()).contains("select");
    assertThat(metadata.supportsTransactions()).isTrue();
    assertThat(metadata.supportsANSI92EntryLevelSQL()).isTrue();
    assertThat(metadata.getDatabaseProductName()).isEqualTo("Auspex");
    assertThat(metadata.getURL()).isEqualTo("jdbc:auspex:");
  }

  /** A source is a catalog, and asked only where it is the one. */
  @Test
  void sourcesAreCatalogs(@TempDir Path folder) throws SQLException {
    String url = "jdbc:sqlite:" + folder.resolve("shop.db");
    try (Connection shop = DriverManager.getConnection(url);
        Statement statement = shop.createStatement()) {
      statement.execute(
          "CREATE TABLE orders (day DATE NOT NULL, no INTEGER, PRIMARY KEY (no, day))");
      statement.execute("CREATE TABLE order_s (price REAL)");
      statement.execute("CREATE VIEW late AS SELECT * FROM orders");
    }
    try (Connection own = DriverManager.getConnection("jdbc:auspex:");
        Statement statement = own.createStatement()) {
      statement.execute("CREATE SOURCE Shop URL '" + url + "'");
      DatabaseMetaData metadata = own.getMetaData();
      assertThat(column(metadata.getCatalogs(), "TABLE_CAT")).contains("memory", "Shop");
      assertThat(column(metadata.getSchemas("shop", null), "TABLE_SCHEM")).containsExactly("main");
      assertThat(column(metadata.getTables("Shop", null, "ord%", null), "TABLE_NAME"))
          .containsExactly("order_s", "orders");
      assertThat(column(metadata.getTables("Shop", "main", "ORDER\\_S", null), "TABLE_NAME"))
          .containsExactly("order_s");
      assertThat(column(metadata.getTables("Shop", "%", "%", new String[] {"VIEW"}), "TABLE_NAME"))
          .containsExactly("late");
      assertThat(column(metadata.getTables(null, "main", "%", null), "TABLE_NAME")).isEmpty();
      ResultSet columns = metadata.getColumns("shop", "main", "orders", "%");
      assertThat(columns.next()).isTrue();
      assertThat(columns.getString("TABLE_CAT")).isEqualTo("Shop");
      assertThat(columns.getString("COLUMN_NAME")).isEqualTo("day");
      assertThat(columns.getInt("DATA_TYPE")).isEqualTo(Types.DATE);
      assertThat(columns.getString("IS_NULLABLE")).isEqualTo("NO");
      assertThat(columns.next()).isTrue();
      assertThat(columns.getInt("ORDINAL_POSITION")).isEqualTo(2);
      assertThat(columns.next()).isFalse();
      ResultSet keys = metadata.getPrimaryKeys("Shop", null, "orders");
      assertThat(keys.next()).isTrue();
      assertThat(keys.getString("COLUMN_NAME")).isEqualTo("day");
      assertThat(keys.getInt("KEY_SEQ")).isEqualTo(2);
      assertThat(column(keys, "COLUMN_NAME")).containsExactly("no");
    }
  }
}
