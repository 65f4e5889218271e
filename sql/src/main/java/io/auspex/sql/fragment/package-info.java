/**
 * The physical plan as data: fragments of DuckDB's SQL and the predictions between them. All that
 * the engine needs to know of planning.
 */
package io.auspex.sql.fragment;
