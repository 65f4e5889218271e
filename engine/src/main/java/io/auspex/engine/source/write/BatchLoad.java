package io.auspex.engine.source.write;

import io.auspex.engine.stream.QueryState;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;

/**
 * Rows by {@code INSERT … VALUES (?, …)} in batches, which drivers send as they best can.
 *
 * @param commitRows after how many rows what was sent is committed: nobody sees a staging table,
 *     and a server keeps less to roll back
 */
record BatchLoad(Connection connection, Staging staging, QueryState state, long commitRows) {
  private static final int BATCH_ROWS = 1000;

  /** Sends all rows; returns how many there were. */
  long run(ArrowReader rows) throws SQLException, IOException {
    connection.setAutoCommit(false);
    long sent = 0;
    String marks = String.join(", ", Collections.nCopies(staging.columns().size(), "?"));
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO %s (%s) VALUES (%s)"
                .formatted(staging.rows(), staging.list(staging.names()), marks))) {
      VectorSchemaRoot root = rows.getVectorSchemaRoot();
      List<Binder> binders = binders(root);
      while (rows.loadNextBatch()) {
        state.check();
        long started = System.nanoTime();
        send(insert, root, binders);
        long before = sent;
        sent += root.getRowCount();
        if (before / commitRows != sent / commitRows) {
          connection.commit();
        }
        state.profile().land().time(started);
      }
      // A query that was interrupted ends as if it were complete.
      state.check();
    }
    connection.commit();
    connection.setAutoCommit(true);
    return sent;
  }

  private List<Binder> binders(VectorSchemaRoot root) {
    List<Binder> binders = new ArrayList<>();
    for (int i = 0; i < staging.columns().size(); i++) {
      binders.add(Binders.of(root.getVector(i), staging.columns().get(i).type(), staging.system()));
    }
    return binders;
  }

  private void send(PreparedStatement insert, VectorSchemaRoot root, List<Binder> binders)
      throws SQLException {
    int waiting = 0;
    for (int row = 0; row < root.getRowCount(); row++) {
      for (int column = 0; column < binders.size(); column++) {
        FieldVector vector = root.getVector(column);
        if (vector.isNull(row)) {
          insert.setNull(column + 1, Types.NULL);
        } else {
          binders.get(column).bind(insert, column + 1, row);
        }
      }
      insert.addBatch();
      if (++waiting == BATCH_ROWS) {
        insert.executeBatch();
        waiting = 0;
        state.check();
      }
    }
    if (waiting > 0) {
      insert.executeBatch();
    }
  }
}
