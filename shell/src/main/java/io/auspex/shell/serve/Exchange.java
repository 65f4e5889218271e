package io.auspex.shell.serve;

import io.auspex.shell.run.Streams;
import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.Writer;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * One client and what it asked for. One thread runs its command, another reads what it sends, and
 * so learns when it goes.
 */
final class Exchange implements Command.Leaving {
  /** Within which a client has to say who it is. */
  private static final int GREETING_MILLIS = 5_000;

  private static final int AGAIN_MILLIS = 100;
  private static final int OUT_CHARACTERS = 1 << 16;

  private final Socket client;
  private final String token;
  private final Commands commands;
  private final RemoteInput input = new RemoteInput();
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile Runnable whenLeft = () -> {};

  Exchange(Socket client, String token, Commands commands) {
    this.client = client;
    this.token = token;
    this.commands = commands;
  }

  void start(Runnable afterwards) {
    daemon(
        "served",
        () -> {
          try (Socket closed = client) {
            converse();
          } catch (IOException gone) {
            // There is nobody left to tell.
          } finally {
            ended.countDown();
            afterwards.run();
          }
        });
  }

  private static void daemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  private void converse() throws IOException {
    client.setTcpNoDelay(true);
    client.setSoTimeout(GREETING_MILLIS);
    DataInputStream requests = new DataInputStream(client.getInputStream());
    if (requests.readInt() != Wire.GREETING || !knowsToken(requests)) {
      return;
    }
    Request request = Request.read(requests);
    client.setSoTimeout(0);
    Frames frames =
        new Frames(new DataOutputStream(new BufferedOutputStream(client.getOutputStream())));
    Optional<Command> command = commands.accept(request);
    frames.begin(command.isPresent() ? Wire.ACCEPTED : Wire.REFUSED);
    if (command.isPresent()) {
      input.from(frames);
      daemon("served-input", () -> listen(requests));
      frames.end(run(command.get(), request, frames));
    }
  }

  private boolean knowsToken(DataInputStream requests) throws IOException {
    byte[] given = requests.readNBytes(Endpoint.TOKEN_LENGTH);
    return MessageDigest.isEqual(given, token.getBytes(StandardCharsets.US_ASCII));
  }

  private int run(Command command, Request request, Frames frames) throws IOException {
    try (PrintStream err = new PrintStream(frames.stream(Wire.ERR), true, StandardCharsets.UTF_8);
        Writer out =
            new BufferedWriter(
                new OutputStreamWriter(frames.stream(Wire.OUT), StandardCharsets.UTF_8),
                OUT_CHARACTERS)) {
      Streams streams =
          new Streams(
              input,
              out,
              err,
              request.isTerminal('0'),
              request.isTerminal('1'),
              request.isTerminal('2'),
              () -> request.columns() > 0 ? request.columns() : Integer.MAX_VALUE);
      return command.run(streams, this);
    }
  }

  private void listen(DataInputStream requests) {
    try {
      while (true) {
        input.add(requests.readNBytes(requests.readInt()));
      }
    } catch (IOException gone) {
      leave();
    }
  }

  @Override
  public void then(Runnable action) {
    whenLeft = action;
  }

  /** Stops what runs, as when the client goes. */
  void leave() {
    input.add(RemoteInput.END);
    daemon(
        "served-stop",
        () -> {
          // What is just between two statements does not hear it the first time.
          do {
            whenLeft.run();
          } while (!endsWithin(AGAIN_MILLIS));
        });
  }

  /** Returns when the client has been answered. */
  void await() {
    while (!endsWithin(AGAIN_MILLIS)) {
      continue;
    }
  }

  private boolean endsWithin(int millis) {
    try {
      return ended.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
