/**
 * From DuckDB's tree of a query to relational algebra: what names mean, what a SELECT computes, and
 * which parts stay DuckDB's own text.
 */
package io.auspex.sql.bind;
