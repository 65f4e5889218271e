package io.auspex.sql.statement;

import io.auspex.catalog.Position;
import io.auspex.catalog.Secret;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A statement, as far as Auspex has to tell one from another. */
public sealed interface Statement {

  /** Nothing of ours in it: DuckDB's, verbatim. */
  record PassThrough(String text) implements Statement {}

  /** A query with a prediction in it, and where its rows go. */
  record Query(QueryText query, Sink sink) implements Statement {}

  /**
   * @param name the view's name, its parts as written
   * @param columns the names given to its columns; empty for the query's own
   * @param query {@link QueryText#source} is what to keep, {@link QueryText#text} what to check
   */
  record CreateView(
      boolean orReplace,
      boolean ifNotExists,
      boolean temporary,
      List<String> name,
      List<String> columns,
      QueryText query)
      implements Statement {}

  /** Of a view over predictions; others are DuckDB's. */
  record DropView(List<String> name, boolean ifExists, Position position) implements Statement {}

  /**
   * @param features as in {@code FEATURES (…)}; empty if there is none
   * @param outputs as in {@code OUTPUTS (…)}; empty for all
   */
  record CreateModel(
      boolean orReplace,
      boolean ifNotExists,
      String name,
      String location,
      List<String> features,
      List<OutputName> outputs,
      Optional<String> comment,
      Map<String, OptionValue> options,
      Position position,
      Position locationPosition)
      implements Statement {}

  /** {@code output [AS column]}. */
  record OutputName(String output, Optional<String> column, Position position) {}

  /** The value of an option in {@code WITH (key = value)}, and where its key stands. */
  record OptionValue(String value, Position position) {}

  record SetDefaultVersion(String model, String version, Position position) implements Statement {}

  record SetAlias(String model, String alias, String version, Position position)
      implements Statement {}

  record DropModel(String model, boolean ifExists, Optional<String> version, Position position)
      implements Statement {}

  record ShowModels() implements Statement {}

  record DescribeModel(String model, Optional<String> version, Position position)
      implements Statement {}

  /** {@code EXPLAIN MODEL}. */
  record ExplainModel(String model, Optional<String> version, Position position)
      implements Statement {}

  /**
   * @param url without a password in it
   */
  record CreateSource(
      boolean orReplace,
      String name,
      String url,
      Optional<String> user,
      Optional<Password> password,
      Map<String, OptionValue> options,
      Position position)
      implements Statement {}

  /** What {@code PASSWORD …} gave. */
  sealed interface Password {

    /** The password itself, which nothing shows. */
    record Literal(String text) implements Password {
      @Override
      public String toString() {
        return "***";
      }
    }

    /** {@code FROM ENV} or {@code FROM FILE}. */
    record At(Secret secret) implements Password {}
  }

  record DropSource(String name, boolean ifExists, Position position) implements Statement {}

  record ShowSources() implements Statement {}

  record DescribeSource(String name, Position position) implements Statement {}

  /** {@code SHOW TABLES FROM} a source. */
  record ShowSourceTables(String source, Position position) implements Statement {}

  /** {@code CALIBRATE}. */
  record Calibrate(Position position) implements Statement {}

  /** {@code CALIBRATE RESET}. */
  record ResetCalibration(Position position) implements Statement {}

  record ShowCalibration() implements Statement {}

  /**
   * {@code DROP TABLE} of a source's.
   *
   * @param name two or three parts as written; the first is the source's
   */
  record DropSourceTable(List<String> name, boolean ifExists, Position position)
      implements Statement {}

  record Explain(boolean analyze, Statement statement) implements Statement {}

  /** {@code SET name = value} of a setting of ours; no value resets it. */
  record SetSetting(String name, Optional<String> value, Position position) implements Statement {}

  /** {@code SHOW name} of a setting of ours. */
  record ShowSetting(String name) implements Statement {}

  record Begin(String text) implements Statement {}

  record Commit(String text) implements Statement {}

  record Rollback(String text) implements Statement {}
}
