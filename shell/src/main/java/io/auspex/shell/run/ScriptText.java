package io.auspex.shell.run;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

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

  /**
   * The text of a file.
   *
   * @throws IOException whose message is a sentence for the user
   */
  static ScriptText of(String file) throws IOException {
    try {
      return new ScriptText(file, Files.readString(Path.of(file)));
    } catch (NoSuchFileException e) {
      throw new IOException("the file " + file + " does not exist.", e);
    } catch (MalformedInputException e) {
      throw new IOException("the file " + file + " is no text in UTF-8.", e);
    } catch (IOException | InvalidPathException e) {
      throw new IOException("the file " + file + " cannot be read: " + e.getMessage(), e);
    }
  }
}
