package io.auspex.jdbc;

import java.sql.DatabaseMetaData;

/** The questions of JDBC's metadata, in DuckDB's SQL; columns are named as JDBC wants them. */
final class MetadataSql {
  private MetadataSql() {}

  static final String CATALOGS =
      "SELECT database_name AS TABLE_CAT FROM duckdb_databases() WHERE NOT internal ORDER BY 1";

  static final String SCHEMAS =
      """
      SELECT schema_name AS TABLE_SCHEM, database_name AS TABLE_CATALOG
      FROM duckdb_schemas() JOIN duckdb_databases() d USING (database_name)
      WHERE (NOT d.internal OR database_name = 'temp')
        AND database_name ILIKE $1 ESCAPE '\\' AND schema_name ILIKE $2 ESCAPE '\\'
      ORDER BY TABLE_CATALOG, TABLE_SCHEM""";

  static final String TABLES =
      """
      SELECT table_catalog AS TABLE_CAT, table_schema AS TABLE_SCHEM, table_name AS TABLE_NAME,
        replace(table_type, 'BASE TABLE', 'TABLE') AS TABLE_TYPE, "TABLE_COMMENT" AS REMARKS,
        NULL::VARCHAR AS TYPE_CAT, NULL::VARCHAR AS TYPE_SCHEM, NULL::VARCHAR AS TYPE_NAME,
        NULL::VARCHAR AS SELF_REFERENCING_COL_NAME, NULL::VARCHAR AS REF_GENERATION
      FROM information_schema.tables
      WHERE table_catalog ILIKE $1 ESCAPE '\\' AND table_schema ILIKE $2 ESCAPE '\\'
        AND table_name ILIKE $3 ESCAPE '\\'
        AND contains($4, ',' || replace(table_type, 'BASE TABLE', 'TABLE') || ',')
      ORDER BY TABLE_TYPE, TABLE_CAT, TABLE_SCHEM, TABLE_NAME""";

  static final String COLUMNS =
      """
      SELECT database_name AS TABLE_CAT, schema_name AS TABLE_SCHEM, table_name AS TABLE_NAME,
        column_name AS COLUMN_NAME, 0 AS DATA_TYPE, data_type AS TYPE_NAME, 0 AS COLUMN_SIZE,
        NULL::INTEGER AS BUFFER_LENGTH, 0 AS DECIMAL_DIGITS, 10 AS NUM_PREC_RADIX,
        is_nullable::INTEGER AS NULLABLE, comment AS REMARKS,
        CASE WHEN NOT is_generated THEN column_default END AS COLUMN_DEF,
        NULL::INTEGER AS SQL_DATA_TYPE, NULL::INTEGER AS SQL_DATETIME_SUB,
        character_maximum_length AS CHAR_OCTET_LENGTH, column_index AS ORDINAL_POSITION,
        CASE WHEN is_nullable THEN 'YES' ELSE 'NO' END AS IS_NULLABLE,
        NULL::VARCHAR AS SCOPE_CATALOG, NULL::VARCHAR AS SCOPE_SCHEMA,
        NULL::VARCHAR AS SCOPE_TABLE, NULL::SMALLINT AS SOURCE_DATA_TYPE,
        CASE WHEN column_default LIKE 'nextval(%' THEN 'YES' ELSE 'NO' END AS IS_AUTOINCREMENT,
        CASE WHEN is_generated THEN 'YES' ELSE 'NO' END AS IS_GENERATEDCOLUMN
      FROM duckdb_columns()
      WHERE NOT internal
        AND database_name ILIKE $1 ESCAPE '\\' AND schema_name ILIKE $2 ESCAPE '\\'
        AND table_name ILIKE $3 ESCAPE '\\' AND column_name ILIKE $4 ESCAPE '\\'
      ORDER BY TABLE_CAT, TABLE_SCHEM, TABLE_NAME, ORDINAL_POSITION""";

  static final String PRIMARY_KEYS =
      """
      SELECT database_name AS TABLE_CAT, schema_name AS TABLE_SCHEM, table_name AS TABLE_NAME,
        unnest(constraint_column_names) AS COLUMN_NAME,
        generate_subscripts(constraint_column_names, 1)::SMALLINT AS KEY_SEQ,
        constraint_name AS PK_NAME
      FROM duckdb_constraints()
      WHERE constraint_type = 'PRIMARY KEY' AND database_name ILIKE $1 ESCAPE '\\'
        AND schema_name ILIKE $2 ESCAPE '\\' AND table_name ILIKE $3 ESCAPE '\\'
      ORDER BY COLUMN_NAME""";

  /** A foreign key stays within its schema. */
  static final String FOREIGN_KEYS =
      """
      SELECT f.database_name AS PKTABLE_CAT, f.schema_name AS PKTABLE_SCHEM,
        f.referenced_table AS PKTABLE_NAME, unnest(f.referenced_column_names) AS PKCOLUMN_NAME,
        f.database_name AS FKTABLE_CAT, f.schema_name AS FKTABLE_SCHEM,
        f.table_name AS FKTABLE_NAME, unnest(f.constraint_column_names) AS FKCOLUMN_NAME,
        generate_subscripts(f.constraint_column_names, 1)::SMALLINT AS KEY_SEQ,
        %d::SMALLINT AS UPDATE_RULE, %d::SMALLINT AS DELETE_RULE,
        f.constraint_name AS FK_NAME, p.constraint_name AS PK_NAME,
        %d::SMALLINT AS DEFERRABILITY
      FROM duckdb_constraints() f LEFT JOIN duckdb_constraints() p
        ON p.database_name = f.database_name AND p.schema_name = f.schema_name
        AND p.table_name = f.referenced_table
        AND p.constraint_type IN ('PRIMARY KEY', 'UNIQUE')
        AND p.constraint_column_names = f.referenced_column_names
      WHERE f.constraint_type = 'FOREIGN KEY'
        AND f.database_name ILIKE $1 ESCAPE '\\' AND f.schema_name ILIKE $2 ESCAPE '\\'
        AND f.referenced_table ILIKE $3 ESCAPE '\\'
        AND f.database_name ILIKE $4 ESCAPE '\\' AND f.schema_name ILIKE $5 ESCAPE '\\'
        AND f.table_name ILIKE $6 ESCAPE '\\'
      ORDER BY PKTABLE_CAT, PKTABLE_SCHEM, PKTABLE_NAME, FKTABLE_NAME, FK_NAME, KEY_SEQ"""
          .formatted(
              DatabaseMetaData.importedKeyNoAction,
              DatabaseMetaData.importedKeyNoAction,
              DatabaseMetaData.importedKeyNotDeferrable);

  static final String INDEXES =
      """
      SELECT database_name AS TABLE_CAT, schema_name AS TABLE_SCHEM, table_name AS TABLE_NAME,
        NOT is_unique AS NON_UNIQUE, NULL::VARCHAR AS INDEX_QUALIFIER, index_name AS INDEX_NAME,
        %d::SMALLINT AS TYPE, generate_subscripts(columns, 1)::SMALLINT AS ORDINAL_POSITION,
        unnest(columns) AS COLUMN_NAME, NULL::VARCHAR AS ASC_OR_DESC,
        NULL::BIGINT AS CARDINALITY, NULL::BIGINT AS PAGES, NULL::VARCHAR AS FILTER_CONDITION
      FROM (
        SELECT database_name, schema_name, table_name, is_unique, index_name,
          expressions::VARCHAR[] AS columns
        FROM duckdb_indexes()
        UNION ALL
        SELECT database_name, schema_name, table_name, true, constraint_name,
          constraint_column_names
        FROM duckdb_constraints() WHERE constraint_type IN ('PRIMARY KEY', 'UNIQUE'))
      WHERE database_name ILIKE $1 ESCAPE '\\' AND schema_name ILIKE $2 ESCAPE '\\'
        AND table_name ILIKE $3 ESCAPE '\\' AND (is_unique OR NOT $4)
      ORDER BY NON_UNIQUE, INDEX_NAME, ORDINAL_POSITION"""
          .formatted(DatabaseMetaData.tableIndexOther);

  /** Overloads share their name; {@code SPECIFIC_NAME} tells them apart. */
  private static final String OVERLOADS =
      """
      SELECT database_name, schema_name, function_name, function_type, description, comment,
        return_type, parameters, parameter_types,
        function_name || '(' || array_to_string(parameter_types, ', ') || ')' AS specific_name
      FROM duckdb_functions()
      WHERE function_type IN ('scalar', 'aggregate', 'table', 'macro', 'table_macro')
        AND database_name ILIKE $1 ESCAPE '\\' AND schema_name ILIKE $2 ESCAPE '\\'
        AND function_name ILIKE $3 ESCAPE '\\'""";

  static final String FUNCTIONS =
      """
      SELECT database_name AS FUNCTION_CAT, schema_name AS FUNCTION_SCHEM,
        function_name AS FUNCTION_NAME, coalesce(comment, description) AS REMARKS,
        CASE WHEN function_type IN ('table', 'table_macro') THEN %d ELSE %d END::SMALLINT
          AS FUNCTION_TYPE,
        coalesce(specific_name, function_name) AS SPECIFIC_NAME
      FROM (%s)
      ORDER BY FUNCTION_CAT, FUNCTION_SCHEM, FUNCTION_NAME, SPECIFIC_NAME"""
          .formatted(
              DatabaseMetaData.functionReturnsTable, DatabaseMetaData.functionNoTable, OVERLOADS);

  static final String FUNCTION_COLUMNS =
      """
      WITH overloads AS (%s), parts AS (
        SELECT *, 0 AS position, 'result' AS name, return_type AS type, %d AS role FROM overloads
        WHERE return_type IS NOT NULL
        UNION ALL
        SELECT *, unnest(range(1, len(parameter_types) + 1)) AS position,
          unnest(parameters[:len(parameter_types)]) AS name, unnest(parameter_types) AS type, %d
        FROM overloads)
      SELECT database_name AS FUNCTION_CAT, schema_name AS FUNCTION_SCHEM,
        function_name AS FUNCTION_NAME, name AS COLUMN_NAME, role::SMALLINT AS COLUMN_TYPE,
        0 AS DATA_TYPE, coalesce(type, 'ANY') AS TYPE_NAME, 0 AS PRECISION, 0 AS LENGTH,
        0 AS SCALE, 10::SMALLINT AS RADIX, %d::SMALLINT AS NULLABLE, NULL::VARCHAR AS REMARKS,
        NULL::INTEGER AS CHAR_OCTET_LENGTH, position::INTEGER AS ORDINAL_POSITION,
        '' AS IS_NULLABLE, coalesce(specific_name, function_name) AS SPECIFIC_NAME
      FROM parts WHERE coalesce(name, '') ILIKE $4 ESCAPE '\\'
      ORDER BY FUNCTION_CAT, FUNCTION_SCHEM, FUNCTION_NAME, SPECIFIC_NAME, ORDINAL_POSITION"""
          .formatted(
              OVERLOADS,
              DatabaseMetaData.functionReturn,
              DatabaseMetaData.functionColumnIn,
              DatabaseMetaData.functionNullableUnknown);

  static final String TYPES =
      """
      SELECT DISTINCT logical_type AS TYPE_NAME, 0 AS DATA_TYPE, 0 AS PRECISION,
        CASE WHEN type_category IN ('STRING', 'DATETIME') THEN '''' END AS LITERAL_PREFIX,
        CASE WHEN type_category IN ('STRING', 'DATETIME') THEN '''' END AS LITERAL_SUFFIX,
        CASE WHEN logical_type = 'DECIMAL' THEN 'precision, scale' END AS CREATE_PARAMS,
        %d::SMALLINT AS NULLABLE, logical_type = 'VARCHAR' AS CASE_SENSITIVE,
        %d::SMALLINT AS SEARCHABLE, starts_with(logical_type, 'U') AS UNSIGNED_ATTRIBUTE,
        false AS FIXED_PREC_SCALE, false AS AUTO_INCREMENT, logical_type AS LOCAL_TYPE_NAME,
        0::SMALLINT AS MINIMUM_SCALE, 0 AS MAXIMUM_SCALE, NULL::INTEGER AS SQL_DATA_TYPE,
        NULL::INTEGER AS SQL_DATETIME_SUB, 10 AS NUM_PREC_RADIX
      FROM duckdb_types()
      WHERE internal AND logical_type NOT IN ('NULL', 'TYPE', 'TUPLE')"""
          .formatted(DatabaseMetaData.typeNullable, DatabaseMetaData.typeSearchable);
}
