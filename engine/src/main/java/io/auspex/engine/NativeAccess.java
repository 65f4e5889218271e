package io.auspex.engine;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import sun.misc.Unsafe;

/**
 * Opens {@code java.nio} to Arrow, which reads and writes off-heap memory through it.
 *
 * <p>A BI tool starts the JVM, not we, so {@code --add-opens} is not ours to give; the package is
 * opened at run time instead, through the JDK's own trusted lookup.
 */
public final class NativeAccess {
  private static final String PACKAGE = "java.nio";
  private static final String REASON =
      "Arrow needs the package java.nio opened, which this JVM does not let the driver do."
          + " Start it with --add-opens=java.base/java.nio=ALL-UNNAMED";

  private NativeAccess() {}

  /**
   * To be called before the first Arrow class is loaded; further calls do nothing.
   *
   * @throws AuspexException WAREHOUSE_UNREADABLE, with the flag to set, where the JVM does not let
   *     us
   */
  public static void open() {
    Module base = Object.class.getModule();
    if (base.isOpen(PACKAGE, NativeAccess.class.getModule())) {
      return;
    }
    try {
      trustedLookup()
          .findVirtual(
              Module.class,
              "implAddOpensToAllUnnamed",
              MethodType.methodType(void.class, String.class))
          .invoke(base, PACKAGE);
    } catch (Throwable e) {
      throw new AuspexException(ErrorCode.WAREHOUSE_UNREADABLE, "here", REASON).causedBy(e);
    }
  }

  @SuppressWarnings({"deprecation", "removal"})
  private static MethodHandles.Lookup trustedLookup() throws ReflectiveOperationException {
    Field singleton = Unsafe.class.getDeclaredField("theUnsafe");
    singleton.setAccessible(true);
    Unsafe unsafe = (Unsafe) singleton.get(null);
    Field lookup = MethodHandles.Lookup.class.getDeclaredField("IMPL_LOOKUP");
    return (MethodHandles.Lookup)
        unsafe.getObject(unsafe.staticFieldBase(lookup), unsafe.staticFieldOffset(lookup));
  }
}
