package io.auspex.shell.serve;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs the commands of other processes of this machine, each in a thread of its own. {@link #run}
 * is one thread's; {@link #close} may be called from any.
 */
public final class Server implements AutoCloseable {
  /** After a failure to accept a client, such as of too many open files. */
  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(100);

  private final File file;
  private final ServerSocket socket;
  private final Endpoint endpoint;
  private final Commands commands;
  private final Set<Exchange> exchanges = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean closed = new AtomicBoolean();

  private Server(File file, ServerSocket socket, Commands commands) throws IOException {
    this.file = file;
    this.socket = socket;
    this.commands = commands;
    this.endpoint =
        new Endpoint(socket.getLocalPort(), secret(), secret(), ProcessHandle.current().pid());
    publish();
  }

  /** Writes the endpoint whole or not at all. */
  private void publish() throws IOException {
    // Where there are POSIX permissions, its owner alone may read what Files.createTempFile makes.
    Path written = Files.createTempFile(file.toPath().getParent(), "server", null);
    try {
      Files.write(written, endpoint.written());
      Files.move(
          written,
          file.toPath(),
          StandardCopyOption.REPLACE_EXISTING,
          StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(written);
    }
  }

  /**
   * From now on clients find it beside the warehouse, which this process must have open.
   *
   * @param warehouse a file
   */
  public static Server open(String warehouse, Commands commands) throws IOException {
    ServerSocket socket = new ServerSocket(0, 0, Endpoint.loopback());
    try {
      return new Server(Endpoint.file(warehouse), socket, commands);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private static String secret() {
    byte[] random = new byte[Endpoint.SECRET_LENGTH / 2];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }

  /** Accepts clients until it is closed, and returns when all their commands have ended. */
  public void run() {
    while (!closed.get()) {
      try {
        start(socket.accept());
      } catch (IOException e) {
        LockSupport.parkNanos(closed.get() ? 0 : PAUSE);
      }
    }
    exchanges.forEach(Exchange::await);
  }

  private void start(Socket client) throws IOException {
    Exchange exchange = new Exchange(client, endpoint, commands);
    exchanges.add(exchange);
    try {
      exchange.start(() -> exchanges.remove(exchange));
    } catch (OutOfMemoryError noThread) {
      exchanges.remove(exchange);
      client.close();
    }
    if (closed.get()) {
      exchange.leave();
    }
  }

  /** Accepts nobody any more, and stops what runs. */
  @Override
  public void close() throws IOException {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    try (ServerSocket accepting = socket) {
      Files.deleteIfExists(file.toPath());
    } finally {
      exchanges.forEach(Exchange::leave);
    }
  }
}
