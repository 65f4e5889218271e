package io.auspex.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the whole process takes up, native memory included, where the system tells it. */
final class ProcessMemory {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Pattern PEAK = Pattern.compile("(?m)^VmHWM:\\s*(\\d+) kB$");

  private ProcessMemory() {}

  /** The most bytes of memory that the process had at a time; empty on other systems than Linux. */
  static Optional<Long> peak() {
    try {
      Matcher peak = PEAK.matcher(Files.readString(STATUS));
      return peak.find() ? Optional.of(Long.parseLong(peak.group(1)) << 10) : Optional.empty();
    } catch (IOException notLinux) {
      return Optional.empty();
    }
  }
}
