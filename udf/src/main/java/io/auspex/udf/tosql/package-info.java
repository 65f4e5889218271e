/** Models as expressions of DuckDB's SQL. */
package io.auspex.udf.tosql;
