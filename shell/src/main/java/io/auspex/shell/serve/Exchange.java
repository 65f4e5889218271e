package io.auspex.shell.serve;

import io.auspex.shell.run.Streams;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Writer;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One client and what it asked for. One thread runs its command, another reads what it sends, and
 * so learns when it goes; then a third stops what runs.
 */
final class Exchange implements Command.Client {
  private static final int AGAIN_MILLIS = 100;

  /**
   * After so many attempts to stop it, a command is taken to wait for a client that does not read.
   */
  private static final int PATIENCE = 100;

  private final Socket socket;
  private final Endpoint endpoint;
  private final Commands commands;
  private final RemoteInput input = new RemoteInput();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final AtomicBoolean left = new AtomicBoolean();
  private volatile boolean runs;
  private volatile Runnable stop = () -> {};

  Exchange(Socket socket, Endpoint endpoint, Commands commands) {
    this.socket = socket;
    this.endpoint = endpoint;
    this.commands = commands;
  }

  /** Starts it in a thread of its own, which does {@code afterwards} when it has ended. */
  void start(Runnable afterwards) {
    daemon(
        "served",
        () -> {
          try (Socket closed = socket) {
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
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(Wire.GREETING_MILLIS);
    DataInputStream requests =
        new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    DataOutputStream answers =
        new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
    if (requests.readInt() != Wire.GREETING || !knowsToken(requests)) {
      return;
    }
    answers.writeBytes(endpoint.proof());
    answers.flush();
    Request request = Request.read(requests);
    socket.setSoTimeout(0);
    Optional<Command> command = commands.accept(request);
    Frames frames = new Frames(answers);
    runs = command.isPresent();
    if (command.isEmpty() || left.get()) {
      frames.begin(Wire.REFUSED);
      return;
    }
    frames.begin(Wire.ACCEPTED);
    input.from(frames);
    daemon("served-input", () -> listen(requests));
    int exit = Wire.FAILURE;
    try {
      exit = run(command.get(), request, frames);
    } finally {
      frames.end(exit);
    }
  }

  private boolean knowsToken(DataInputStream requests) throws IOException {
    byte[] given = requests.readNBytes(Endpoint.SECRET_LENGTH);
    return MessageDigest.isEqual(given, endpoint.token().getBytes(StandardCharsets.US_ASCII));
  }

  private int run(Command command, Request request, Frames frames) throws IOException {
    Streams streams =
        Streams.over(
            input,
            frames.stream(Wire.OUT),
            frames.stream(Wire.ERR),
            request::isTerminal,
            () -> request.columns() > 0 ? request.columns() : Integer.MAX_VALUE);
    try (PrintStream err = streams.err();
        Writer out = streams.out()) {
      return command.run(streams, this);
    }
  }

  /** Until the client closes its end, which it also does when all has been said. */
  private void listen(DataInputStream requests) {
    try {
      while (true) {
        input.add(Wire.readBytes(requests));
      }
    } catch (IOException | RuntimeException gone) {
      leave();
    }
  }

  @Override
  public void whenGone(Runnable stopping) {
    stop = stopping;
  }

  /** Stops what runs, as when the client goes. */
  void leave() {
    if (ended.getCount() == 0 || !left.compareAndSet(false, true)) {
      return;
    }
    if (runs) {
      daemon("served-stop", this::stopUntilEnded);
    } else {
      close();
    }
  }

  private void stopUntilEnded() {
    tryToStop();
    input.breakOff();
    // What is just between two statements does not hear it the first time.
    for (int attempt = 1; !endsWithin(AGAIN_MILLIS); attempt++) {
      tryToStop();
      if (attempt == PATIENCE) {
        close();
      }
    }
  }

  private void tryToStop() {
    try {
      stop.run();
    } catch (RuntimeException later) {
      // Such as of a statement that is not far enough to be stopped.
      return;
    }
  }

  private void close() {
    try {
      socket.close();
    } catch (IOException e) {
      return;
    }
  }

  /** Returns when the command has ended. */
  void await() {
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
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
