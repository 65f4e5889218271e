package io.auspex.shell.serve;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * What client and server say to each other. The client sends {@link #GREETING} and the endpoint's
 * token, the server its proof; only then does the client send its {@link Request}. The server
 * answers {@link #ACCEPTED} or {@link #REFUSED}, and then sends frames: a kind, a length (int), and
 * as many bytes. To {@link #ASK_INPUT} the client answers with a length and as many bytes of its
 * standard input; a length of 0 is its end.
 */
final class Wire {
  /** Another number whenever any of this changes: an older server refuses a newer client. */
  static final int GREETING = 0x41_58_00_02;

  /** Within which who is not who he should be is known. */
  static final int GREETING_MILLIS = 5_000;

  static final byte ACCEPTED = 1;
  static final byte REFUSED = 2;

  static final byte OUT = 3;
  static final byte ERR = 4;
  static final byte ASK_INPUT = 5;

  /** The exit code of what did not come to its end. */
  static final int FAILURE = 1;

  /** Its one byte is the exit code; nothing follows. */
  static final byte EXIT = 6;

  private Wire() {}

  static void writeText(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  static String readText(DataInputStream in) throws IOException {
    return new String(readBytes(in), StandardCharsets.UTF_8);
  }

  /** A length and as many bytes: never fewer, as when the other side goes meanwhile. */
  static byte[] readBytes(DataInputStream in) throws IOException {
    byte[] bytes = new byte[in.readInt()];
    in.readFully(bytes);
    return bytes;
  }
}
