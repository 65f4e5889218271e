package io.auspex.engine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/** Files beside the tests. */
final class Resources {
  private Resources() {}

  static String text(String name) throws IOException {
    try (InputStream file = Resources.class.getResourceAsStream(name)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** The lines that are neither empty nor comments. */
  static Stream<String> lines(String name) throws IOException {
    return text(name).lines().filter(line -> !line.isBlank() && !line.startsWith("#"));
  }
}
