/** From relational algebra back to DuckDB's SQL. */
package io.auspex.sql.unparse;
