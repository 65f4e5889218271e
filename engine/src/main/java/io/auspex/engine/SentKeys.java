package io.auspex.engine;

import io.auspex.engine.stream.DuckStream;
import io.auspex.engine.stream.QueryState;
import io.auspex.sql.fragment.SourceKeys;
import io.auspex.udf.predict.Cancellation;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.duckdb.DuckDBConnection;

/** The keys of a join's small side, for its other side's database. */
final class SentKeys {
  private SentKeys() {}

  /** The keys, as texts; empty where there are too many to send. */
  static Optional<List<String>> few(
      DuckDBConnection connection, SourceKeys keys, List<Object> parameters, QueryState state)
      throws SQLException {
    String sql =
        "SELECT CAST(k AS VARCHAR) FROM ("
            + keys.sql()
            + ") AS keys(k) WHERE k IS NOT NULL LIMIT "
            + (SourceKeys.MOST + 1);
    List<String> found = new ArrayList<>();
    try (PreparedStatement statement = DuckStream.prepare(connection, sql, parameters);
        Cancellation.Registration interruption = DuckStream.interruptible(connection, state);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        found.add(rows.getString(1));
      }
    }
    return found.size() > SourceKeys.MOST ? Optional.empty() : Optional.of(found);
  }
}
