package io.auspex.sql.statement;

import io.auspex.catalog.PredictView;
import java.util.List;
import java.util.Optional;

/** What names mean to the warehouse, as the session sees it at this moment. */
public interface ViewNames {

  /**
   * The view over predictions that a name means, if it means one.
   *
   * @param name its parts as written
   * @param reader the name of the view in whose query it stands; empty for the session's statement
   */
  Optional<PredictView> view(List<String> name, List<String> reader);

  /** Whether another database is known by this name. */
  boolean isSource(String name);

  /** The full name of the table or view that a name means in the query of the view. */
  Optional<List<String>> table(List<String> name, List<String> reader);
}
