package io.auspex.engine.source.write.copy;

import org.apache.arrow.vector.VarBinaryVector;

/**
 * DuckDB's BIT: a byte that says how many bits of padding come first, then the bits. PostgreSQL has
 * the number of bits, then the bits, with the padding last.
 */
record BitEncoder(VarBinaryVector vector) implements ValueEncoder {

  @Override
  public int size(int row) {
    return Integer.BYTES + vector.getValueLength(row) - 1;
  }

  @Override
  public int put(int row, byte[] out, int at) {
    byte[] bits = vector.get(row);
    int padding = bits[0];
    int next = NetworkOrder.putInt(out, at, (bits.length - 1) * 8 - padding);
    for (int i = 1; i < bits.length; i++) {
      int pair = (bits[i] & 0xFF) << 8 | (i + 1 < bits.length ? bits[i + 1] & 0xFF : 0);
      out[next++] = (byte) (pair >> (8 - padding));
    }
    return next;
  }
}
