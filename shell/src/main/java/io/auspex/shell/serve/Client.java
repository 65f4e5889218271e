package io.auspex.shell.serve;

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
  private static final int FAILURE = 1;
  private static final String GONE =
      "Error: the process that serves the warehouse has ended, and the statement with it.\n";

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
    try (Socket socket = endpoint.connect()) {
      socket.setTcpNoDelay(true);
      DataOutputStream requests =
          new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
      DataInputStream answers = new DataInputStream(socket.getInputStream());
      requests.writeInt(Wire.GREETING);
      requests.writeBytes(endpoint.token());
      request.write(requests);
      requests.flush();
      if (answers.read() != Wire.ACCEPTED) {
        return OptionalInt.empty();
      }
      return OptionalInt.of(follow(answers, requests));
    }
  }

  /** From here on the command runs, and must not be run again. */
  private int follow(DataInputStream answers, DataOutputStream requests) {
    try {
      while (true) {
        byte kind = answers.readByte();
        byte[] content = answers.readNBytes(answers.readInt());
        boolean goesOn =
            switch (kind) {
              case Wire.OUT -> isShown(out, content);
              case Wire.ERR -> isShown(err, content);
              case Wire.ASK_INPUT -> sendInput(requests);
              default -> false;
            };
        if (!goesOn) {
          return kind == Wire.EXIT ? content[0] : FAILURE;
        }
      }
    } catch (IOException e) {
      isShown(err, GONE.getBytes(StandardCharsets.UTF_8));
      return FAILURE;
    }
  }

  /** False where nobody reads on, as of {@code | head}: no error worth a word. */
  private static boolean isShown(OutputStream stream, byte[] content) {
    try {
      stream.write(content);
      stream.flush();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Returns true: it goes on. */
  private boolean sendInput(DataOutputStream requests) throws IOException {
    byte[] chunk = new byte[INPUT_BYTES];
    int length = Math.max(0, in.read(chunk));
    requests.writeInt(length);
    requests.write(chunk, 0, length);
    requests.flush();
    return true;
  }
}
