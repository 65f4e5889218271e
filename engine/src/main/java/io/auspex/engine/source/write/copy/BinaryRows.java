package io.auspex.engine.source.write.copy;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;
import io.auspex.engine.source.type.DuckType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * Rows of Arrow batches in the format of PostgreSQL's {@code COPY … (FORMAT binary)}, a piece at a
 * time. Columns are written one after the other into the places of their rows, so that each is one
 * loop over one vector. Not thread-safe.
 */
public final class BinaryRows {
  /** What begins the whole: the signature, no flags, no extension. */
  public static final byte[] HEADER =
      "PGCOPY\n\u00ff\r\n\0\0\0\0\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);

  /** What ends it. */
  public static final byte[] TRAILER = {-1, -1};

  private static final int PIECE_ROWS = 1024;

  private final VectorSchemaRoot root;
  private final List<ColumnEncoder> columns = new ArrayList<>();
  private final int[] places = new int[PIECE_ROWS];
  private int row;

  /**
   * @param root what holds one batch after the other
   * @param types the columns' types as PostgreSQL has them, in the order of the vectors
   * @throws AuspexException INTERNAL_ERROR where a column cannot be written as its type
   */
  public BinaryRows(VectorSchemaRoot root, List<String> types) {
    this.root = root;
    for (int i = 0; i < types.size(); i++) {
      FieldVector vector = root.getVector(i);
      String type = types.get(i);
      ValueEncoder values =
          ValueEncoders.of(vector, type).orElseThrow(() -> notWritten(vector, type));
      columns.add(new ColumnEncoder(vector, values));
    }
  }

  /** Whether values of a type are written as what a column of PostgreSQL is declared to be. */
  public static boolean takes(DuckType type, String declared) {
    boolean isList = type.kind() == DuckType.Kind.LIST;
    if (isList || CopyType.isArray(declared)) {
      return isList
          && CopyType.isArray(declared)
          && takes(type.element(), declared.substring(0, declared.lastIndexOf('[')));
    }
    return CopyType.named(declared).map(known -> known.takes(type.kind())).orElse(false);
  }

  private static AuspexException notWritten(FieldVector vector, String type) {
    return new AuspexException(
        ErrorCode.INTERNAL_ERROR,
        "the column " + vector.getField() + " has no form as PostgreSQL's " + type);
  }

  /** A new batch is in the vectors. */
  public void begin() {
    row = 0;
  }

  /**
   * Writes the next rows of the batch.
   *
   * @param piece what they are written to, a larger one in its place where a row needs it
   * @return the piece, or null where all rows of the batch have been written
   */
  public Piece next(Piece piece) {
    int rows = Math.min(PIECE_ROWS, root.getRowCount() - row);
    if (rows <= 0) {
      return null;
    }
    Arrays.fill(places, 0, rows, Short.BYTES);
    for (ColumnEncoder column : columns) {
      column.measure(row, rows, places);
    }
    int fitting = 0;
    long total = 0;
    while (fitting < rows && (fitting == 0 || total + places[fitting] <= piece.bytes().length)) {
      int size = places[fitting];
      places[fitting++] = Math.toIntExact(total);
      total = Math.addExact(total, size);
    }
    byte[] out = total <= piece.bytes().length ? piece.bytes() : new byte[Math.toIntExact(total)];
    for (int i = 0; i < fitting; i++) {
      places[i] = NetworkOrder.putShort(out, places[i], columns.size());
    }
    for (ColumnEncoder column : columns) {
      column.write(row, fitting, out, places);
    }
    row += fitting;
    return new Piece(out, (int) total);
  }

  /**
   * Bytes to be sent.
   *
   * @param size how many of them
   */
  public record Piece(byte[] bytes, int size) {
    public static Piece ofSize(int size) {
      return new Piece(new byte[size], 0);
    }
  }
}
