package io.auspex.examples.crm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;

/** What the servers need of the machine that they run on. */
final class Machine {
  private static final int PASSWORD_BYTES = 16;
  private static final String NAME =
      System.getProperty("os.name") + " " + System.getProperty("os.arch");

  private Machine() {}

  /** Whether the servers' binaries, as the build brings them, run here. */
  static boolean runsServers() {
    return System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("linux")
        && Set.of("amd64", "x86_64").contains(System.getProperty("os.arch"));
  }

  /** The sentence for where they do not. */
  static String refusal() {
    return "The servers of this example run on Linux amd64, and this is "
        + NAME
        + ". Run examples/crm/score.sql with servers of your own; its README tells how.";
  }

  /** Nobody has to know it but who is told by this process. */
  static String password() {
    byte[] bytes = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** The port that is wanted, or another where somebody has it. */
  static int portLike(int wanted) {
    try {
      return free(wanted);
    } catch (IOException taken) {
      try {
        return free(0);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static int free(int port) throws IOException {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** The script's text with another port for the one that its URLs name. */
  static String withPort(String script, int named, int used) {
    String address = "://localhost:" + named + "/";
    if (!script.contains(address)) {
      throw new IllegalArgumentException("the script has no URL with " + address);
    }
    return script.replace(address, "://localhost:" + used + "/");
  }
}
