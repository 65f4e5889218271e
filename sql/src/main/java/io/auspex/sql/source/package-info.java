/** The SQL of other databases: how it is written, and what of it means the same as DuckDB's. */
package io.auspex.sql.source;
