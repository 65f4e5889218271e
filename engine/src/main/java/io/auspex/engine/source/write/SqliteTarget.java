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
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.sqlite.SQLiteConnection;

/**
 * SQLite: one transaction puts the rows into the staging table, another one has them seen. Its
 * primary keys are declared with the table; indexes and triggers of a replaced table are made again
 * from the text that SQLite keeps of them.
 */
final class SqliteTarget implements TargetSystem {
  /** More digits than this are not safe in the doubles that SQLite keeps decimals as. */
  private static final int SAFE_DIGITS = 15;

  private SqliteTable replaced = SqliteTable.NONE;

  @Override
  public Found find(Connection connection, String schema, String table) throws SQLException {
    return Statements.list(
            connection,
            row -> row.getString(1),
            "SELECT type FROM "
                + SourceSystem.SQLITE.quote(schema, "sqlite_master")
                + " WHERE name = ? COLLATE NOCASE AND type IN ('table', 'view')",
            table)
        .stream()
        .findFirst()
        .map(kind -> kind.equals("table") ? Found.TABLE : Found.OTHER)
        .orElse(Found.NOTHING);
  }

  @Override
  public DuckType sent(DuckType type, boolean isNew) {
    return switch (type.kind()) {
      case LIST -> DuckType.of(Kind.JSON);
      case TINYINT, SMALLINT, INTEGER, UTINYINT, USMALLINT, UINTEGER -> DuckType.of(Kind.BIGINT);
      case FLOAT -> DuckType.of(Kind.DOUBLE);
      case TIMETZ, INTERVAL, BIT, UBIGINT, HUGEINT -> DuckType.of(Kind.VARCHAR);
      case DECIMAL -> type.precision() > SAFE_DIGITS ? DuckType.of(Kind.VARCHAR) : type;
      case TIMESTAMPTZ -> DuckType.of(Kind.TIMESTAMP);
      default -> type;
    };
  }

  @Override
  public String columnType(DuckType type, boolean isKey) {
    return switch (type.kind()) {
      case BOOLEAN -> "BOOLEAN";
      case DOUBLE, FLOAT -> "REAL";
      case DECIMAL -> "DECIMAL(%d,%d)".formatted(type.precision(), type.scale());
      // What is no TEXT to SQLite would be made a number where it looks like one.
      case JSON, LIST -> "JSON TEXT";
      case UUID -> "UUID TEXT";
      case BLOB -> "BLOB";
      case DATE -> "DATE";
      case TIME -> "TIME";
      case TIMESTAMP, TIMESTAMPTZ -> "TIMESTAMP";
      case TINYINT, SMALLINT, INTEGER, BIGINT, UTINYINT, USMALLINT, UINTEGER -> "INTEGER";
      case VARCHAR, UBIGINT, HUGEINT, BIT, TIMETZ, INTERVAL -> "TEXT";
    };
  }

  @Override
  public boolean takes(DuckType type, String declared) {
    // A column takes any value; in which form was decided above.
    return true;
  }

  @Override
  public void check(Connection connection, Staging staging) throws SQLException {
    if (staging.target().mode() == Mode.REPLACE) {
      replaced = SqliteTable.read(connection, staging.target());
    }
  }

  @Override
  public void stage(Connection connection, Staging staging) throws SQLException {
    discard(connection, staging.name());
    List<String> items = new ArrayList<>();
    boolean makesTable = staging.target().mode().makesTable();
    List<String> declared = staging.target().primaryKey();
    List<String> key = declared.isEmpty() ? replaced.primaryKey(staging.names()) : declared;
    for (StagedColumn column : staging.columns()) {
      // SQLite would have NULLs in keys.
      String notNull = makesTable && key.contains(column.name()) ? " NOT NULL" : "";
      items.add(staging.quote(column.name()) + " " + column.stagedAs() + notNull);
    }
    if (makesTable && !key.isEmpty()) {
      items.add("PRIMARY KEY (" + staging.list(key) + ")");
    }
    for (List<String> unique : replaced.uniqueKeys(staging.names())) {
      items.add("UNIQUE (" + staging.list(unique) + ")");
    }
    Statements.run(
        connection, "CREATE TABLE " + staging.rows() + " (" + String.join(", ", items) + ")");
    if (!makesTable) {
      Statements.list(connection, row -> true, "EXPLAIN " + new Insertion(staging).onConflict());
    }
  }

  @Override
  public long load(Connection connection, Staging staging, ArrowReader rows, QueryState state)
      throws SQLException, IOException {
    return new BatchLoad(connection, staging, state, Long.MAX_VALUE).run(rows);
  }

  @Override
  public void finish(Connection connection, Staging staging) {
    // Its only writer makes indexes when it swaps.
  }

  @Override
  public void land(Connection connection, Staging staging, long rows) throws SQLException {
    // Views that name the table are not to be looked at while it is away.
    Statements.run(connection, "PRAGMA legacy_alter_table = ON");
    Statements.run(connection, "BEGIN IMMEDIATE");
    if (staging.target().mode().makesTable()) {
      swap(connection, staging);
    } else {
      Insertion insertion = new Insertion(staging);
      insertion.requireDistinctKeys(connection);
      Statements.run(connection, insertion.onConflict());
      Statements.run(connection, "DROP TABLE " + staging.rows());
    }
    Statements.run(connection, "COMMIT");
    Statements.run(connection, "PRAGMA legacy_alter_table = OFF");
  }

  private void swap(Connection connection, Staging staging) throws SQLException {
    SourceTarget target = staging.target();
    boolean exists = find(connection, target.schema(), target.table()) != Found.NOTHING;
    if (exists && target.mode() == Mode.CREATE) {
      throw new AuspexException(ErrorCode.TABLE_EXISTS, target.fullName());
    } else if (target.mode() == Mode.REPLACE
        && !SqliteTable.read(connection, target).equals(replaced)) {
      throw new AuspexException(ErrorCode.WRITE_CHANGED, target.fullName(), target.source().name());
    }
    if (exists) {
      Statements.run(connection, "DROP TABLE " + staging.table());
    }
    Statements.run(
        connection,
        "ALTER TABLE " + staging.rows() + " RENAME TO " + staging.quote(target.table()));
    Statements.runAll(connection, replaced.additions(staging.names()));
  }

  @Override
  public boolean hasLanded(Connection connection, Staging staging) throws SQLException {
    return find(connection, staging.name().schema(), staging.name().rows()) == Found.NOTHING;
  }

  @Override
  public boolean leavesTables() {
    return false;
  }

  @Override
  public void discard(Connection connection, StagingName name) throws SQLException {
    Statements.run(
        connection,
        "DROP TABLE IF EXISTS " + SourceSystem.SQLITE.quote(name.schema(), name.rows()));
  }

  @Override
  public void interrupt(Connection connection) throws SQLException {
    connection.unwrap(SQLiteConnection.class).getDatabase().interrupt();
  }
}
