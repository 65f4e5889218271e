package io.auspex.engine.source;

import io.auspex.engine.source.type.BatchBuilder;
import io.auspex.engine.source.type.PostgresReaders;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * Rows by {@code COPY (…) TO STDOUT (FORMAT binary)}: values come as PostgreSQL has them, a message
 * for each row, as fast as they are made.
 */
final class PostgresCopy implements RowFetch {
  private static final int SIGNATURE = 11;
  private static final int HEADER = SIGNATURE + 2 * Integer.BYTES;
  private static final byte[] NONE = new byte[0];
  private static final int INCOMPLETE = -1;

  private final PGConnection postgres;
  private final String sql;
  private final PostgresReaders.Reader[] readers;
  private CopyOut copy;
  private byte[] message = NONE;
  private int at;
  private boolean isPastHeader;

  /** Behind the mark that ends the rows; the connection is free once the copy itself has ended. */
  private boolean isPastRows;

  private boolean ended;

  PostgresCopy(Connection connection, PostgresPlan plan) throws SQLException {
    this.postgres = connection.unwrap(PGConnection.class);
    this.sql = "COPY (" + plan.sql() + "\n) TO STDOUT (FORMAT binary)";
    this.readers = plan.readers();
  }

  @Override
  public void start() throws SQLException {
    copy = postgres.getCopyAPI().copyOut(sql);
  }

  @Override
  public int fill(BatchBuilder batch) throws SQLException {
    int row = 0;
    while (!ended && !batch.isFull(row)) {
      if (at >= message.length || !isPastHeader && !skipHeader()) {
        more();
        continue;
      }
      int next = readRow(batch, row);
      if (next == INCOMPLETE) {
        more();
      } else {
        at = next;
        row += isPastRows ? 0 : 1;
      }
    }
    return row;
  }

  /** Has at least one more message, behind what is left of those before. */
  private void more() throws SQLException {
    byte[] next = copy.readFromCopy();
    if (next == null) {
      ended = true;
    } else if (at >= message.length) {
      message = next;
      at = 0;
    } else {
      byte[] both = Arrays.copyOfRange(message, at, message.length + next.length);
      System.arraycopy(next, 0, both, message.length - at, next.length);
      message = both;
      at = 0;
    }
  }

  private boolean skipHeader() {
    if (message.length - at < HEADER) {
      return false;
    }
    int extension = PostgresReaders.intAt(message, at + HEADER - Integer.BYTES);
    if (message.length - at < HEADER + extension) {
      return false;
    }
    at += HEADER + extension;
    isPastHeader = true;
    return at < message.length;
  }

  /** The place behind the row, or INCOMPLETE where it is not all there yet. */
  private int readRow(BatchBuilder batch, int row) {
    byte[] bytes = message;
    int end = bytes.length;
    int place = at;
    if (end - place < Short.BYTES) {
      return INCOMPLETE;
    }
    if (PostgresReaders.shortAt(bytes, place) < 0) {
      isPastRows = true;
      return end;
    }
    place += Short.BYTES;
    for (int i = 0; i < readers.length; i++) {
      if (end - place < Integer.BYTES) {
        return INCOMPLETE;
      }
      int length = PostgresReaders.intAt(bytes, place);
      place += Integer.BYTES;
      if (length < 0) {
        batch.column(i).setNull(row);
      } else if (end - place < length) {
        return INCOMPLETE;
      } else {
        batch.reading(i);
        readers[i].read(bytes, place, length, row);
        place += length;
      }
    }
    return place;
  }

  @Override
  public void cancel() throws SQLException {
    postgres.cancelQuery();
  }

  @Override
  public void close() {
    // It has ended by itself, or the connection is discarded.
  }
}
