package io.auspex.jdbc;

import io.auspex.catalog.Setting;
import java.sql.Connection;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Properties;
import org.apache.calcite.avatica.AvaticaConnection;
import org.apache.calcite.avatica.AvaticaFactory;
import org.apache.calcite.avatica.DriverVersion;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.UnregisteredDriver;

/**
 * The JDBC driver: {@code jdbc:auspex:} opens a new warehouse in memory, {@code
 * jdbc:auspex:path/to/file.duckdb} the one in a file, in this process.
 *
 * <p>Settings of Auspex and of DuckDB are connection properties, or follow the path as {@code
 * ;name=value}.
 */
public final class AuspexDriver extends UnregisteredDriver {
  static final String PREFIX = "jdbc:auspex:";

  static {
    new AuspexDriver().register();
  }

  @Override
  protected String getConnectStringPrefix() {
    return PREFIX;
  }

  @Override
  public boolean acceptsURL(String url) {
    return url != null && url.startsWith(PREFIX);
  }

  /**
   * Opens the warehouse.
   *
   * @throws SQLException with SQLSTATE 08001 where it cannot be opened
   */
  @Override
  public Connection connect(String url, Properties properties) throws SQLException {
    return acceptsURL(url) ? factory.newConnection(this, factory, url, properties) : null;
  }

  @Override
  public DriverPropertyInfo[] getPropertyInfo(String url, Properties properties) {
    return Arrays.stream(Setting.values())
        .map(
            setting -> {
              String name = setting.sqlName();
              String value =
                  properties == null
                      ? setting.defaultValue()
                      : properties.getProperty(name, setting.defaultValue());
              DriverPropertyInfo info = new DriverPropertyInfo(name, value);
              info.description = setting.description() + " It takes " + setting.takes() + ".";
              return info;
            })
        .toArray(DriverPropertyInfo[]::new);
  }

  @Override
  protected DriverVersion createDriverVersion() {
    String version = AuspexDriver.class.getPackage().getImplementationVersion();
    String shown = version == null ? "0" : version;
    String[] parts = (shown + ".0.0").split("[.-]");
    int major = number(parts[0]);
    int minor = number(parts[1]);
    return new DriverVersion(
        "Auspex JDBC Driver", shown, "Auspex", shown, false, major, minor, major, minor);
  }

  private static int number(String part) {
    return part.matches("\\d+") ? Integer.parseInt(part) : 0;
  }

  @Override
  protected AvaticaFactory createFactory() {
    return new JdbcFactory();
  }

  @Override
  public Meta createMeta(AvaticaConnection connection) {
    return new NoMeta(connection);
  }
}
