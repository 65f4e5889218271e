/** Telling statements apart by their tokens, and the parts of a statement by its shape. */
package io.auspex.sql.statement;
