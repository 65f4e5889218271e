package io.auspex.engine;

import io.auspex.engine.stream.DuckStream;
import java.sql.SQLException;
import org.duckdb.DuckDBConnection;

/**
 * Whether the session's connection hands out rows as they come. It does so only for results that
 * are streamed: while such a result is open, DuckDB refuses any other statement on the connection.
 */
final class StreamingMode {
  private final DuckDBConnection connection;
  private boolean on;

  /** The connection's default: off. */
  StreamingMode(DuckDBConnection connection) {
    this.connection = connection;
  }

  void set(boolean streaming) throws SQLException {
    if (streaming != on) {
      DuckStream.setStreaming(connection, streaming);
      on = streaming;
    }
  }
}
