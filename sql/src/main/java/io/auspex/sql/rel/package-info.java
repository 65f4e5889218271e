/**
 * What is ours of the relational algebra: {@link io.auspex.sql.rel.Predict}, what it runs as, and
 * expressions that stay DuckDB's text. All else is Calcite's.
 */
package io.auspex.sql.rel;
