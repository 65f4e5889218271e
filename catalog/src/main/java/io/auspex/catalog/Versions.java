package io.auspex.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Which Auspex this is, and what it was built with; the build writes it into a resource. */
public final class Versions {
  private static final Properties WRITTEN = written();

  private Versions() {}

  private static Properties written() {
    try (InputStream resource = Versions.class.getResourceAsStream("versions.properties")) {
      Properties properties = new Properties();
      properties.load(resource);
      return properties;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static String auspex() {
    return WRITTEN.getProperty("auspex");
  }

  /** Of ONNX Runtime; asking the library itself would load it. */
  public static String onnxRuntime() {
    return WRITTEN.getProperty("onnxruntime");
  }
}
