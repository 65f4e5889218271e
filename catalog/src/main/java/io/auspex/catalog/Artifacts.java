package io.auspex.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files of models, in a folder beside the warehouse, each named by its SHA-256: graphs {@code
 * .onnx}, and weights that lie outside of them {@code .data}. A file appears whole or not at all,
 * and what was stored stays until a {@link #sweep}, so that a transaction may be rolled back and a
 * dropped model still be read by who began before. Thread-safe.
 */
public final class Artifacts {
  private static final Pattern ARTIFACT = Pattern.compile("([0-9a-f]{64})\\.(?:onnx|data)");
  private static final String MODEL = ".onnx";
  private static final String DATA = ".data";
  private static final String UNFINISHED = ".unfinished";

  /** What was found to be as stored, in this process: reading gigabytes once is enough. */
  private static final Map<Path, Seen> VERIFIED = new ConcurrentHashMap<>();

  private final Path folder;
  private final Instant since = Instant.now();

  /**
   * @param folder made when the first file is stored
   */
  public Artifacts(Path folder) {
    this.folder = folder.toAbsolutePath();
  }

  /**
   * A stored file.
   *
   * @param digest SHA-256 in lower-case hexadecimal
   */
  public record Stored(String digest, long bytes, Path path) {}

  private record Seen(long bytes, FileTime modified, String digest) {
    static Seen of(Path file, String digest) throws IOException {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      return new Seen(now.size(), now.lastModifiedTime(), digest);
    }
  }

  /** As {@link #store(InputStream)}. Throws FILE_NOT_FOUND where the file cannot be read. */
  public Stored store(Path file) {
    return store(file, MODEL);
  }

  /**
   * Copies a file in that holds weights of models, beside them under {@link #dataName}. Throws
   * FILE_NOT_FOUND, LANDING_FAILED.
   */
  public Stored storeData(Path file) {
    return store(file, DATA);
  }

  /** The name of a stored file of weights, in the folder of the model's own. */
  public static String dataName(String digest) {
    return digest + DATA;
  }

  private Stored store(Path file, String ending) {
    InputStream content;
    try {
      content = Files.newInputStream(file);
    } catch (IOException unreadable) {
      throw new AuspexException(ErrorCode.FILE_NOT_FOUND, file, "").causedBy(unreadable);
    }
    try (content) {
      return store(content, ending);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /**
   * Copies a model's file in, on disk before this returns; the same content is stored once. Memory
   * use does not grow with its size.
   *
   * @throws AuspexException LANDING_FAILED
   */
  public Stored store(InputStream content) {
    return store(content, MODEL);
  }

  private Stored store(InputStream content, String ending) {
    Path unfinished = folder.resolve(UUID.randomUUID() + UNFINISHED);
    try {
      Files.createDirectories(folder);
      String digest = copy(content, unfinished);
      long bytes = Files.size(unfinished);
      Path path = folder.resolve(digest + ending);
      land(unfinished, path);
      VERIFIED.put(path, Seen.of(path, digest));
      return new Stored(digest, bytes, path);
    } catch (IOException failure) {
      throw new AuspexException(
              ErrorCode.LANDING_FAILED, "A model's file in " + folder, failure.getMessage())
          .causedBy(failure);
    } finally {
      deleteQuietly(unfinished);
    }
  }

  private static String copy(InputStream content, Path target) throws IOException {
    DigestInputStream digesting = new DigestInputStream(content, sha256());
    try (FileChannel channel =
            FileChannel.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        OutputStream out = Channels.newOutputStream(channel)) {
      digesting.transferTo(out);
      channel.force(true);
    }
    return HexFormat.of().formatHex(digesting.getMessageDigest().digest());
  }

  /** Also over a file of the same content, whose age would let a sweep take it for an orphan. */
  private synchronized void land(Path unfinished, Path path) throws IOException {
    Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE);
    try (FileChannel directory = FileChannel.open(folder)) {
      directory.force(true);
    } catch (IOException systemWithoutDirectoryChannels) {
      // There the move itself is all that can be had.
    }
  }

  /**
   * The file of a model's version, compared with its digest when this process first sees it, and so
   * are the files of weights that belong to it.
   *
   * @throws AuspexException ARTIFACT_MISSING, ARTIFACT_ALTERED
   */
  public Path path(ModelVersion version) {
    for (String data : version.data()) {
      verified(version, data, DATA);
    }
    return verified(version, version.digest(), MODEL);
  }

  private Path verified(ModelVersion version, String digest, String ending) {
    Path path = folder.resolve(digest + ending);
    try {
      Seen before = VERIFIED.get(path);
      if (before == null || !before.equals(Seen.of(path, digest))) {
        verify(version, digest, path);
      }
      return path;
    } catch (IOException unreadable) {
      throw new AuspexException(
              ErrorCode.ARTIFACT_MISSING, version.model(), version.version(), path)
          .causedBy(unreadable);
    }
  }

  private static void verify(ModelVersion version, String digest, Path path) throws IOException {
    Seen seen = Seen.of(path, digest);
    String found = digest(path);
    if (!found.equals(digest)) {
      throw new AuspexException(
          ErrorCode.ARTIFACT_ALTERED, version.model(), version.version(), found, digest);
    }
    VERIFIED.put(path, seen);
  }

  private static String digest(Path file) throws IOException {
    try (DigestInputStream content = new DigestInputStream(Files.newInputStream(file), sha256())) {
      content.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(content.getMessageDigest().digest());
    }
  }

  /**
   * Deletes files that no version needs and copies that were never finished, if they are older than
   * this object: what is younger may belong to a statement that has not committed yet.
   *
   * @param live the digests that are needed, as {@link Catalog#digests} gives them
   */
  public synchronized void sweep(Set<String> live) {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> orphans = files.filter(file -> isOrphan(file, live)).toList();
      orphans.forEach(Artifacts::deleteQuietly);
    } catch (NoSuchFileException nothingStored) {
      // A warehouse without models has no folder.
    } catch (IOException failure) {
      throw new AuspexException(ErrorCode.WAREHOUSE_UNREADABLE, folder, failure.getMessage() + ".")
          .causedBy(failure);
    }
  }

  private boolean isOrphan(Path file, Set<String> live) {
    String name = file.getFileName().toString();
    Matcher artifact = ARTIFACT.matcher(name);
    boolean ours =
        name.endsWith(UNFINISHED) || (artifact.matches() && !live.contains(artifact.group(1)));
    try {
      return ours && Files.getLastModifiedTime(file).toInstant().isBefore(since);
    } catch (IOException goneMeanwhile) {
      return false;
    }
  }

  private static void deleteQuietly(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException nextSweepTriesAgain) {
      // It costs room until then, nothing else.
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
