package io.auspex.engine;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;

/**
 * Keeps a second process from a warehouse: it waits, and is then told who has it. DuckDB locks its
 * file as well, but refuses at once and without saying since when.
 */
final class WarehouseLock implements AutoCloseable {
  private static final long POLL_MILLIS = 50;

  private final FileChannel channel;
  private final FileLock lock;

  private WarehouseLock(FileChannel channel, FileLock lock) {
    this.channel = channel;
    this.lock = lock;
  }

  /** Takes the lock, waiting up to {@code timeout}. Throws WAREHOUSE_LOCKED. */
  static WarehouseLock acquire(Path warehouse, Path owner, Duration timeout) throws IOException {
    FileChannel channel =
        FileChannel.open(
            owner.resolveSibling("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = await(channel, timeout);
      if (lock == null) {
        throw refusal(warehouse, holder(owner), timeout);
      }
      Files.writeString(owner, describe(ProcessHandle.current()));
      return new WarehouseLock(channel, lock);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static FileLock await(FileChannel channel, Duration timeout) throws IOException {
    long deadline = System.nanoTime() + timeout.toNanos();
    while (true) {
      FileLock lock = channel.tryLock();
      if (lock != null || System.nanoTime() >= deadline) {
        return lock;
      }
      pause();
    }
  }

  /** Between two tries. */
  static void pause() {
    try {
      Thread.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AuspexException(ErrorCode.CANCELLED);
    }
  }

  /** The error that says who has the warehouse. */
  static AuspexException refusal(Path warehouse, String holder, Duration waited) {
    return new AuspexException(
        ErrorCode.WAREHOUSE_LOCKED, warehouse, holder, waited.toMillis() / 1000.0 + " s");
  }

  /** Which process it is, for somebody who would end it. */
  static String describe(ProcessHandle process) {
    String command =
        process
            .info()
            .command()
            .map(path -> Path.of(path).getFileName().toString())
            .orElse("a process");
    String user = process.info().user().map(name -> " of " + name).orElse("");
    return "process " + process.pid() + " (" + command + user + ", since " + startOf(process) + ")";
  }

  private static Instant startOf(ProcessHandle process) {
    return process.info().startInstant().orElseGet(Instant::now);
  }

  private static String holder(Path owner) {
    try {
      return Files.readString(owner);
    } catch (IOException e) {
      return "another process";
    }
  }

  @Override
  public void close() throws IOException {
    lock.release();
    channel.close();
  }
}
