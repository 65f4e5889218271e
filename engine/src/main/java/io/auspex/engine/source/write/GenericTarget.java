package io.auspex.engine.source.write;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;
import io.auspex.engine.source.SourceSystem;
import io.auspex.engine.source.type.DuckType;
import io.auspex.engine.source.type.DuckType.Kind;
import io.auspex.engine.source.write.SourceTarget.Mode;
import io.auspex.engine.stream.QueryState;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.arrow.vector.ipc.ArrowReader;

/**
 * A database of which nothing is known but its driver: standard SQL. A new table is renamed; rows
 * of one that is replaced are deleted and inserted in one transaction, which keeps all that others
 * made of it, and needs the same columns.
 */
final class GenericTarget implements TargetSystem {
  private static final long COMMIT_ROWS = 100_000;
  private static final String LONGEST_TEXT = "VARCHAR(4000)";
  private static final Set<String> TABLES = Set.of("TABLE", "BASE TABLE");

  private boolean exists;

  @Override
  public Found find(Connection connection, String schema, String table) throws SQLException {
    Found found = Found.NOTHING;
    try (ResultSet tables = connection.getMetaData().getTables(null, null, null, null)) {
      while (tables.next()) {
        // Names are compared here, since drivers differ in what a pattern's escapes are.
        boolean isIt =
            table.equals(tables.getString("TABLE_NAME"))
                && (schema.isEmpty() || schema.equals(tables.getString("TABLE_SCHEM")));
        if (isIt) {
          found = TABLES.contains(tables.getString("TABLE_TYPE")) ? Found.TABLE : Found.OTHER;
        }
      }
    }
    return found;
  }

  @Override
  public DuckType sent(DuckType type, boolean isNew) {
    return switch (type.kind()) {
      case TINYINT, UTINYINT -> DuckType.of(Kind.SMALLINT);
      case USMALLINT -> DuckType.of(Kind.INTEGER);
      case UINTEGER -> DuckType.of(Kind.BIGINT);
      case UBIGINT -> DuckType.decimal(20, 0);
      case LIST, JSON, TIMETZ, INTERVAL, BIT, UUID -> DuckType.of(Kind.VARCHAR);
      default -> type;
    };
  }

  @Override
  public String columnType(DuckType type, boolean isKey) {
    return switch (type.kind()) {
      case BOOLEAN -> "BOOLEAN";
      case TINYINT, UTINYINT, SMALLINT -> "SMALLINT";
      case INTEGER, USMALLINT -> "INTEGER";
      case BIGINT, UINTEGER -> "BIGINT";
      case UBIGINT -> "DECIMAL(20,0)";
      case HUGEINT -> "DECIMAL(38,0)";
      case DECIMAL -> "DECIMAL(%d,%d)".formatted(type.precision(), type.scale());
      case FLOAT -> "REAL";
      case DOUBLE -> "DOUBLE PRECISION";
      case BLOB -> "BLOB";
      case DATE -> "DATE";
      case TIME -> "TIME(6)";
      case TIMESTAMP -> "TIMESTAMP(6)";
      case TIMESTAMPTZ -> "TIMESTAMP(6) WITH TIME ZONE";
      case VARCHAR, JSON, LIST, TIMETZ, INTERVAL, BIT, UUID -> LONGEST_TEXT;
    };
  }

  @Override
  public boolean takes(DuckType type, String declared) {
    // What a driver calls a type need not be how it is declared.
    return false;
  }

  @Override
  public void check(Connection connection, Staging staging) throws SQLException {
    SourceTarget target = staging.target();
    exists = find(connection, target.schema(), target.table()) == Found.TABLE;
    if (target.mode() == Mode.REPLACE && exists) {
      List<String> columns = columns(connection, staging);
      if (!Set.copyOf(columns).equals(Set.copyOf(staging.names()))) {
        throw new AuspexException(
            ErrorCode.UNSUPPORTED,
            "CREATE OR REPLACE TABLE",
            "for " + target.fullName() + " with other columns than it has",
            "Its columns are " + String.join(", ", columns) + ". Drop it first.");
      }
    }
  }

  private static List<String> columns(Connection connection, Staging staging) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet none =
            statement.executeQuery("SELECT * FROM " + staging.table() + " WHERE 1 = 0")) {
      List<String> names = new ArrayList<>();
      for (int i = 1; i <= none.getMetaData().getColumnCount(); i++) {
        names.add(none.getMetaData().getColumnName(i));
      }
      return names;
    }
  }

  @Override
  public void stage(Connection connection, Staging staging) throws SQLException {
    discard(connection, staging.name());
    List<String> key = staging.target().primaryKey();
    boolean isNew = isNew(staging);
    String columns =
        staging.columns().stream()
            .map(
                column ->
                    staging.quote(column.name())
                        + " "
                        + column.stagedAs()
                        + (isNew && key.contains(column.name()) ? " NOT NULL" : ""))
            .collect(Collectors.joining(", "));
    String primary = isNew && !key.isEmpty() ? ", PRIMARY KEY (" + staging.list(key) + ")" : "";
    Statements.run(connection, "CREATE TABLE " + staging.rows() + " (" + columns + primary + ")");
    if (!isNew) {
      new DoneMark(staging).make(connection);
    }
  }

  private boolean isNew(Staging staging) {
    return staging.target().mode().makesTable() && !exists;
  }

  @Override
  public long load(Connection connection, Staging staging, ArrowReader rows, QueryState state)
      throws SQLException, IOException {
    return new BatchLoad(connection, staging, state, COMMIT_ROWS).run(rows);
  }

  @Override
  public void finish(Connection connection, Staging staging) {
    // The key was declared with the table: how one is added later differs.
  }

  @Override
  public void land(Connection connection, Staging staging, long rows) throws SQLException {
    SourceTarget target = staging.target();
    if (isNew(staging)) {
      if (find(connection, target.schema(), target.table()) != Found.NOTHING) {
        throw new AuspexException(ErrorCode.TABLE_EXISTS, target.fullName());
      }
      Statements.run(
          connection,
          "ALTER TABLE " + staging.rows() + " RENAME TO " + staging.quote(target.table()));
      return;
    }
    Insertion insertion = new Insertion(staging);
    connection.setAutoCommit(false);
    insertion.requireDistinctKeys(connection);
    new DoneMark(staging).set(connection);
    if (target.mode() == Mode.REPLACE) {
      Statements.run(connection, "DELETE FROM " + staging.table());
    }
    Statements.run(connection, insertion.merge());
    connection.commit();
    connection.setAutoCommit(true);
  }

  @Override
  public boolean hasLanded(Connection connection, Staging staging) throws SQLException {
    return isNew(staging)
        ? find(connection, staging.name().schema(), staging.name().rows()) == Found.NOTHING
        : new DoneMark(staging).isSet(connection);
  }

  @Override
  public boolean leavesTables() {
    return true;
  }

  @Override
  public void discard(Connection connection, StagingName name) throws SQLException {
    for (String table : List.of(name.rows(), name.done())) {
      if (find(connection, name.schema(), table) != Found.NOTHING) {
        Statements.run(
            connection, "DROP TABLE " + SourceSystem.GENERIC.quote(name.schema(), table));
      }
    }
  }

  @Override
  public void interrupt(Connection connection) throws SQLException {
    connection.abort(Runnable::run);
  }
}
