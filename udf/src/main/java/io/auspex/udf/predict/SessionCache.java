package io.auspex.udf.predict;

import io.auspex.udf.domain.Domains;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * Keeps loaded models for the next query. At most {@code capacity} stay that nobody uses; those
 * unused the longest go first. Thread-safe.
 */
final class SessionCache implements AutoCloseable {

  /**
   * What makes two sessions the same.
   *
   * @param model the name that its errors say
   * @param mayBeKernel whether a program of our own may compute it
   * @param domains of the features of all rows that it is given
   */
  record Key(
      String model, ModelKey computed, String device, boolean mayBeKernel, Domains domains) {}

  private static final class Entry {
    final CompletableFuture<LoadedModel> session = new CompletableFuture<>();
    int users = 1;
  }

  private final int capacity;
  private final Map<Key, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
  private boolean closed;

  SessionCache(int capacity) {
    this.capacity = capacity;
  }

  /** A session in use, until it is closed. */
  final class Lease implements AutoCloseable {
    private final Entry entry;
    private boolean returned;

    private Lease(Entry entry) {
      this.entry = entry;
    }

    LoadedModel model() {
      return entry.session.join();
    }

    @Override
    public void close() {
      synchronized (SessionCache.this) {
        if (!returned) {
          returned = true;
          entry.users--;
        }
      }
      evict();
    }
  }

  /** The session of this key, loaded if it has to be; who else asks for it meanwhile waits. */
  Lease lease(Key key, Supplier<LoadedModel> loader) {
    Entry entry;
    boolean mine;
    synchronized (this) {
      if (closed) {
        throw new IllegalStateException("The cache of models is closed.");
      }
      entry = entries.get(key);
      mine = entry == null;
      if (mine) {
        entry = new Entry();
        entries.put(key, entry);
      } else {
        entry.users++;
      }
    }
    if (mine) {
      load(key, entry, loader);
      evict();
    }
    awaitLoaded(entry);
    return new Lease(entry);
  }

  private void load(Key key, Entry entry, Supplier<LoadedModel> loader) {
    try {
      entry.session.complete(loader.get());
    } catch (RuntimeException | Error failed) {
      synchronized (this) {
        entries.remove(key);
      }
      entry.session.completeExceptionally(failed);
    }
  }

  private static void awaitLoaded(Entry entry) {
    try {
      entry.session.join();
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw failed;
    }
  }

  private void evict() {
    List<LoadedModel> gone = new ArrayList<>();
    synchronized (this) {
      int idle = (int) entries.values().stream().filter(entry -> entry.users == 0).count();
      int excess = closed ? idle : idle - capacity;
      Iterator<Entry> oldestFirst = entries.values().iterator();
      while (excess > 0) {
        Entry entry = oldestFirst.next();
        if (entry.users == 0) {
          oldestFirst.remove();
          gone.add(entry.session.join());
          excess--;
        }
      }
    }
    gone.forEach(LoadedModel::close);
  }

  /** How many sessions are loaded, in use or not. */
  synchronized int size() {
    return entries.size();
  }

  /** Closes the sessions that nobody uses now, and the others when they are given back. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    evict();
  }
}
