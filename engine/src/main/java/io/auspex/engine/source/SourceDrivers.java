package io.auspex.engine.source;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;
import io.auspex.catalog.Source;
import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * The JDBC drivers of sources: those in the box, one of a jar, or one of the drivers folder. Jars
 * are loaded apart from Auspex and from each other, so that they may bring what they like.
 * Thread-safe.
 */
final class SourceDrivers implements AutoCloseable {
  /** Where a jar may say nothing of the driver in it: it does not know of service loaders. */
  private static final String NO_DRIVER = "no driver there takes the URL ";

  private final Optional<Path> folder;
  private final Map<List<Path>, URLClassLoader> loaders = new HashMap<>();

  /**
   * @param folder jars in it are looked through for drivers
   */
  SourceDrivers(Optional<Path> folder) {
    this.folder = folder;
  }

  /** Throws SOURCE_DRIVER. */
  Driver find(Source source) {
    if (source.options().jar().isPresent()) {
      List<Path> jars = jars(source, source.options().jar().get());
      return ofJars(source, jars).orElseThrow(() -> failed(source, jars + " has no driver for it"));
    }
    if (source.options().driver().isEmpty()) {
      Driver driver = inTheBox(SourceSystem.of(source));
      if (driver != null) {
        return driver;
      }
    }
    for (Path jar : inFolder()) {
      Optional<Driver> driver = ofJars(source, List.of(jar));
      if (driver.isPresent()) {
        return driver.get();
      }
    }
    return ofClassPath(source)
        .orElseThrow(
            () ->
                failed(
                    source,
                    source
                        .options()
                        .driver()
                        .map(name -> "there is no class " + name)
                        .orElse(NO_DRIVER + source.url())));
  }

  private static Driver inTheBox(SourceSystem system) {
    return switch (system) {
      case POSTGRESQL -> new org.postgresql.Driver();
      case MARIADB -> new org.mariadb.jdbc.Driver();
      case SQLITE -> new org.sqlite.JDBC();
      case GENERIC -> null;
    };
  }

  private List<Path> inFolder() {
    List<Path> jars = new ArrayList<>();
    if (folder.isPresent() && Files.isDirectory(folder.get())) {
      try (DirectoryStream<Path> found = Files.newDirectoryStream(folder.get(), "*.jar")) {
        found.forEach(jars::add);
      } catch (IOException e) {
        // As if there were none: what is missing will be said.
      }
    }
    jars.sort(null);
    return jars;
  }

  /** Several jars of one driver are divided as in a class path. */
  private static List<Path> jars(Source source, String option) {
    List<Path> jars = new ArrayList<>();
    for (String part : option.split(File.pathSeparator)) {
      Path jar = Path.of(part).toAbsolutePath();
      if (!Files.isReadable(jar)) {
        throw failed(source, "the file " + jar + " does not exist or cannot be read");
      }
      jars.add(jar);
    }
    return jars;
  }

  private Optional<Driver> ofJars(Source source, List<Path> jars) {
    URLClassLoader loader = loader(jars);
    return source.options().driver().isPresent()
        ? ofClass(source, loader)
        : accepting(ServiceLoader.load(Driver.class, loader), source);
  }

  private Optional<Driver> ofClassPath(Source source) {
    ClassLoader own = SourceDrivers.class.getClassLoader();
    return source.options().driver().isPresent()
        ? ofClass(source, own)
        : accepting(ServiceLoader.load(Driver.class, own), source);
  }

  private static Optional<Driver> ofClass(Source source, ClassLoader loader) {
    String name = source.options().driver().orElseThrow();
    try {
      Object made = loader.loadClass(name).getDeclaredConstructor().newInstance();
      if (made instanceof Driver driver) {
        return Optional.of(driver);
      }
      throw failed(source, "the class " + name + " is no java.sql.Driver");
    } catch (ClassNotFoundException e) {
      return Optional.empty();
    } catch (ReflectiveOperationException | LinkageError e) {
      throw failed(source, "the class " + name + " cannot be made: " + e).causedBy(e);
    }
  }

  private static Optional<Driver> accepting(ServiceLoader<Driver> drivers, Source source) {
    for (Driver driver : drivers) {
      try {
        boolean isOwn = driver.getClass().getName().startsWith("io.auspex.");
        if (!isOwn && driver.acceptsURL(source.url())) {
          return Optional.of(driver);
        }
      } catch (SQLException e) {
        // It does not take it.
      }
    }
    return Optional.empty();
  }

  private synchronized URLClassLoader loader(List<Path> jars) {
    return loaders.computeIfAbsent(
        jars,
        files ->
            new URLClassLoader(
                files.stream().map(SourceDrivers::url).toArray(URL[]::new),
                ClassLoader.getPlatformClassLoader()));
  }

  private static URL url(Path jar) {
    try {
      return jar.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static AuspexException failed(Source source, String why) {
    return new AuspexException(ErrorCode.SOURCE_DRIVER, source.name(), why);
  }

  @Override
  public synchronized void close() {
    for (URLClassLoader loader : loaders.values()) {
      try {
        loader.close();
      } catch (IOException e) {
        // Its files stay open until the process ends.
      }
    }
    loaders.clear();
  }
}
