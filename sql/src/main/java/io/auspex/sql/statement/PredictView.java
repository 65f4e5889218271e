package io.auspex.sql.statement;

import io.auspex.catalog.Names;
import java.util.List;

/**
 * A view over predictions, which our catalog keeps because DuckDB could not run it.
 *
 * @param name its name, qualified as far as it is known
 * @param columns the names given to its columns; empty for the query's own
 * @param sql its query, as written
 */
public record PredictView(List<String> name, List<String> columns, String sql) {
  public PredictView {
    name = List.copyOf(name);
    columns = List.copyOf(columns);
  }

  /** Its name without database and schema. */
  public String simpleName() {
    return name.get(name.size() - 1);
  }

  /**
   * Whether a reference, its parts as written, means this view: the parts agree from the last, as
   * far as both say them; {@code database.view} leaves the schema out.
   */
  public boolean isMeantBy(List<String> reference) {
    int shared = Math.min(name.size(), reference.size());
    boolean agrees = true;
    for (int k = 1; k <= shared; k++) {
      agrees &= equal(name.get(name.size() - k), reference.get(reference.size() - k));
    }
    boolean withoutSchema =
        name.size() == 3
            && reference.size() == 2
            && equal(name.get(0), reference.get(0))
            && equal(simpleName(), reference.get(1));
    return agrees || withoutSchema;
  }

  private static boolean equal(String a, String b) {
    return Names.fold(a).equals(Names.fold(b));
  }
}
