package io.auspex.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What is in a warehouse: schemas, tables, columns, keys, functions, asked of DuckDB; and in its
 * sources, of which each is a catalog. Patterns have {@code %}, {@code _} and {@code \} as escape,
 * and match without regard to case, as names do; an empty catalog or pattern narrows nothing. What
 * DuckDB has none of is an empty answer.
 */
final class WarehouseMetaData extends WarehouseFacts {
  private final AuspexConnection connection;
  private final SourceMetaData sources;

  WarehouseMetaData(AuspexConnection connection) {
    super(connection);
    this.connection = connection;
    this.sources = new SourceMetaData(connection);
  }

  private ResultSet answer(String sql, Object... parameters) throws SQLException {
    return query(sql, parameters).resultSet();
  }

  private Metadata query(String sql, Object... parameters) throws SQLException {
    return Metadata.of(connection, sql, parameters);
  }

  /** A catalog, which is no pattern, as a pattern that matches it alone. */
  private static String exactly(String name) {
    return name == null || name.isEmpty() ? "%" : name.replaceAll("([%_\\\\])", "\\\\$1");
  }

  private static String pattern(String pattern) {
    return pattern == null || pattern.isEmpty() ? "%" : pattern;
  }

  @Override
  public ResultSet getCatalogs() throws SQLException {
    return query(MetadataSql.CATALOGS).and(sources.catalogs()).resultSet();
  }

  @Override
  public ResultSet getSchemas() throws SQLException {
    return getSchemas(null, null);
  }

  @Override
  public ResultSet getSchemas(String catalog, String schema) throws SQLException {
    return query(MetadataSql.SCHEMAS, exactly(catalog), pattern(schema))
        .and(sources.schemas(catalog, pattern(schema)))
        .resultSet();
  }

  @Override
  public ResultSet getTableTypes() throws SQLException {
    return answer("SELECT unnest(['LOCAL TEMPORARY', 'TABLE', 'VIEW']) AS TABLE_TYPE");
  }

  @Override
  public ResultSet getTables(String catalog, String schema, String table, String[] types)
      throws SQLException {
    List<String> wanted = new ArrayList<>();
    for (String type : types == null ? new String[] {"LOCAL TEMPORARY", "TABLE", "VIEW"} : types) {
      wanted.add(type.toUpperCase(Locale.ROOT).equals("BASE TABLE") ? "TABLE" : type);
    }
    String list = String.join(",", wanted).toUpperCase(Locale.ROOT);
    return query(
            MetadataSql.TABLES, exactly(catalog), pattern(schema), pattern(table), "," + list + ",")
        .and(sources.tables(catalog, pattern(schema), pattern(table), Set.of(list.split(","))))
        .resultSet();
  }

  @Override
  public ResultSet getColumns(String catalog, String schema, String table, String column)
      throws SQLException {
    return query(
            MetadataSql.COLUMNS, exactly(catalog), pattern(schema), pattern(table), pattern(column))
        .and(sources.columns(catalog, pattern(schema), pattern(table), pattern(column)))
        .map(row -> typed(row, 4, 5, 6, 8))
        .resultSet();
  }

  /** Fills in what JDBC says of the type whose name stands beside. */
  private static Object[] typed(Object[] row, int code, int name, int size, int digits) {
    JdbcType type = JdbcType.of((String) row[name]);
    row[code] = type.code();
    row[size] = type.precision() > 0 ? type.precision() : type.displaySize();
    row[digits] = type.scale();
    return row;
  }

  @Override
  public ResultSet getPrimaryKeys(String catalog, String schema, String table) throws SQLException {
    return query(MetadataSql.PRIMARY_KEYS, exactly(catalog), exactly(schema), exactly(table))
        .and(sources.primaryKeys(catalog, exactly(schema), exactly(table)))
        .resultSet();
  }

  @Override
  public ResultSet getImportedKeys(String catalog, String schema, String table)
      throws SQLException {
    return getCrossReference(null, null, null, catalog, schema, table);
  }

  @Override
  public ResultSet getExportedKeys(String catalog, String schema, String table)
      throws SQLException {
    return getCrossReference(catalog, schema, table, null, null, null);
  }

  @Override
  public ResultSet getCrossReference(
      String parentCatalog,
      String parentSchema,
      String parent,
      String foreignCatalog,
      String foreignSchema,
      String foreign)
      throws SQLException {
    return answer(
        MetadataSql.FOREIGN_KEYS,
        exactly(parentCatalog),
        exactly(parentSchema),
        exactly(parent),
        exactly(foreignCatalog),
        exactly(foreignSchema),
        exactly(foreign));
  }

  @Override
  public ResultSet getIndexInfo(
      String catalog, String schema, String table, boolean unique, boolean approximate)
      throws SQLException {
    return answer(MetadataSql.INDEXES, exactly(catalog), exactly(schema), exactly(table), unique);
  }

  @Override
  public ResultSet getFunctions(String catalog, String schema, String function)
      throws SQLException {
    return answer(MetadataSql.FUNCTIONS, exactly(catalog), pattern(schema), pattern(function));
  }

  @Override
  public ResultSet getFunctionColumns(String catalog, String schema, String function, String column)
      throws SQLException {
    return query(
            MetadataSql.FUNCTION_COLUMNS,
            exactly(catalog),
            pattern(schema),
            pattern(function),
            pattern(column))
        .map(row -> typed(row, 5, 6, 7, 9))
        .resultSet();
  }

  @Override
  public ResultSet getTypeInfo() throws SQLException {
    Metadata types = query(MetadataSql.TYPES).map(row -> typed(row, 1, 0, 2, 14));
    types.rows().sort((a, b) -> Integer.compare((Integer) a[1], (Integer) b[1]));
    return types.resultSet();
  }

  @Override
  public ResultSet getProcedures(String catalog, String schema, String procedure)
      throws SQLException {
    return Metadata.empty(
        "PROCEDURE_CAT",
        "PROCEDURE_SCHEM",
        "PROCEDURE_NAME",
        "RESERVED1",
        "RESERVED2",
        "RESERVED3",
        "REMARKS",
        "PROCEDURE_TYPE SMALLINT",
        "SPECIFIC_NAME");
  }

  @Override
  public ResultSet getProcedureColumns(
      String catalog, String schema, String procedure, String column) throws SQLException {
    return Metadata.empty(
        "PROCEDURE_CAT",
        "PROCEDURE_SCHEM",
        "PROCEDURE_NAME",
        "COLUMN_NAME",
        "COLUMN_TYPE SMALLINT",
        "DATA_TYPE INTEGER",
        "TYPE_NAME",
        "PRECISION INTEGER",
        "LENGTH INTEGER",
        "SCALE SMALLINT",
        "RADIX SMALLINT",
        "NULLABLE SMALLINT",
        "REMARKS",
        "COLUMN_DEF",
        "SQL_DATA_TYPE INTEGER",
        "SQL_DATETIME_SUB INTEGER",
        "CHAR_OCTET_LENGTH INTEGER",
        "ORDINAL_POSITION INTEGER",
        "IS_NULLABLE",
        "SPECIFIC_NAME");
  }

  @Override
  public ResultSet getTablePrivileges(String catalog, String schema, String table)
      throws SQLException {
    return Metadata.empty(
        "TABLE_CAT",
        "TABLE_SCHEM",
        "TABLE_NAME",
        "GRANTOR",
        "GRANTEE",
        "PRIVILEGE",
        "IS_GRANTABLE");
  }

  @Override
  public ResultSet getColumnPrivileges(String catalog, String schema, String table, String column)
      throws SQLException {
    return Metadata.empty(
        "TABLE_CAT",
        "TABLE_SCHEM",
        "TABLE_NAME",
        "COLUMN_NAME",
        "GRANTOR",
        "GRANTEE",
        "PRIVILEGE",
        "IS_GRANTABLE");
  }

  @Override
  public ResultSet getBestRowIdentifier(
      String catalog, String schema, String table, int scope, boolean nullable)
      throws SQLException {
    return getVersionColumns(catalog, schema, table);
  }

  @Override
  public ResultSet getVersionColumns(String catalog, String schema, String table)
      throws SQLException {
    return Metadata.empty(
        "SCOPE SMALLINT",
        "COLUMN_NAME",
        "DATA_TYPE INTEGER",
        "TYPE_NAME",
        "COLUMN_SIZE INTEGER",
        "BUFFER_LENGTH INTEGER",
        "DECIMAL_DIGITS SMALLINT",
        "PSEUDO_COLUMN SMALLINT");
  }

  @Override
  public ResultSet getUDTs(String catalog, String schema, String type, int[] types)
      throws SQLException {
    return Metadata.empty(
        "TYPE_CAT",
        "TYPE_SCHEM",
        "TYPE_NAME",
        "CLASS_NAME",
        "DATA_TYPE INTEGER",
        "REMARKS",
        "BASE_TYPE SMALLINT");
  }

  @Override
  public ResultSet getSuperTypes(String catalog, String schema, String type) throws SQLException {
    return Metadata.empty(
        "TYPE_CAT",
        "TYPE_SCHEM",
        "TYPE_NAME",
        "SUPERTYPE_CAT",
        "SUPERTYPE_SCHEM",
        "SUPERTYPE_NAME");
  }

  @Override
  public ResultSet getSuperTables(String catalog, String schema, String table) throws SQLException {
    return Metadata.empty("TABLE_CAT", "TABLE_SCHEM", "TABLE_NAME", "SUPERTABLE_NAME");
  }

  @Override
  public ResultSet getAttributes(String catalog, String schema, String type, String attribute)
      throws SQLException {
    return Metadata.empty(
        "TYPE_CAT",
        "TYPE_SCHEM",
        "TYPE_NAME",
        "ATTR_NAME",
        "DATA_TYPE INTEGER",
        "ATTR_TYPE_NAME",
        "ATTR_SIZE INTEGER",
        "DECIMAL_DIGITS INTEGER",
        "NUM_PREC_RADIX INTEGER",
        "NULLABLE INTEGER",
        "REMARKS",
        "ATTR_DEF");
  }

  @Override
  public ResultSet getPseudoColumns(String catalog, String schema, String table, String column)
      throws SQLException {
    return Metadata.empty(
        "TABLE_CAT",
        "TABLE_SCHEM",
        "TABLE_NAME",
        "COLUMN_NAME",
        "DATA_TYPE INTEGER",
        "COLUMN_SIZE INTEGER",
        "DECIMAL_DIGITS INTEGER",
        "NUM_PREC_RADIX INTEGER",
        "COLUMN_USAGE",
        "REMARKS",
        "CHAR_OCTET_LENGTH INTEGER",
        "IS_NULLABLE");
  }

  @Override
  public ResultSet getClientInfoProperties() throws SQLException {
    return Metadata.empty("NAME", "MAX_LEN INTEGER", "DEFAULT_VALUE", "DESCRIPTION");
  }
}
