package io.auspex.shell.serve;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;

/**
 * Has the command run by the process that serves its warehouse. The launcher starts this class
 * alone, from a folder: it uses nothing but the JDK's simplest classes, no lambdas and no texts put
 * together with +, each of which would take longer than all it does.
 */
public final class Client {
  private static final int INPUT_BYTES = 1 << 16;
  private static final String GONE =
      "the process that serves the warehouse has ended, and the statement with it.";

  private final InputStream in;
  private final OutputStream out;
  private final OutputStream err;

  /** All three streams stay their owner's. */
  public Client(InputStream in, OutputStream out, OutputStream err) {
    this.in = in;
    this.out = out;
    this.err = err;
  }

  /**
   * The exit code that the server gave; none where no process serves a warehouse that the request
   * names, or it runs other requests only. Then nothing has been done.
   */
  public OptionalInt ask(Request request) {
    for (String argument : request.arguments()) {
      try {
        File served = Endpoint.file(argument);
        if (served.isFile()) {
          return ask(Endpoint.read(served), request);
        }
      } catch (IOException e) {
        // No file's name, or what a server left that was killed: whoever opens the warehouse sees.
        continue;
      }
    }
    return OptionalInt.empty();
  }

  private OptionalInt ask(Endpoint endpoint, Request request) throws IOException {
    Socket socket = endpoint.connect();
    try {
      DataOutputStream requests =
          new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
      DataInputStream answers =
          new DataInputStream(new BufferedInputStream(socket.getInputStream()));
      return isAccepted(socket, endpoint, request, requests, answers)
          ? OptionalInt.of(follow(answers, requests))
          : OptionalInt.empty();
    } finally {
      close(socket);
    }
  }

  /** What has run must not seem not to have. */
  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      return;
    }
  }

  private static boolean isAccepted(
      Socket socket,
      Endpoint endpoint,
      Request request,
      DataOutputStream requests,
      DataInputStream answers)
      throws IOException {
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(Wire.GREETING_MILLIS);
    requests.writeInt(Wire.GREETING);
    requests.writeBytes(endpoint.token());
    requests.flush();
    byte[] proof = answers.readNBytes(Endpoint.SECRET_LENGTH);
    if (!new String(proof, StandardCharsets.US_ASCII).equals(endpoint.proof())) {
      throw new IOException("it is another process");
    }
    socket.setSoTimeout(0);
    request.write(requests);
    requests.flush();
    return answers.read() == Wire.ACCEPTED;
  }

  /** From here on the command runs, and must not be run again. */
  private int follow(DataInputStream answers, DataOutputStream requests) {
    try {
      while (true) {
        byte kind = answers.readByte();
        byte[] content = Wire.readBytes(answers);
        switch (kind) {
          case Wire.OUT -> {
            if (!isShown(content)) {
              return Wire.FAILURE;
            }
          }
          case Wire.ERR -> say(content);
          case Wire.ASK_INPUT -> {
            if (!sendInput(requests)) {
              return Wire.FAILURE;
            }
          }
          default -> {
            return kind == Wire.EXIT && content.length == 1 ? content[0] : Wire.FAILURE;
          }
        }
      }
    } catch (IOException e) {
      return failed(GONE);
    }
  }

  private boolean isShown(byte[] results) {
    try {
      out.write(results);
      out.flush();
      return true;
    } catch (IOException e) {
      String reason = String.valueOf(e.getMessage());
      // Results that nobody reads on, as of "| head", are no error worth a word.
      if (!reason.contains("Broken pipe")) {
        failed("the results cannot be written: ".concat(reason));
      }
      return false;
    }
  }

  /** Whether anybody reads it makes no difference. */
  private void say(byte[] words) {
    try {
      err.write(words);
      err.flush();
    } catch (IOException e) {
      return;
    }
  }

  private int failed(String sentence) {
    say("Error: ".concat(sentence).concat("\n").getBytes(StandardCharsets.UTF_8));
    return Wire.FAILURE;
  }

  private boolean sendInput(DataOutputStream requests) throws IOException {
    byte[] chunk = new byte[INPUT_BYTES];
    int length;
    try {
      length = Math.max(0, in.read(chunk));
    } catch (IOException e) {
      failed("standard input cannot be read: ".concat(String.valueOf(e.getMessage())));
      return false;
    }
    requests.writeInt(length);
    requests.write(chunk, 0, length);
    requests.flush();
    return true;
  }
}
