/** What EXPLAIN prints. */
package io.auspex.sql.explain;
