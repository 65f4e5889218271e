package io.auspex.engine.source.write;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;
import io.auspex.engine.source.SourceColumn;
import io.auspex.engine.source.SourceSystem;
import io.auspex.engine.source.type.DuckType;
import io.auspex.engine.source.type.DuckType.Kind;
import io.auspex.engine.source.type.MariadbTypes;
import io.auspex.engine.source.write.SourceTarget.Mode;
import io.auspex.engine.source.write.SourceTarget.Upsert;
import io.auspex.engine.stream.QueryState;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.arrow.vector.ipc.ArrowReader;

/**
 * MariaDB and MySQL. DDL is part of no transaction there: a table is replaced by one RENAME TABLE,
 * which is atomic, and what was inserted is known by a {@link DoneMark}.
 */
final class MariadbTarget implements TargetSystem {
  private static final long COMMIT_ROWS = 100_000;

  /** A key may have 3072 bytes, and a character four. */
  private static final int LONGEST_KEY_TEXT = 255;

  private static final int DUPLICATE_KEY_NAME = 1061;
  private static final int TABLE_EXISTS = 1050;
  private static final Set<String> CASTLESS = Set.of("geometry", "vector", "point");

  private Optional<MariadbTable> replaced = Optional.empty();

  @Override
  public Found find(Connection connection, String schema, String table) throws SQLException {
    return Statements.list(
            connection,
            row -> row.getString(1),
            "SELECT table_type FROM information_schema.tables"
                + " WHERE table_schema = ? AND table_name = ?",
            schema,
            table)
        .stream()
        .findFirst()
        .map(kind -> kind.equals("BASE TABLE") ? Found.TABLE : Found.OTHER)
        .orElse(Found.NOTHING);
  }

  @Override
  public DuckType sent(DuckType type, boolean isNew) {
    return switch (type.kind()) {
      case LIST -> DuckType.of(Kind.JSON);
      case TIMETZ, INTERVAL -> DuckType.of(Kind.VARCHAR);
      // A column has one number of bits, the values of a BIT each their own.
      case BIT -> isNew ? DuckType.of(Kind.VARCHAR) : type;
      default -> type;
    };
  }

  @Override
  public String columnType(DuckType type, boolean isKey) {
    return switch (type.kind()) {
      case BOOLEAN -> "boolean";
      case TINYINT, UTINYINT -> unsigned("tinyint", type);
      case SMALLINT, USMALLINT -> unsigned("smallint", type);
      case INTEGER, UINTEGER -> unsigned("int", type);
      case BIGINT, UBIGINT -> unsigned("bigint", type);
      case HUGEINT -> "decimal(38,0)";
      case DECIMAL -> "decimal(%d,%d)".formatted(type.precision(), type.scale());
      case FLOAT -> "float";
      case DOUBLE -> "double";
      case VARCHAR, TIMETZ, INTERVAL -> isKey ? "varchar(" + LONGEST_KEY_TEXT + ")" : "longtext";
      case JSON, LIST -> "json";
      case UUID -> "uuid";
      case BLOB -> isKey ? "varbinary(" + LONGEST_KEY_TEXT + ")" : "longblob";
      case BIT -> "bit(64)";
      case DATE -> "date";
      case TIME -> "time(6)";
      case TIMESTAMP -> "datetime(6)";
      case TIMESTAMPTZ -> "timestamp(6)" + (isKey ? "" : " NULL");
    };
  }

  private static String unsigned(String name, DuckType type) {
    return type.kind().name().startsWith("U") ? name + " unsigned" : name;
  }

  @Override
  public boolean takes(DuckType type, String declared) {
    return MariadbTypes.of(declared).equals(type)
        && CASTLESS.stream().noneMatch(declared.toLowerCase(Locale.ROOT)::startsWith);
  }

  @Override
  public String declared(SourceColumn column) {
    return column.nativeType()
        + column.collation().map(collation -> " COLLATE " + collation).orElse("");
  }

  @Override
  public void check(Connection connection, Staging staging) throws SQLException {
    SourceTarget target = staging.target();
    if (target.mode() == Mode.REPLACE) {
      replaced = MariadbTable.read(connection, staging);
      Optional<String> hindrance =
          replaced.isPresent() ? MariadbTable.hindrance(connection, staging) : Optional.empty();
      if (hindrance.isPresent()) {
        throw new AuspexException(
            ErrorCode.UNSUPPORTED,
            "CREATE OR REPLACE TABLE",
            "for " + target.fullName() + ", which " + hindrance.get(),
            "DELETE its rows and INSERT, or drop it first.");
      }
    } else if (target.mode() != Mode.CREATE) {
      MariadbTable.requireTransactions(connection, target);
      if (target.upsert().isPresent()) {
        requireOnlyKey(connection, target, target.upsert().get());
      }
    }
  }

  /** ON DUPLICATE KEY looks at every unique key: it means ON CONFLICT only where there is one. */
  private static void requireOnlyKey(Connection connection, SourceTarget target, Upsert upsert)
      throws SQLException {
    List<Set<String>> unique = MariadbTable.uniqueKeys(connection, target);
    Set<String> keys =
        upsert.keys().stream().map(key -> key.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    if (!unique.equals(List.of(keys))) {
      throw new AuspexException(
          ErrorCode.UNSUPPORTED,
          "ON CONFLICT (" + String.join(", ", upsert.keys()) + ")",
          "for " + target.fullName(),
          "It must name the table's only unique key: MariaDB looks at all of them. The table has "
              + (unique.isEmpty()
                  ? "none."
                  : unique.stream()
                      .map(key -> "(" + String.join(", ", key) + ")")
                      .collect(Collectors.joining(" and ", "", "."))));
    }
  }

  @Override
  public void stage(Connection connection, Staging staging) throws SQLException {
    discard(connection, staging.name());
    Statements.run(connection, tableOf(staging));
    if (!staging.target().mode().makesTable()) {
      new DoneMark(staging).make(connection);
      // Rights and columns are checked so before a row is sent.
      Statements.list(
          connection, row -> true, "EXPLAIN " + new Insertion(staging).onDuplicateKey());
    }
  }

  private String tableOf(Staging staging) {
    List<String> key =
        staging.target().mode().makesTable()
            ? replaced
                .filter(table -> staging.target().primaryKey().isEmpty())
                .map(table -> table.primaryKey(staging))
                .orElse(staging.target().primaryKey())
            : List.of();
    // Text is compared by its bytes, as DuckDB does; what replaces a table has that table's way.
    String options =
        replaced
            .map(MariadbTable::options)
            .orElse("ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin");
    return "CREATE TABLE %s (%s%s) %s"
        .formatted(
            staging.rows(),
            staging.columns().stream()
                .map(column -> definition(staging, column, key))
                .collect(Collectors.joining(", ")),
            key.isEmpty() ? "" : ", PRIMARY KEY (" + staging.list(key) + ")",
            options);
  }

  private String definition(Staging staging, StagedColumn column, List<String> key) {
    String declared = staging.quote(column.name()) + " " + column.stagedAs();
    return replaced
        .flatMap(table -> table.definition(column))
        .map(
            kept -> {
              boolean leads = !key.isEmpty() && key.get(0).equals(column.name());
              return leads ? kept : kept.replace(" AUTO_INCREMENT", "");
            })
        .orElse(declared);
  }

  @Override
  public long load(Connection connection, Staging staging, ArrowReader rows, QueryState state)
      throws SQLException, IOException {
    return new BatchLoad(connection, staging, state, COMMIT_ROWS).run(rows);
  }

  @Override
  public void finish(Connection connection, Staging staging) throws SQLException {
    List<String> keys = replaced.map(table -> table.otherKeys(staging)).orElse(List.of());
    if (keys.isEmpty()) {
      return;
    }
    try {
      // One statement, so that it is done whole or not at all.
      Statements.run(
          connection,
          "ALTER TABLE "
              + staging.rows()
              + keys.stream().map(key -> "ADD " + key).collect(Collectors.joining(", ", " ", "")));
    } catch (SQLException e) {
      if (e.getErrorCode() != DUPLICATE_KEY_NAME) {
        throw e;
      }
    }
  }

  @Override
  public void land(Connection connection, Staging staging, long rows) throws SQLException {
    if (staging.target().mode().makesTable()) {
      rename(connection, staging);
      return;
    }
    Insertion insertion = new Insertion(staging);
    connection.setAutoCommit(false);
    insertion.requireDistinctKeys(connection);
    new DoneMark(staging).set(connection);
    Statements.run(connection, insertion.onDuplicateKey());
    connection.commit();
    connection.setAutoCommit(true);
  }

  private void rename(Connection connection, Staging staging) throws SQLException {
    SourceTarget target = staging.target();
    String old = SourceSystem.MARIADB.quote(staging.name().schema(), staging.name().old());
    if (target.mode() == Mode.REPLACE && !MariadbTable.read(connection, staging).equals(replaced)) {
      throw new AuspexException(ErrorCode.WRITE_CHANGED, target.fullName(), target.source().name());
    }
    try {
      Statements.run(
          connection,
          "RENAME TABLE "
              + (replaced.isPresent() ? staging.table() + " TO " + old + ", " : "")
              + staging.rows()
              + " TO "
              + staging.table());
    } catch (SQLException e) {
      if (e.getErrorCode() == TABLE_EXISTS) {
        throw target.mode() == Mode.CREATE
            ? new AuspexException(ErrorCode.TABLE_EXISTS, target.fullName()).causedBy(e)
            : new AuspexException(
                    ErrorCode.WRITE_CHANGED, target.fullName(), target.source().name())
                .causedBy(e);
      }
      throw e;
    }
  }

  @Override
  public boolean hasLanded(Connection connection, Staging staging) throws SQLException {
    return staging.target().mode().makesTable()
        ? find(connection, staging.name().schema(), staging.name().rows()) == Found.NOTHING
        : new DoneMark(staging).isSet(connection);
  }

  @Override
  public boolean leavesTables() {
    return true;
  }

  @Override
  public void discard(Connection connection, StagingName name) throws SQLException {
    // A session that was cut off may hold them for a while; then they stay for later.
    Statements.run(connection, "SET SESSION lock_wait_timeout = 5");
    Statements.run(
        connection,
        Stream.of(name.rows(), name.old(), name.done())
            .map(table -> SourceSystem.MARIADB.quote(name.schema(), table))
            .collect(Collectors.joining(", ", "DROP TABLE IF EXISTS ", "")));
    Statements.run(connection, "SET SESSION lock_wait_timeout = DEFAULT");
  }

  @Override
  public void interrupt(Connection connection) throws SQLException {
    connection.unwrap(org.mariadb.jdbc.Connection.class).cancelCurrentQuery();
  }
}
