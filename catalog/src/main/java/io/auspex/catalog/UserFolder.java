package io.auspex.catalog;

import java.nio.file.Path;
import java.util.Map;

/**
 * Where what is the user's own, and no warehouse's, lies: {@code auspex} in the folder for
 * configuration (XDG_CONFIG_HOME, or APPDATA, or {@code ~/.config}).
 */
public final class UserFolder {
  private static final String DRIVERS = "AUSPEX_DRIVERS";
  private static final String[] CONFIGURATION = {"XDG_CONFIG_HOME", "APPDATA"};

  private UserFolder() {}

  /**
   * The folder with jars of JDBC drivers, which need not be there: {@code drivers}, or where the
   * environment variable AUSPEX_DRIVERS says.
   */
  public static Path drivers() {
    return file(DRIVERS, "drivers", System.getenv());
  }

  /** What the variable names, or what is called {@code name} in the folder. */
  static Path file(String variable, String name, Map<String, String> environment) {
    String given = environment.getOrDefault(variable, "");
    return given.isBlank()
        ? configuration(environment).resolve("auspex").resolve(name)
        : Path.of(given).toAbsolutePath();
  }

  private static Path configuration(Map<String, String> environment) {
    for (String variable : CONFIGURATION) {
      Path folder = Path.of(environment.getOrDefault(variable, ""));
      if (folder.isAbsolute()) {
        return folder;
      }
    }
    return Path.of(System.getProperty("user.home"), ".config");
  }
}
