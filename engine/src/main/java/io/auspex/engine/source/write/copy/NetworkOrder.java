package io.auspex.engine.source.write.copy;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Numbers in network byte order, at any place of an array. */
final class NetworkOrder {
  private static final VarHandle SHORT = view(short[].class);
  private static final VarHandle INT = view(int[].class);
  private static final VarHandle LONG = view(long[].class);

  private NetworkOrder() {}

  private static VarHandle view(Class<?> type) {
    return MethodHandles.byteArrayViewVarHandle(type, ByteOrder.BIG_ENDIAN);
  }

  static int putShort(byte[] out, int at, int value) {
    SHORT.set(out, at, (short) value);
    return at + Short.BYTES;
  }

  static int putInt(byte[] out, int at, int value) {
    INT.set(out, at, value);
    return at + Integer.BYTES;
  }

  static int putLong(byte[] out, int at, long value) {
    LONG.set(out, at, value);
    return at + Long.BYTES;
  }
}
