package io.auspex.catalog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What computes here, as far as times depend on it. Times that were measured on another machine, or
 * with another Java or Auspex, say nothing of this one.
 *
 * @param fingerprint such as {@code AMD EPYC 7B13, 8 cores, Java 17.0.15+6, Auspex 0.1.0, ONNX
 *     Runtime 1.28.0}
 */
public record Machine(String fingerprint) {
  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");
  private static final Pattern NAME =
      Pattern.compile("(?m)^(?:model name|Hardware|cpu model|cpu)\\s*:\\s*(\\S.*?)\\s*$");
  private static final Machine THIS =
      new Machine(
          String.format(
              "%s, %d cores, Java %s, Auspex %s, ONNX Runtime %s",
              processor(),
              Runtime.getRuntime().availableProcessors(),
              Runtime.version(),
              Versions.auspex(),
              Versions.onnxRuntime()));

  /** The one that this process runs on. */
  public static Machine current() {
    return THIS;
  }

  /** The processor's name where the system tells it, otherwise its kind. */
  private static String processor() {
    try {
      Matcher name = NAME.matcher(Files.readString(PROCESSORS));
      if (name.find()) {
        return name.group(1);
      }
    } catch (IOException notLinux) {
      // The environment tells it on Windows, and nothing cheap does on macOS.
    }
    String identifier = System.getenv("PROCESSOR_IDENTIFIER");
    return identifier == null ? System.getProperty("os.arch") : identifier;
  }
}
