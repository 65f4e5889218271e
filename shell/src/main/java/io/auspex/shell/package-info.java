/** The command {@code auspex}: its arguments, its exit code, and where things go. */
package io.auspex.shell;
