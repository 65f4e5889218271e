package io.auspex.sql.context;

import io.auspex.catalog.Column;
import io.auspex.catalog.CostConstants;
import io.auspex.catalog.ModelVersion;
import io.auspex.catalog.Output;
import io.auspex.catalog.Settings;
import io.auspex.udf.domain.Domain.Numbers;
import io.auspex.udf.domain.Domains;
import io.auspex.udf.predict.ModelProfile;
import io.auspex.udf.predict.OutputBound;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the planner asks of the warehouse, as the session sees it at this moment. The engine answers
 * it on the session's own connection.
 */
public interface PlanningContext {

  /**
   * The columns of a query, asked of DuckDB itself.
   *
   * @param sql parameters are written {@code $1}, …; {@code parameterTypes} gives their DuckDB
   *     types
   * @throws io.auspex.catalog.AuspexException WAREHOUSE with DuckDB's message where it refuses it
   */
  List<Column> describe(String sql, List<String> parameterTypes);

  /**
   * How many rows a query gives, as DuckDB's optimizer estimates it; −1 where it does not say, as
   * of a query it refuses.
   *
   * @param sql as for {@link #describe}
   */
  long rows(String sql, List<String> parameterTypes);

  /**
   * Of the first rows of a query, how many differ.
   *
   * @param sql as for {@link #describe}; each of its columns counts
   * @param most how many rows are looked at
   * @return what was found; no rows at all where the query is refused
   */
  Sample sample(String sql, List<String> parameterTypes, int most);

  /**
   * @param rows that were looked at
   * @param distinct how many of them differ
   */
  record Sample(long rows, long distinct) {}

  /**
   * What DuckDB's statistics say of a table's columns, in their order; nothing of one whose values
   * are no numbers, or which has none. Rows that come later may be otherwise.
   *
   * @param table with database and schema, as {@link #table} gives it
   */
  List<Optional<Range>> ranges(List<String> table, List<String> columns);

  /**
   * @param low the least value, or less
   * @param high the greatest, or more
   * @param hasNulls whether there may be NULLs
   */
  record Range(BigDecimal low, BigDecimal high, boolean hasNulls) {}

  /**
   * The value of an expression without columns.
   *
   * @throws io.auspex.catalog.AuspexException WAREHOUSE where DuckDB refuses it
   */
  Constant constant(String sql);

  /**
   * @param type of DuckDB
   * @param text as DuckDB casts it to VARCHAR; null for NULL
   */
  record Constant(String type, String text) {}

  /**
   * A query's tree, as DuckDB's {@code json_serialize_sql} gives it.
   *
   * @param sql a query; what DuckDB cannot parse or hand out comes back as JSON with an error in it
   */
  String parse(String sql);

  /** The text of a tree, as DuckDB's {@code json_deserialize_sql} gives it. */
  String print(String tree);

  /** The table or view of this name, its parts as written (1 to 3), or nothing. */
  Optional<Table> table(List<String> name);

  /**
   * A table of another database.
   *
   * @param name two or three parts, as written; the first is the source's
   * @throws io.auspex.catalog.AuspexException where the source cannot be asked or has no such table
   */
  RemoteTable remoteTable(List<String> name);

  /**
   * The keys of a table; none of what is no table.
   *
   * @param name with database and schema, as {@link #table} gives it
   */
  TableKeys keys(List<String> name);

  /** What DuckDB knows by this function name; empty where it knows none. */
  List<FunctionInfo> functions(String name);

  /**
   * A model's version.
   *
   * @param version a number, an alias, or empty for the default
   * @throws io.auspex.catalog.AuspexException MODEL_NOT_FOUND, VERSION_NOT_FOUND
   */
  ModelVersion model(String name, Optional<String> version);

  /**
   * How a model computes some of its outputs.
   *
   * @param domains of the features of all rows that it is given
   */
  ModelProfile profile(ModelVersion model, List<Output> outputs, Domains domains);

  /**
   * What features must be for a prediction to be wanted; see {@link
   * io.auspex.udf.predict.Predictors#necessary}.
   */
  Map<ModelProfile.Slot, Numbers> necessary(
      ModelVersion model, List<Output> outputs, OutputBound bound);

  /** What one of each thing that the cost model counts takes on this machine. */
  CostConstants costs();

  Settings settings();

  /** Whether ORDER BY of a column alone means ASC NULLS LAST, rather than what a setting says. */
  boolean ordersByDefault();

  /**
   * The value of the statement's parameter of this ordinal; empty where it is of a type that is not
   * written as a literal.
   */
  Optional<Constant> parameter(int ordinal);

  /** DuckDB types of the statement's parameters, in order. */
  List<String> parameterTypes();

  /**
   * @param name qualified with database and schema
   * @param rows its cardinality, as DuckDB estimates it; −1 where unknown
   */
  record Table(List<String> name, List<Column> columns, long rows) {}

  /**
   * @param kind DuckDB's {@code function_type}: scalar, aggregate, table, macro, table_macro,
   *     pragma
   * @param isVolatile whether two calls may differ
   * @param definition a macro's expression; empty for all else
   */
  record FunctionInfo(String name, String kind, boolean isVolatile, String definition) {}
}
