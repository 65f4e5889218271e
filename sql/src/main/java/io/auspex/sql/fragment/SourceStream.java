package io.auspex.sql.fragment;

import io.auspex.catalog.Column;
import io.auspex.sql.context.RemoteColumn;
import io.auspex.sql.context.RemoteSystem;
import java.util.List;
import java.util.Optional;

/**
 * The rows that a query gives in another database, as a stream.
 *
 * @param name under which the enclosing fragment reads it; unique in the process
 * @param source the source's name
 * @param sql the query, in the source's SQL; no secret is in it
 * @param columns of the query, in order
 * @param rows how many it gives, as an estimate; −1 where unknown
 * @param system whose SQL that is
 * @param splits whether its rows may be read in parts by the values of a column, in any order
 * @param takesKeys whether it may be given the keys of a join
 * @param keys that it is given
 * @param landed whether it must be a temporary table, since the enclosing fragment reads it more
 *     than once or joins it
 */
public record SourceStream(
    String name,
    String source,
    RemoteSystem system,
    String sql,
    List<RemoteColumn> columns,
    long rows,
    boolean splits,
    boolean takesKeys,
    Optional<SourceKeys> keys,
    boolean landed)
    implements NamedRows {
  public SourceStream {
    columns = List.copyOf(columns);
  }

  @Override
  public List<Column> readColumns() {
    return columns.stream().map(column -> new Column(column.name(), column.type())).toList();
  }

  /** The same stream, to be read from a temporary table. */
  public SourceStream asLanded() {
    return new SourceStream(
        name, source, system, sql, columns, rows, splits, takesKeys, keys, true);
  }

  /** The same stream, given keys. */
  public SourceStream with(SourceKeys given) {
    return new SourceStream(
        name, source, system, sql, columns, rows, splits, takesKeys, Optional.of(given), landed);
  }

  /** The same stream of another query, which has all that it is to be given. */
  public SourceStream asking(String other) {
    return new SourceStream(
        name, source, system, other, columns, rows, splits, false, Optional.empty(), landed);
  }
}
