package io.auspex.engine;

import io.auspex.catalog.Column;
import io.auspex.catalog.Names;
import io.auspex.engine.stream.DuckStream;
import io.auspex.engine.stream.QueryState;
import io.auspex.sql.fragment.NamedRows;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.arrow.c.ArrowArrayStream;
import org.duckdb.DuckDBConnection;

/**
 * Gives streams the names by which fragments read them. Columns that Arrow has made others of are
 * cast back; and what is read twice becomes a temporary table, since a stream has one reader.
 */
final class StreamNaming {
  private final Connections connections;
  private final SessionHold hold;
  private final QueryState state;

  StreamNaming(Connections connections, SessionHold hold, QueryState state) {
    this.connections = connections;
    this.hold = hold;
    this.state = state;
  }

  /**
   * Makes the stream readable on the connection under its name.
   *
   * @param rows what it gives
   */
  void publish(NamedRows stream, ArrowArrayStream rows, DuckDBConnection connection)
      throws SQLException {
    boolean plain = !stream.landed() && stream.readColumns().stream().noneMatch(ArrowTypes::isLost);
    String registered = plain ? stream.name() : stream.name() + "_arrow";
    connection.registerArrowStream(registered, rows);
    dropsLater(connection, "VIEW", registered);
    if (!plain) {
      relation(stream, registered, connection);
    }
  }

  private void relation(NamedRows stream, String registered, DuckDBConnection connection)
      throws SQLException {
    String kind = stream.landed() ? "TABLE" : "VIEW";
    String name = Names.quote(stream.name());
    String columns =
        stream.readColumns().stream().map(StreamNaming::column).collect(Collectors.joining(", "));
    String select = "SELECT " + columns + " FROM " + Names.quote(registered);
    String create = "CREATE TEMP " + kind + " " + name + " AS " + select;
    DuckStream.update(connection, create, List.of(), state);
    dropsLater(connection, kind, stream.name());
  }

  private static String column(Column column) {
    String name = Names.quote(column.name());
    return ArrowTypes.isLost(column)
        ? "CAST(" + name + " AS " + column.type() + ") AS " + name
        : name;
  }

  /** On the session's connection, which outlives the query, nothing of it may stay. */
  private void dropsLater(DuckDBConnection connection, String kind, String name) {
    if (connections.isSession(connection)) {
      state.owns(hold.named(kind, name));
    }
  }
}
