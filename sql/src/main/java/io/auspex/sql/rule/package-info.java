/** The planner's rules, one a file, and the program that runs them. */
package io.auspex.sql.rule;
