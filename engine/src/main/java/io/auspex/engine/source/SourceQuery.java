package io.auspex.engine.source;

import io.auspex.catalog.Source;
import java.util.List;
import java.util.Optional;

/**
 * A query in a source's own SQL, and what its rows are to be read as.
 *
 * @param columns one for each column of the query, in order: types are theirs, and what the query
 *     gives otherwise is cast or refused; names become those of the Arrow schema
 * @param partitionColumn the name of one of {@code columns}, by whose ranges the rows are read side
 *     by side, in as many parts as the source's options say; only where each row depends on nothing
 *     but rows with the same value, so not beneath LIMIT. The order of rows is lost then.
 */
public record SourceQuery(
    Source source, String sql, List<SourceColumn> columns, Optional<String> partitionColumn) {

  public SourceQuery {
    columns = List.copyOf(columns);
  }

  /** A query that is read in one part. */
  public static SourceQuery whole(Source source, String sql, List<SourceColumn> columns) {
    return new SourceQuery(source, sql, columns, Optional.empty());
  }

  /** Where the partition column stands among the columns; -1 where there is none. */
  int partitionIndex() {
    for (int i = 0; i < columns.size(); i++) {
      if (partitionColumn.isPresent() && columns.get(i).name().equals(partitionColumn.get())) {
        return i;
      }
    }
    return -1;
  }
}
