package io.auspex.engine;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.Catalog;
import io.auspex.catalog.ErrorCode;
import io.auspex.catalog.Names;
import io.auspex.catalog.Position;
import io.auspex.catalog.Questions;
import io.auspex.catalog.Secret;
import io.auspex.catalog.Secrets;
import io.auspex.catalog.Source;
import io.auspex.catalog.SourceOptions;
import io.auspex.catalog.SourceOptions.Option;
import io.auspex.engine.source.SourceConnections;
import io.auspex.engine.source.SourceTable.Listed;
import io.auspex.engine.source.SourceTables;
import io.auspex.engine.stream.WarehouseErrors;
import io.auspex.sql.statement.Statement.CreateSource;
import io.auspex.sql.statement.Statement.DescribeSource;
import io.auspex.sql.statement.Statement.DropSource;
import io.auspex.sql.statement.Statement.OptionValue;
import io.auspex.sql.statement.Statement.Password;
import io.auspex.sql.statement.Statement.ShowSourceTables;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The statements about sources. What they show of a password is where it is. */
final class SourceCommands {
  /** What may stand before a point in a name, and would be ambiguous then. */
  private static final String TAKEN =
      """
      SELECT 'database', database_name FROM duckdb_databases()
      UNION ALL SELECT 'schema', schema_name FROM duckdb_schemas()
      """;

  private final Catalog catalog;
  private final Questions questions;
  private final SourceConnections connections;

  SourceCommands(Catalog catalog, Questions questions, SourceConnections connections) {
    this.catalog = catalog;
    this.questions = questions;
    this.connections = connections;
  }

  /**
   * Keeps a source that could be connected to: a wrong password is best told to whoever has just
   * written it, and not to who queries the source at night. {@code connect = false} leaves that
   * out.
   */
  void create(CreateSource statement) {
    Map<String, String> values = new HashMap<>();
    statement.options().forEach((key, option) -> values.put(key, option.value()));
    SourceOptions options;
    try {
      options = SourceOptions.of(values);
      SourceOptions.connects(values);
    } catch (AuspexException unfit) {
      OptionValue option = statement.options().get(Names.fold(unfit.subject()));
      throw option == null ? unfit : unfit.at(option.position());
    }
    if (!statement.orReplace()) {
      catalog
          .sources()
          .find(statement.name())
          .ifPresent(
              existing -> {
                throw new AuspexException(ErrorCode.SOURCE_EXISTS, existing.name());
              });
    }
    requireFree(statement.name());
    Source source = source(statement, options);
    tryOut(source, SourceOptions.connects(values));
    if (statement.orReplace()) {
      catalog.sources().replace(source);
    } else {
      catalog.sources().create(source);
    }
  }

  private void tryOut(Source source, boolean connects) {
    connections.requireDriver(source);
    if (connects) {
      try {
        connections.borrow(source).close();
      } catch (SQLException e) {
        // It was there, which is all that is asked.
      }
    }
  }

  private static Source source(CreateSource statement, SourceOptions options) {
    Source bare =
        new Source(statement.name(), statement.url(), statement.user(), Optional.empty(), options);
    Optional<Secret> secret = statement.password().map(password -> secret(password, bare));
    return new Source(bare.name(), bare.url(), bare.user(), secret, options);
  }

  private static Secret secret(Password password, Source source) {
    return password instanceof Password.Literal literal
        ? Secrets.system().seal(literal.text(), source)
        : ((Password.At) password).secret();
  }

  /** Throws INVALID_SOURCE where DuckDB has a database or schema of this name. */
  private void requireFree(String name) {
    try {
      for (List<String> taken :
          questions.ask(row -> List.of(row.getString(1), row.getString(2)), TAKEN)) {
        if (Names.fold(taken.get(1)).equals(Names.fold(name))) {
          throw new AuspexException(
              ErrorCode.INVALID_SOURCE,
              name,
              "there is a " + taken.get(0) + " of this name in the warehouse. Choose another");
        }
      }
    } catch (SQLException e) {
      throw WarehouseErrors.of(e);
    }
  }

  void drop(DropSource statement) {
    if (!statement.ifExists() || catalog.sources().find(statement.name()).isPresent()) {
      catalog.sources().drop(statement.name());
      connections.forget(statement.name());
    }
  }

  /** {@code SHOW SOURCES}: a row a source. */
  Rows list() {
    Rows rows = new Rows("name", "url", "user", "password", "options");
    for (Source source : catalog.sources().list()) {
      rows.add(
          source.name(),
          source.url(),
          source.user().orElse(null),
          password(source),
          source.options().values().entrySet().stream()
              .map(option -> option.getKey() + " = " + option.getValue())
              .collect(Collectors.joining(", ")));
    }
    return rows;
  }

  /** {@code DESCRIBE SOURCE}: a row a property, options that were not given included. */
  Rows describe(DescribeSource statement) {
    Source source = existing(statement.name(), statement.position());
    Map<String, String> given = source.options().values();
    Rows rows = new Rows("property", "value");
    rows.add("name", source.name());
    rows.add("url", source.url());
    rows.add("user", source.user().orElse(null));
    rows.add("password", password(source));
    for (Option option : Option.values()) {
      if (option.isKept()) {
        rows.add(option.key(), given.getOrDefault(option.key(), option.defaultValue()));
      }
    }
    return rows;
  }

  /** {@code SHOW TABLES FROM}: a row a table or view, as the source lists them now. */
  Rows tables(ShowSourceTables statement) {
    Source source = existing(statement.source(), statement.position());
    Rows rows = new Rows("schema", "table", "kind");
    for (Listed table : new SourceTables(connections).list(source)) {
      rows.add(table.schema(), table.name(), table.isView() ? "view" : "table");
    }
    return rows;
  }

  private Source existing(String name, Position position) {
    try {
      return catalog.sources().existing(name);
    } catch (AuspexException e) {
      throw e.at(position);
    }
  }

  /** Where it is; NULL where there is none. */
  private static String password(Source source) {
    return source.password().map(Secret::toString).orElse(null);
  }
}
