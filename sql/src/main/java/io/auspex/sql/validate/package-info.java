/** What names and calls of a query mean, as far as the planner has to know. */
package io.auspex.sql.validate;
