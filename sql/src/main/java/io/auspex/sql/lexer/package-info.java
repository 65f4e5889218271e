/** The one lexer of DuckDB's SQL: for scripts, routing, the cut, and the shell. */
package io.auspex.sql.lexer;
