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

/**
 * Runs the commands of other processes of this machine, each in a thread of its own. {@link #run}
 * is one thread's; {@link #close} may be called from any.
 */
public final class Server implements AutoCloseable {
  private final File file;
  private final ServerSocket socket;
  private final Endpoint endpoint;
  private final Commands commands;
  private final Set<Exchange> exchanges = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  private Server(File file, ServerSocket socket, Commands commands) throws IOException {
    this.file = file;
    this.socket = socket;
    this.commands = commands;
    this.endpoint = new Endpoint(socket.getLocalPort(), token());
    publish();
  }

  /** Writes the endpoint whole or not at all, and for nobody else to read. */
  private void publish() throws IOException {
    // Files.createTempFile lets its owner alone read what it makes.
    Path written = Files.createTempFile(file.toPath().getParent(), "server", null);
    Files.write(written, endpoint.written());
    Files.move(
        written,
        file.toPath(),
        StandardCopyOption.REPLACE_EXISTING,
        StandardCopyOption.ATOMIC_MOVE);
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

  private static String token() {
    byte[] random = new byte[Endpoint.TOKEN_LENGTH / 2];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }

  /** Accepts clients until it is closed, and returns when all have been answered. */
  public void run() throws IOException {
    try {
      while (!closed) {
        start(socket.accept());
      }
    } catch (IOException e) {
      if (!closed) {
        throw e;
      }
    } finally {
      exchanges.forEach(Exchange::await);
    }
  }

  private void start(Socket client) {
    Exchange exchange = new Exchange(client, endpoint.token(), commands);
    exchanges.add(exchange);
    exchange.start(() -> exchanges.remove(exchange));
    if (closed) {
      exchange.leave();
    }
  }

  /** Accepts nobody any more, and stops what runs. */
  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      Files.deleteIfExists(file.toPath());
      socket.close();
      exchanges.forEach(Exchange::leave);
    }
  }
}
