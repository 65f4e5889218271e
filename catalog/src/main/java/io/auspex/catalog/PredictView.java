package io.auspex.catalog;

import java.util.List;

/**
 * A view with a prediction in its query, which DuckDB itself could not run.
 *
 * @param id what the engine knows it by, whatever its name becomes
 * @param database where it was created
 * @param schema where it was created
 * @param name its name when it was created
 * @param columns its columns' names
 * @param sql its query, as the user wrote it
 */
public record PredictView(
    String id, String database, String schema, String name, List<String> columns, String sql) {
  public PredictView {
    columns = List.copyOf(columns);
  }
}
