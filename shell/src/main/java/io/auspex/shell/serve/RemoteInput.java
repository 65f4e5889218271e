package io.auspex.shell.serve;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A client's standard input. It is asked for only once it is read: other commands in the client's
 * script may want theirs. One thread reads, others add.
 */
final class RemoteInput extends InputStream {
  /** There is no more. */
  private static final byte[] END = {};

  /** There might have been more: what was read is not all, and no script. */
  private static final byte[] BROKEN_OFF = {};

  private final BlockingQueue<byte[]> arrived = new LinkedBlockingQueue<>();
  private Frames frames;
  private byte[] chunk = END;
  private int next;
  private boolean ended;

  /** Says where to ask. */
  void from(Frames client) {
    frames = client;
  }

  /** What the client sent; nothing says that there is no more. */
  void add(byte[] bytes) {
    arrived.add(bytes.length == 0 ? END : bytes);
  }

  /** The client has gone, or is to wait no longer. */
  void breakOff() {
    arrived.add(BROKEN_OFF);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (next == chunk.length && !fetch()) {
      return -1;
    }
    int count = Math.min(length, chunk.length - next);
    System.arraycopy(chunk, next, bytes, offset, count);
    next += count;
    return count;
  }

  private boolean fetch() throws IOException {
    if (!ended) {
      frames.askInput();
      chunk = take();
      next = 0;
      if (chunk == BROKEN_OFF) {
        throw new IOException("it was broken off");
      }
      ended = chunk == END;
    }
    return !ended;
  }

  private byte[] take() throws IOException {
    try {
      return arrived.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }
}
