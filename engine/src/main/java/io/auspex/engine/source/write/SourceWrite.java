package io.auspex.engine.source.write;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.Column;
import io.auspex.catalog.ErrorCode;
import io.auspex.catalog.Names;
import io.auspex.engine.source.SourceConnections;
import io.auspex.engine.source.type.DuckType;
import io.auspex.engine.stream.QueryState;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * One write into a source, of which all is known but the rows. Used once, by one thread.
 *
 * <p>What has taken no row is tried again where it failed by chance, and so is the transaction that
 * makes the rows visible, once it is known that it was not committed. Rows themselves come once: if
 * the connection breaks while they are sent, that is told.
 */
public final class SourceWrite {
  private final Staging staging;
  private final TargetSystem system;
  private final SourceConnections connections;
  private final StagingJournal journal;
  private final QueryState state;
  private final Retries retries;

  SourceWrite(
      Staging staging,
      TargetSystem system,
      SourceConnections connections,
      StagingJournal journal,
      QueryState state) {
    this.staging = staging;
    this.system = system;
    this.connections = connections;
    this.journal = journal;
    this.state = state;
    this.retries = new Retries(connections, staging.target(), state);
  }

  /**
   * What the rows' columns must be, by position: DuckDB casts to these types, and says which value
   * it cannot.
   */
  public List<Column> columns() {
    return staging.columns().stream()
        .map(column -> new Column(column.name(), column.type().sql()))
        .toList();
  }

  /**
   * Writes all rows. They are all visible when this returns, or none is.
   *
   * @param rows stay the caller's to close
   * @return how many there were
   */
  public long write(ArrowReader rows) {
    SourceTarget target = staging.target();
    journal.announce(target.source().name(), staging.name());
    HeldConnection held =
        new HeldConnection(connections, target.source(), system, state.cancellation());
    boolean landed = false;
    try {
      requireTypes(rows);
      tried(held, () -> system.stage(held.get(), staging));
      long count = load(held, rows);
      tried(held, () -> system.finish(held.get(), staging));
      land(held, count);
      landed = true;
      return count;
    } catch (IOException e) {
      throw state.failure(e);
    } finally {
      // What is cancelled is dropped all the same.
      held.close();
      tidy(landed);
    }
  }

  private void requireTypes(ArrowReader rows) throws IOException {
    List<Field> fields = rows.getVectorSchemaRoot().getSchema().getFields();
    List<Optional<DuckType>> given = new ArrayList<>(fields.stream().map(DuckType::of).toList());
    List<Optional<DuckType>> wanted =
        staging.columns().stream().map(column -> Optional.of(column.type())).toList();
    if (!given.equals(wanted)) {
      throw new AuspexException(
          ErrorCode.INTERNAL_ERROR, "rows for a source have " + fields + ", not " + columns());
    }
  }

  private long load(HeldConnection held, ArrowReader rows) throws IOException {
    try {
      return system.load(held.get(), staging, rows, state);
    } catch (SQLException | RuntimeException e) {
      held.discard();
      state.check();
      throw WriteErrors.of(staging.target(), e);
    }
  }

  /** Done, where it failed. */
  private interface Step {
    void run() throws SQLException;
  }

  private void tried(HeldConnection held, Step step) {
    retries.run(
        () -> {
          try {
            step.run();
            return null;
          } catch (SQLException | RuntimeException e) {
            held.discard();
            throw e;
          }
        });
  }

  /**
   * Makes the rows visible. Where the connection breaks meanwhile, the transaction may have been
   * committed all the same, which the source is asked before it is tried again.
   */
  private void land(HeldConnection held, long count) {
    boolean[] isOpen = {false};
    try {
      tried(
          held,
          () -> {
            if (!isOpen[0] || !system.hasLanded(held.get(), staging)) {
              try {
                system.land(held.get(), staging, count);
              } catch (SQLException | RuntimeException e) {
                isOpen[0] |= WriteErrors.isLost(e) || state.cancellation().isCancelled();
                throw e;
              }
            }
          });
    } catch (AuspexException e) {
      if (!isOpen[0] || !hasLanded(held, e)) {
        throw e;
      }
    }
  }

  private boolean hasLanded(HeldConnection held, AuspexException failure) {
    try {
      return system.hasLanded(held.get(), staging);
    } catch (SQLException | AuspexException e) {
      held.discard();
      throw new AuspexException(
              ErrorCode.WRITE_UNKNOWN,
              staging.target().fullName(),
              staging.target().source().name(),
              WriteErrors.of(staging.target(), e).getMessage())
          .causedBy(failure);
    }
  }

  /** Drops what is left; what cannot be dropped now stays in the journal. */
  private void tidy(boolean landed) {
    if (landed && !system.leavesTables()) {
      journal.settle(staging.name());
      return;
    }
    try {
      connections.repeatable(
          staging.target().source(),
          connection -> {
            system.discard(connection, staging.name());
            return null;
          });
      journal.settle(staging.name());
    } catch (SQLException | AuspexException e) {
      journal.leave(staging.name());
    }
  }

  /**
   * A query of DuckDB that gives the rows of another one as they are to be written: its columns,
   * each by its place, cast to {@link #columns}.
   *
   * @param sql may end with a comment
   */
  public String over(String sql) {
    StringBuilder casts = new StringBuilder();
    StringBuilder places = new StringBuilder();
    for (Column column : columns()) {
      String place = Names.quote("c" + places.length());
      places.append(places.isEmpty() ? "" : ", ").append(place);
      casts.append(casts.isEmpty() ? "" : ", ");
      casts.append("CAST(%s AS %s)".formatted(place, column.type()));
      casts.append(" AS ").append(Names.quote(column.name()));
    }
    return "SELECT " + casts + " FROM (" + sql + "\n) AS __auspex_written(" + places + ")";
  }
}
