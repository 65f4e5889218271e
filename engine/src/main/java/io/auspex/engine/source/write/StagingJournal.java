package io.auspex.engine.source.write;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;
import io.auspex.engine.landing.FileTree;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The journal of staging tables: one small file each, in the warehouse's folder, written before the
 * table exists. What a killed process leaves is known by it, and dropped later. Thread-safe.
 *
 * <p>Only a process that has the warehouse to itself reads it, so that an entry which is not this
 * process's own is a dead one's. Where it is open for reading, others may have it open too, and
 * what they write down is theirs; whoever opens it for writing next drops what they left. An entry
 * names no password, and no table that is not ours by its name.
 */
public final class StagingJournal {
  private static final String SOURCE = "source";
  private static final String SCHEMA = "schema";

  private final Path folder;
  private final boolean isSole;

  /** The entries of statements that run. */
  private final Set<String> own = ConcurrentHashMap.newKeySet();

  /**
   * The journal kept in {@code folder}; made when first needed.
   *
   * @param isSole whether no other process may have the warehouse open
   */
  public StagingJournal(Path folder, boolean isSole) {
    this.folder = folder;
    this.isSole = isSole;
  }

  /** What a process that died may have left in a source. */
  record Entry(String source, StagingName name) {}

  /** Writes down the tables that are about to be made. */
  void announce(String source, StagingName name) {
    own.add(name.id());
    try {
      Properties entry = new Properties();
      entry.setProperty(SOURCE, source);
      entry.setProperty(SCHEMA, name.schema());
      StringWriter text = new StringWriter();
      entry.store(text, null);
      FileTree.create(folder.resolve(name.id()), text.toString());
    } catch (IOException e) {
      own.remove(name.id());
      throw new AuspexException(ErrorCode.LANDING_FAILED, folder, e.getMessage()).causedBy(e);
    }
  }

  /** Strikes tables out, which are gone. */
  void settle(StagingName name) {
    try {
      Files.deleteIfExists(folder.resolve(name.id()));
    } catch (IOException e) {
      // Then what is gone is looked for once more.
    } finally {
      own.remove(name.id());
    }
  }

  /** Leaves tables that could not be dropped to whoever uses the source next. */
  void leave(StagingName name) {
    own.remove(name.id());
  }

  /** The entries of statements that have ended without striking them out. */
  List<Entry> orphans() {
    List<Entry> orphans = new ArrayList<>();
    if (!isSole || !Files.isDirectory(folder)) {
      return orphans;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        String id = file.getFileName().toString();
        if (!StagingName.isId(id)) {
          Files.deleteIfExists(file);
        } else if (!own.contains(id)) {
          read(file, id).ifPresent(orphans::add);
        }
      }
    } catch (IOException e) {
      // The tables stay until the journal can be read.
    }
    return orphans;
  }

  private static Optional<Entry> read(Path file, String id) throws IOException {
    Properties entry = new Properties();
    try {
      entry.load(new StringReader(Files.readString(file)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    String source = entry.getProperty(SOURCE);
    String schema = entry.getProperty(SCHEMA);
    return source == null || schema == null
        ? Optional.empty()
        : Optional.of(new Entry(source, new StagingName(id, schema)));
  }
}
