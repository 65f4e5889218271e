/** Queries as DuckDB's own parser reads them, and back to text. */
package io.auspex.sql.tree;
