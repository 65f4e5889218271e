package io.auspex.shell.serve;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Where a served warehouse can be asked. It stands in a file in the folder beside the warehouse,
 * for its owner to read: whoever can read it may do what its owner may.
 *
 * <p>It is a port of this machine and not a socket of the file system, which takes Java 10 ms
 * longer to open, since it makes a generator of secure random numbers.
 *
 * @param port a port of the loopback interface
 * @param token what a client has to know, as long as {@link #SECRET_LENGTH}
 * @param proof what the server has to know: the port may be another process's by now
 * @param process the server's, for the launcher to see whether it lives
 */
record Endpoint(int port, String token, String proof, long process) {
  static final int SECRET_LENGTH = 32;

  private static final byte[] LOOPBACK = {127, 0, 0, 1};

  /** The file that says where a warehouse is served, if it is; the launcher looks for it too. */
  static File file(String warehouse) throws IOException {
    return new File(new File(warehouse).getCanonicalPath().concat(".auspex"), "server");
  }

  static Endpoint read(File file) throws IOException {
    String[] parts;
    try (FileInputStream written = new FileInputStream(file)) {
      parts = new String(written.readAllBytes(), StandardCharsets.US_ASCII).split(" ");
    }
    if (parts.length != 4
        || parts[1].length() != SECRET_LENGTH
        || parts[2].length() != SECRET_LENGTH) {
      throw new IOException("it is no endpoint");
    }
    try {
      return new Endpoint(Integer.parseInt(parts[0]), parts[1], parts[2], Long.parseLong(parts[3]));
    } catch (NumberFormatException e) {
      throw new IOException("it is no endpoint", e);
    }
  }

  /** What is read again. */
  byte[] written() {
    return String.join(" ", Integer.toString(port), token, proof, Long.toString(process))
        .getBytes(StandardCharsets.US_ASCII);
  }

  static InetAddress loopback() throws IOException {
    return InetAddress.getByAddress(LOOPBACK);
  }

  Socket connect() throws IOException {
    return new Socket(loopback(), port);
  }
}
