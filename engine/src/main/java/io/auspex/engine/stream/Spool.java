package io.auspex.engine.stream;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;

/**
 * The rest of a stream, set aside in a temporary file, so that the connection it came from is free
 * again. Nothing but one batch is ever in memory.
 *
 * <p>The file is Arrow's own stream format, since it keeps every type that DuckDB exports; Parquet
 * has no HUGEINT, UNION, BIT or microsecond INTERVAL.
 */
public final class Spool implements AutoCloseable {
  private final Path file;
  private final FileChannel channel;
  private final ArrowStreamReader reader;

  private Spool(Path file, FileChannel channel, ArrowStreamReader reader) {
    this.file = file;
    this.channel = channel;
    this.reader = reader;
  }

  /**
   * Reads {@code source} to its end into a file of {@code folder}. The source stays the caller's.
   */
  public static Spool of(ArrowReader source, Path folder, QueryState state) {
    Path file = null;
    try {
      file = Files.createTempFile(Files.createDirectories(folder), "spool-", ".arrow");
      write(source, file, state);
      FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
      BufferAllocator allocator = state.allocator();
      return new Spool(file, channel, new ArrowStreamReader(channel, allocator));
    } catch (IOException | RuntimeException e) {
      delete(file);
      throw state.failure(e);
    }
  }

  private static void write(ArrowReader source, Path file, QueryState state) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        ArrowStreamWriter writer =
            new ArrowStreamWriter(source.getVectorSchemaRoot(), source, channel)) {
      while (source.loadNextBatch()) {
        state.check();
        writer.writeBatch();
      }
      state.check();
      writer.end();
    }
  }

  public ArrowReader reader() {
    return reader;
  }

  @Override
  public void close() throws IOException {
    try (FileChannel open = channel;
        ArrowStreamReader rows = reader) {
      // Closed in reverse: the reader, the channel.
    } finally {
      delete(file);
    }
  }

  private static void delete(Path file) {
    try {
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      // Swept when the warehouse is opened next.
    }
  }
}
