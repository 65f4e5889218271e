package io.auspex.sql.context;

import java.util.List;

/**
 * A table of another database, as it is described there.
 *
 * @param source the source's name
 * @param pushdown whether the source may be given more to do than to read columns
 * @param path the table's name there, schema first where there are schemas
 * @param rows how many rows it has, as that database estimates it; −1 where unknown
 */
public record RemoteTable(
    String source,
    RemoteSystem system,
    boolean pushdown,
    List<String> path,
    List<RemoteColumn> columns,
    long rows) {
  public RemoteTable {
    path = List.copyOf(path);
    columns = List.copyOf(columns);
  }
}
