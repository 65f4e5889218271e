package io.auspex.shell.serve;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** The server's side of the wire. Thread-safe. */
final class Frames {
  private static final byte[] NOTHING = {};

  private final DataOutputStream out;

  Frames(DataOutputStream out) {
    this.out = out;
  }

  synchronized void begin(byte answer) throws IOException {
    out.writeByte(answer);
    out.flush();
  }

  void askInput() throws IOException {
    send(Wire.ASK_INPUT, NOTHING, 0, 0);
  }

  void end(int exit) throws IOException {
    send(Wire.EXIT, new byte[] {(byte) exit}, 0, 1);
  }

  /** What is written to it is sent as frames of a kind; it is the wire's, and closes nothing. */
  OutputStream stream(byte kind) {
    return new OutputStream() {
      @Override
      public void write(int value) throws IOException {
        send(kind, new byte[] {(byte) value}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        send(kind, bytes, offset, length);
      }
    };
  }

  private synchronized void send(byte kind, byte[] bytes, int offset, int length)
      throws IOException {
    out.writeByte(kind);
    out.writeInt(length);
    out.write(bytes, offset, length);
    out.flush();
  }
}
