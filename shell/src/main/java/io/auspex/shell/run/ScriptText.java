package io.auspex.shell.run;

/**
 * The text that a statement was written in.
 *
 * @param name a file's name, or nothing for what was typed
 * @param text all of it
 */
public record ScriptText(String name, String text) {

  /** Text without a file. */
  public static ScriptText typed(String text) {
    return new ScriptText("", text);
  }
}
