/**
 * The cut: every PREDICT is lifted out of a query by its tokens, and the rest stays as written, so
 * that any syntax of DuckDB's works around it.
 */
package io.auspex.sql.cut;
