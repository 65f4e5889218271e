package io.auspex.catalog;

import java.nio.file.Path;

/**
 * Where a password is, and never the password itself; {@link Secrets} opens it. What {@link
 * #toString} gives may be shown to anybody.
 */
public sealed interface Secret {

  /** {@code FROM ENV 'CRM_PW'}: in a variable of the process's environment. */
  record FromEnvironment(String variable) implements Secret {
    @Override
    public String toString() {
      return "from the environment variable " + variable;
    }
  }

  /** {@code FROM FILE '…'}: the first line of a file, read whenever a connection is made. */
  record FromFile(Path file) implements Secret {
    public FromFile {
      file = file.toAbsolutePath().normalize();
    }

    @Override
    public String toString() {
      return "from the file " + file;
    }
  }

  /**
   * Kept in the warehouse, encrypted with a key that is not.
   *
   * @param cipherText as {@link Secrets#seal} made it
   */
  record Sealed(String cipherText) implements Secret {
    @Override
    public String toString() {
      return "sealed";
    }
  }
}
