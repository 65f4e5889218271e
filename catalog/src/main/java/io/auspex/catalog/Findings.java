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
    return revisions.computeIfAbsent(
        revision, number -> new Revision(new ConcurrentHashMap<>(), new ConcurrentHashMap<>()));
  }

  /**
   * What was found of one state of a catalog.
   *
   * @param models by name and version as they were asked for
   * @param calibrations by machine; empty where nothing was measured of it
   */
  record Revision(
      Map<List<Object>, ModelVersion> models, Map<Machine, Optional<CostConstants>> calibrations) {}
}
