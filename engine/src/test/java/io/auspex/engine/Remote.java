package io.auspex.engine;

import io.auspex.catalog.Names;
import io.auspex.catalog.Source;
import io.auspex.engine.source.SourceServers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;

/** A database on a server of the tests, as a source of a user's warehouse. */
record Remote(Source source) {

  static Remote postgres() throws SQLException {
    return new Remote(SourceServers.postgres());
  }

  static Remote mariadb() throws SQLException {
    return new Remote(SourceServers.mariadb());
  }

  static Remote sqlite(Path file) {
    return new Remote(SourceServers.sqlite(file));
  }

  /** The password of the source's user; the servers' root has none. */
  Optional<String> password() {
    return source.user().filter("postgres"::equals);
  }

  /** Runs statements there. */
  Remote run(String... statements) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(
                source.url(), source.user().orElse(""), password().orElse(""));
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
    return this;
  }

  /**
   * Makes it known to the user.
   *
   * @param options what stands in {@code WITH (…)}; may be none
   */
  Remote known(User user, String name, String... options) throws SQLException {
    String as =
        source.user().map(u -> " USER " + Names.literal(u)).orElse("")
            + password().map(p -> " PASSWORD " + Names.literal(p)).orElse("");
    String with = options.length == 0 ? "" : " WITH (" + String.join(", ", List.of(options)) + ")";
    user.run("CREATE SOURCE " + name + " URL " + Names.literal(source.url()) + as + with);
    return this;
  }
}
