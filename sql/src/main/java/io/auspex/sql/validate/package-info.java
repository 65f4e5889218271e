/** From a parsed query to relational algebra: what its names and calls mean to DuckDB. */
package io.auspex.sql.validate;
