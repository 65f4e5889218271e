/** A process that has a warehouse open runs commands that other processes are given. */
package io.auspex.shell.serve;
