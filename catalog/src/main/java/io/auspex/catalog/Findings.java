package io.auspex.catalog;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the connections to a warehouse have found in its catalog, so that the next one need not ask.
 * It is kept by the revision that it was found at: no two states of a catalog have the same, those
 * that are rolled back among them. Thread-safe.
 */
public final class Findings {
  /** Old transactions see older ones than new transactions do. */
  private static final int REVISIONS = 8;

  private final Map<Long, Revision> revisions =
      new LinkedHashMap<>(REVISIONS, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Revision> eldest) {
          return size() > REVISIONS;
        }
      };

  synchronized Revision at(long revision) {
    return revisions.computeIfAbsent(revision, number -> new Revision());
  }

  /** One state of a catalog. */
  static final class Revision {
    private final Map<List<Object>, ModelVersion> models = new ConcurrentHashMap<>();
    private volatile Optional<CostConstants> calibration;

    /** The version of a model as it was asked for; empty where nobody has yet. */
    Optional<ModelVersion> model(String name, Optional<String> version) {
      return Optional.ofNullable(models.get(List.of(name, version)));
    }

    void model(String name, Optional<String> version, ModelVersion found) {
      models.put(List.of(name, version), found);
    }

    /** What was measured of this machine, if anything was; empty where nobody has asked yet. */
    Optional<Optional<CostConstants>> calibration() {
      return Optional.ofNullable(calibration);
    }

    void calibration(Optional<CostConstants> found) {
      calibration = found;
    }
  }
}
