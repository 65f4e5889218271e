package io.auspex.shell.serve;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * A command that a client was given, and where.
 *
 * @param folder the client's working folder
 * @param terminals at which of its standard streams a person is: digits of descriptors
 * @param columns how wide the terminal is; 0 where it is not known
 * @param arguments the command line
 */
public record Request(String folder, String terminals, int columns, String[] arguments) {

  /** Whether a person is at a standard stream: 0 is input, 1 output, 2 errors. */
  boolean isTerminal(int descriptor) {
    return terminals.contains(String.valueOf(descriptor));
  }

  void write(DataOutputStream out) throws IOException {
    Wire.writeText(out, folder);
    Wire.writeText(out, terminals);
    out.writeInt(columns);
    out.writeInt(arguments.length);
    for (String argument : arguments) {
      Wire.writeText(out, argument);
    }
  }

  static Request read(DataInputStream in) throws IOException {
    String folder = Wire.readText(in);
    String terminals = Wire.readText(in);
    int columns = in.readInt();
    String[] arguments = new String[in.readInt()];
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] = Wire.readText(in);
    }
    return new Request(folder, terminals, columns, arguments);
  }
}
