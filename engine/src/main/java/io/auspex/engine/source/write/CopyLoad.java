package io.auspex.engine.source.write;

import io.auspex.engine.source.write.copy.BinaryRows;
import io.auspex.engine.source.write.copy.BinaryRows.Piece;
import io.auspex.engine.stream.QueryState;
import io.auspex.engine.stream.Workers;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * One binary COPY: the caller's thread takes batches and writes their rows into pieces, another one
 * sends them. Pieces go round, so that there are never more than a few.
 */
final class CopyLoad {
  private static final int PIECES = 4;
  private static final int PIECE_BYTES = 1 << 18;
  private static final long POLL_MILLIS = 50;
  private static final Piece END = Piece.ofSize(0);

  private final Connection connection;
  private final String sql;
  private final Staging staging;
  private final ArrowReader rows;
  private final QueryState state;
  private final BlockingQueue<Piece> empty = new ArrayBlockingQueue<>(PIECES);
  private final BlockingQueue<Piece> filled = new ArrayBlockingQueue<>(PIECES + 1);
  private volatile boolean abandoned;

  CopyLoad(Connection connection, String sql, Staging staging, ArrowReader rows, QueryState state) {
    this.connection = connection;
    this.sql = sql;
    this.staging = staging;
    this.rows = rows;
    this.state = state;
  }

  /** Sends all rows; returns how many the server has taken. */
  long run(Workers workers) throws SQLException, IOException {
    for (int i = 0; i < PIECES; i++) {
      empty.add(Piece.ofSize(PIECE_BYTES));
    }
    Future<Long> sender = workers.submit(this::send);
    boolean complete = false;
    try {
      complete = encode(sender);
    } finally {
      abandoned = !complete;
      filled.add(END);
      if (abandoned) {
        outcomeQuietly(sender);
      }
    }
    return outcome(sender);
  }

  /** False where the sender has failed, which then says why. */
  private boolean encode(Future<Long> sender) throws IOException {
    VectorSchemaRoot root = rows.getVectorSchemaRoot();
    BinaryRows encoder =
        new BinaryRows(root, staging.columns().stream().map(StagedColumn::stagedAs).toList());
    while (rows.loadNextBatch()) {
      state.check();
      encoder.begin();
      long started = System.nanoTime();
      Piece piece = take(sender);
      while (piece != null) {
        Piece next = encoder.next(piece);
        if (next == null) {
          empty.add(piece);
          break;
        }
        filled.add(next);
        piece = take(sender);
      }
      state.profile().land().time(started);
      if (piece == null) {
        return false;
      }
    }
    // A query that was interrupted ends as if it were complete.
    state.check();
    return true;
  }

  /** A piece to write to, or null where nobody sends any more. */
  private Piece take(Future<Long> sender) {
    try {
      while (true) {
        Piece piece = empty.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
        if (piece != null) {
          return piece;
        }
        state.check();
        if (sender.isDone()) {
          return null;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      state.cancellation().cancel();
      throw state.failure(e);
    }
  }

  private long send() throws SQLException, InterruptedException {
    CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
    try {
      copy.writeToCopy(BinaryRows.HEADER, 0, BinaryRows.HEADER.length);
      for (Piece piece = filled.take(); piece != END; piece = filled.take()) {
        copy.writeToCopy(piece.bytes(), 0, piece.size());
        empty.add(piece);
      }
      if (!abandoned) {
        copy.writeToCopy(BinaryRows.TRAILER, 0, BinaryRows.TRAILER.length);
        return copy.endCopy();
      }
      return 0;
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }

  private static void outcomeQuietly(Future<Long> sender) {
    try {
      outcome(sender);
    } catch (SQLException | RuntimeException e) {
      // What made the rows end is told, not what came of it.
    }
  }

  private static long outcome(Future<Long> sender) throws SQLException {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return sender.get();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SQLException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
