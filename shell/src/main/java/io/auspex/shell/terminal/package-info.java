/** The interactive shell: prompt, editing, highlighting, completion and dot commands. */
package io.auspex.shell.terminal;
