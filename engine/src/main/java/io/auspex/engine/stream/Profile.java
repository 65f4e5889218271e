package io.auspex.engine.stream;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.arrow.vector.FieldVector;

/**
 * What is measured of a statement while it runs. Times are always taken, at two looks at the clock
 * a batch; bytes and inline functions only once it is {@linkplain #detailed asked for}.
 * Thread-safe.
 */
public final class Profile {
  private final Map<String, StreamProfile> streams = new ConcurrentHashMap<>();
  private final Map<String, Stage> functions = new ConcurrentHashMap<>();
  private final Map<String, Stage> sources = new ConcurrentHashMap<>();
  private final Stage open = new Stage();
  private final Stage land = new Stage();
  private volatile boolean detailed;

  /** From now on measures all there is. */
  public void detailed() {
    detailed = true;
  }

  boolean isDetailed() {
    return detailed;
  }

  /** Of the Predict operator whose stream has this name. */
  public StreamProfile stream(String name) {
    return streams.computeIfAbsent(name, none -> new StreamProfile());
  }

  /** Of the rows that another database gives for the stream of this name. */
  public Stage source(String name) {
    return sources.computeIfAbsent(name, none -> new Stage());
  }

  /** Of the inline function of this name, on DuckDB's threads. */
  public Stage function(String name) {
    return functions.computeIfAbsent(name, none -> new Stage());
  }

  /**
   * Of what comes before the final fragment: connections, models, and what is spooled or landed.
   */
  public Stage open() {
    return open;
  }

  /** Of the final fragment, whose time includes waiting for the streams that it reads. */
  public Stage land() {
    return land;
  }

  /** What the vectors take up; 0 where nobody wants to know. */
  long bytes(List<FieldVector> vectors) {
    long bytes = 0;
    if (detailed) {
      for (FieldVector vector : vectors) {
        bytes += vector.getBufferSize();
      }
    }
    return bytes;
  }
}
