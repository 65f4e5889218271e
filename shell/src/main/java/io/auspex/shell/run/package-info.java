/** Running statements: one session, its results, errors, row counts and progress. */
package io.auspex.shell.run;
