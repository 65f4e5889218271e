/** How results look: one class a format, and how single values are written. */
package io.auspex.shell.output;
