package io.auspex.shell;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;
import io.auspex.shell.run.Session;
import io.auspex.shell.run.Streams;
import io.auspex.shell.serve.Command;
import io.auspex.shell.serve.Commands;
import io.auspex.shell.serve.Request;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.commons.cli.ParseException;

/**
 * The commands that other processes are given for a warehouse that this one has open. Each runs as
 * if it were alone in its process, but in this one: in this folder, and without a prompt.
 */
final class Served implements Commands {
  private static final String FOLDER = System.getProperty("user.dir");

  private final Path warehouse;

  /**
   * @param warehouse its file, which exists
   */
  Served(Path warehouse) throws IOException {
    this.warehouse = warehouse.toRealPath();
  }

  @Override
  public Optional<Command> accept(Request request) {
    try {
      Options options = Options.parse(request.arguments());
      Path named = Path.of(request.folder()).resolve(options.warehouse());
      return named.toRealPath().equals(warehouse)
          ? Optional.of((streams, client) -> run(options, request.folder(), streams, client))
          : Optional.empty();
    } catch (ParseException e) {
      // Which is said the same everywhere.
      return Optional.of((streams, client) -> new Shell(streams).run(request.arguments()));
    } catch (IOException | InvalidPathException e) {
      return Optional.empty();
    }
  }

  private int run(Options options, String folder, Streams streams, Command.Client client) {
    String refusal = refusal(options, folder, streams);
    if (!refusal.isEmpty()) {
      AuspexException served =
          new AuspexException(
              ErrorCode.WAREHOUSE_SERVED, warehouse, ProcessHandle.current().pid(), refusal);
      streams.err().println(Session.report(served));
      return Shell.FAILURE;
    }
    Shell shell = new Shell(streams);
    client.whenGone(shell::stop);
    return shell.run(options);
  }

  /** Why it cannot be run here; empty where it can. */
  private static String refusal(Options options, String folder, Streams streams) {
    if (!folder.equals(FOLDER)) {
      return "it looks for files in its own folder, "
          + FOLDER
          + ". Call auspex there, or end the process.";
    } else if (options.serves()) {
      return "one process is enough. End it first to serve the warehouse by another.";
    }
    return options.isInteractive(streams)
        ? "a prompt needs the warehouse alone. Give -c or -f, or end the process."
        : "";
  }
}
