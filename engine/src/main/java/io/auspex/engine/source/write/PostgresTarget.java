package io.auspex.engine.source.write;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;
import io.auspex.engine.source.SourceSystem;
import io.auspex.engine.source.type.DuckType;
import io.auspex.engine.source.write.SourceTarget.Mode;
import io.auspex.engine.source.write.SourceTarget.Upsert;
import io.auspex.engine.source.write.copy.BinaryRows;
import io.auspex.engine.stream.QueryState;
import io.auspex.engine.stream.Workers;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.postgresql.PGConnection;

/**
 * PostgreSQL: rows go by binary COPY into the staging table, which is then renamed, or from which
 * they are inserted; either is one transaction.
 *
 * <p>A staging table that others' rows are inserted from is not logged, since the target is. One
 * that becomes the target is: {@code SET LOGGED} would write all of it once more.
 */
final class PostgresTarget implements TargetSystem {
  /** Said of a staging table that has all its keys and indexes. */
  private static final String FINISHED = "finished";

  private final Workers workers;
  private PostgresSwap swap;

  PostgresTarget(Workers workers) {
    this.workers = workers;
  }

  @Override
  public Found find(Connection connection, String schema, String table) throws SQLException {
    return Statements.list(
            connection,
            row -> row.getString(1),
            "SELECT c.relkind FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n"
                + " ON n.oid = c.relnamespace WHERE n.nspname = ? AND c.relname = ?",
            schema,
            table)
        .stream()
        .findFirst()
        .map(kind -> kind.equals("r") || kind.equals("p") ? Found.TABLE : Found.OTHER)
        .orElse(Found.NOTHING);
  }

  @Override
  public String columnType(DuckType type, boolean isKey) {
    return switch (type.kind()) {
      case BOOLEAN -> "boolean";
      case TINYINT, SMALLINT, UTINYINT -> "smallint";
      case INTEGER, USMALLINT -> "integer";
      case BIGINT, UINTEGER -> "bigint";
      case UBIGINT -> "numeric(20,0)";
      case HUGEINT -> "numeric(38,0)";
      case DECIMAL -> "numeric(%d,%d)".formatted(type.precision(), type.scale());
      case FLOAT -> "real";
      case DOUBLE -> "double precision";
      case VARCHAR -> "text";
      case JSON -> "json";
      case UUID -> "uuid";
      case BLOB -> "bytea";
      case BIT -> "bit varying";
      case DATE -> "date";
      case TIME -> "time";
      case TIMETZ -> "timetz";
      case TIMESTAMP -> "timestamp";
      case TIMESTAMPTZ -> "timestamptz";
      case INTERVAL -> "interval";
      case LIST -> columnType(type.element(), false) + "[]";
    };
  }

  @Override
  public boolean takes(DuckType type, String declared) {
    return BinaryRows.takes(type, declared);
  }

  @Override
  public boolean isCast(DuckType type, String declared) {
    return !takes(type, declared);
  }

  @Override
  public void check(Connection connection, Staging staging) throws SQLException {
    Optional<Long> number = number(connection, staging);
    if (staging.target().mode() == Mode.REPLACE && number.isPresent()) {
      requireOwner(connection, staging, number.get());
      Optional<String> hindrance = PostgresKept.hindrance(connection, number.get());
      if (hindrance.isPresent()) {
        throw new AuspexException(
            ErrorCode.UNSUPPORTED,
            "CREATE OR REPLACE TABLE",
            "for " + staging.target().fullName() + ", which " + hindrance.get(),
            "DELETE its rows and INSERT, or drop it first.");
      }
    }
  }

  private static void requireOwner(Connection connection, Staging staging, long number)
      throws SQLException {
    boolean isOwner =
        Statements.has(
            connection,
            "SELECT 1 FROM pg_catalog.pg_class"
                + " WHERE oid = ? AND pg_catalog.pg_has_role(relowner, 'USAGE')",
            number);
    if (!isOwner) {
      throw new AuspexException(
          ErrorCode.WRITE_DENIED,
          staging.target().fullName(),
          staging.target().source().name(),
          "only its owner may replace it");
    }
  }

  private static Optional<Long> number(Connection connection, Staging staging) throws SQLException {
    return PostgresKept.number(connection, staging.target().schema(), staging.target().table());
  }

  @Override
  public void stage(Connection connection, Staging staging) throws SQLException {
    discard(connection, staging.name());
    boolean makesTable = staging.target().mode().makesTable();
    Statements.run(
        connection,
        (makesTable ? "CREATE TABLE " : "CREATE UNLOGGED TABLE ")
            + staging.rows()
            + staging.columns().stream()
                .map(column -> staging.quote(column.name()) + " " + column.stagedAs())
                .collect(Collectors.joining(", ", " (", ")")));
    if (!makesTable) {
      // Types, rights and keys are checked so before a row is sent.
      Statements.list(connection, row -> true, "EXPLAIN " + insertion(staging));
    }
  }

  private static String insertion(Staging staging) {
    return new Insertion(staging).onConflict();
  }

  @Override
  public long load(Connection connection, Staging staging, ArrowReader rows, QueryState state)
      throws SQLException, IOException {
    connection.setAutoCommit(false);
    // Rows of a table that is new in the transaction come out as if they had been vacuumed.
    Statements.run(connection, "TRUNCATE TABLE " + staging.rows());
    String copy = "COPY " + staging.rows() + " FROM STDIN (FORMAT binary, FREEZE true)";
    long loaded = new CopyLoad(connection, copy, staging, rows, state).run(workers);
    connection.commit();
    connection.setAutoCommit(true);
    return loaded;
  }

  @Override
  public void finish(Connection connection, Staging staging) throws SQLException {
    SourceTarget target = staging.target();
    if (!target.mode().makesTable()) {
      return;
    }
    connection.setAutoCommit(false);
    Statements.run(connection, "SET LOCAL search_path = ''");
    boolean replaces = target.mode() == Mode.REPLACE;
    Optional<Long> replaced = replaces ? number(connection, staging) : Optional.empty();
    swap = PostgresSwap.of(connection, staging, replaced);
    if (!isFinished(connection, staging)) {
      Statements.runAll(connection, swap.preparations());
      Statements.run(connection, "COMMENT ON TABLE " + staging.rows() + " IS '" + FINISHED + "'");
    }
    connection.commit();
    connection.setAutoCommit(true);
  }

  private static boolean isFinished(Connection connection, Staging staging) throws SQLException {
    return Statements.has(
        connection,
        "SELECT 1 FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n"
            + " ON n.oid = c.relnamespace WHERE n.nspname = ? AND c.relname = ?"
            + " AND pg_catalog.obj_description(c.oid, 'pg_class') = ?",
        staging.name().schema(),
        staging.name().rows(),
        FINISHED);
  }

  @Override
  public void land(Connection connection, Staging staging, long rows) throws SQLException {
    connection.setAutoCommit(false);
    if (staging.target().mode().makesTable()) {
      Statements.run(connection, "SET LOCAL search_path = ''");
      swap.run(connection);
    } else {
      insert(connection, staging, rows);
      Statements.run(connection, "DROP TABLE " + staging.rows());
    }
    connection.commit();
    connection.setAutoCommit(true);
  }

  private static void insert(Connection connection, Staging staging, long rows)
      throws SQLException {
    boolean isCounted = staging.target().upsert().map(Upsert::updates).orElse(true);
    long found =
        isCounted
            ? Statements.run(connection, insertion(staging))
            : Statements.list(
                    connection, row -> row.getLong(1), "SELECT count(*) FROM " + staging.rows())
                .get(0);
    if (found != rows) {
      // A server that comes up after a crash has emptied what is not logged.
      throw new AuspexException(
          ErrorCode.WRITE_LOST,
          staging.target().fullName(),
          staging.target().source().name(),
          "its server was restarted, and has lost what was sent");
    }
    if (!isCounted) {
      Statements.run(connection, insertion(staging));
    }
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
    String rows = SourceSystem.POSTGRESQL.quote(name.schema(), name.rows());
    connection.setAutoCommit(false);
    // A session that was cut off may hold it for a while; then it stays for later.
    Statements.run(connection, "SET LOCAL lock_timeout = '5s'");
    Statements.run(connection, "DROP TABLE IF EXISTS " + rows);
    connection.commit();
    connection.setAutoCommit(true);
  }

  @Override
  public void interrupt(Connection connection) throws SQLException {
    connection.unwrap(PGConnection.class).cancelQuery();
  }
}
