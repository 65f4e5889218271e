package io.auspex.engine.source.write;

import io.auspex.engine.source.SourceColumn;
import io.auspex.engine.source.type.DuckType;
import io.auspex.engine.stream.QueryState;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import org.apache.arrow.vector.ipc.ArrowReader;

/**
 * How one kind of database takes the rows of one statement. Connections are in auto-commit mode
 * when they come, and are left so where nothing is thrown. Not thread-safe, but for {@link
 * #interrupt}.
 *
 * <p>A write is: {@link #stage}, {@link #load}, {@link #finish}, {@link #land}. Whatever happens,
 * the target changes in {@link #land} alone, in one step, and {@link #hasLanded} tells whether it
 * has.
 */
interface TargetSystem {
  /** What stands under the target's name. */
  enum Found {
    NOTHING,
    TABLE,
    /** A view or the like, into which nothing is written. */
    OTHER
  }

  Found find(Connection connection, String schema, String table) throws SQLException;

  /**
   * The type that a column gets in a new table.
   *
   * @param isKey whether it is part of the primary key
   */
  String columnType(DuckType type, boolean isKey);

  /**
   * What values of a type are sent as: databases without lists take them as JSON.
   *
   * @param isNew whether they go to a column that is made for them
   */
  default DuckType sent(DuckType type, boolean isNew) {
    return type;
  }

  /** Whether the values of a type are sent as a declared type of the source without a cast. */
  boolean takes(DuckType type, String declared);

  /** Whether values of a type must be cast to what a column is declared to be; others convert. */
  default boolean isCast(DuckType type, String declared) {
    return false;
  }

  /** How a column of a replaced table is declared, its collation included. */
  default String declared(SourceColumn column) {
    return column.nativeType();
  }

  /** Throws what makes the write impossible, before a row is taken. */
  void check(Connection connection, Staging staging) throws SQLException;

  /** Makes the tables that {@link Staging} names; those of an earlier try are dropped. */
  void stage(Connection connection, Staging staging) throws SQLException;

  /**
   * Puts all rows into the staging table.
   *
   * @return how many
   */
  long load(Connection connection, Staging staging, ArrowReader rows, QueryState state)
      throws SQLException, IOException;

  /** Makes keys and indexes of the staging table, before it stands in the target's place. */
  void finish(Connection connection, Staging staging) throws SQLException;

  /**
   * Makes the rows visible, all at once.
   *
   * @param rows how many there are in the staging table, or were
   */
  void land(Connection connection, Staging staging, long rows) throws SQLException;

  /** Whether {@link #land} has been done, asked on another connection than it was tried on. */
  boolean hasLanded(Connection connection, Staging staging) throws SQLException;

  /** Whether what {@link #land} has done leaves tables that are to be dropped. */
  boolean leavesTables();

  /** Drops whatever of these tables exists. */
  void discard(Connection connection, StagingName name) throws SQLException;

  /** Has what runs on a connection stop, from another thread. It may block for a while. */
  void interrupt(Connection connection) throws SQLException;
}
