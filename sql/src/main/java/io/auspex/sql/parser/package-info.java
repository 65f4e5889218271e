/**
 * The grammar: statements about models, and queries as far as it surely reads them as DuckDB does.
 * It is generated from Calcite's and from {@code src/main/codegen}.
 */
package io.auspex.sql.parser;
