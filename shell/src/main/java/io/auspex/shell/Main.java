package io.auspex.shell;

import io.auspex.shell.serve.Client;
import io.auspex.shell.serve.Request;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.util.OptionalInt;

/**
 * The command {@code auspex}. Where another process serves the warehouse, nothing but this class
 * and {@link Client} is needed; the launcher then has them loaded from a folder of their own.
 */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    OptionalInt answered = askServer(arguments);
    int exit = answered.isPresent() ? answered.getAsInt() : Shell.ofProcess().run(arguments);
    System.out.flush();
    System.err.flush();
    // Ends threads of native libraries, and runs the hooks that delete what was unpacked.
    System.exit(exit);
  }

  private static OptionalInt askServer(String[] arguments) {
    Client client =
        new Client(
            new FileInputStream(FileDescriptor.in),
            new FileOutputStream(FileDescriptor.out),
            new FileOutputStream(FileDescriptor.err));
    return client.ask(
        new Request(
            System.getProperty("user.dir"),
            System.getProperty("auspex.terminals", ""),
            Integer.getInteger("auspex.columns", 0),
            arguments));
  }
}
