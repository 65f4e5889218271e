package io.auspex.catalog;

import static io.auspex.catalog.ErrorKind.INTERNAL;
import static io.auspex.catalog.ErrorKind.MODEL;
import static io.auspex.catalog.ErrorKind.RESOURCES;
import static io.auspex.catalog.ErrorKind.SOURCE;
import static io.auspex.catalog.ErrorKind.USER;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The error catalogue: every error a user can meet, with its stable number, who has to act, its
 * SQLSTATE, and its sentence. {@code docs/errors.md} is generated from here.
 *
 * <p>A template says what was asked, what was found and what to do; {@code {0}}, {@code {1}}, … are
 * the arguments of {@link AuspexException}.
 */
public enum ErrorCode {
  // 1xx: the statement
  SYNTAX(101, USER, "42601", "{0}"),
  UNSUPPORTED(102, USER, "0A000", "{0} cannot be used {1}. {2}"),
  UNKNOWN_SETTING(103, USER, "42704", "There is no setting {0}.{1}"),
  INVALID_SETTING(104, USER, "22023", "{0} cannot be set to {1}: it takes {2}."),
  WAREHOUSE(105, USER, "42000", "{0}"),
  COLUMN_NOT_FOUND(106, USER, "42703", "There is no column {0} in {1}.{2}"),
  FILE_NOT_FOUND(107, USER, "58P01", "The file {0} does not exist or cannot be read. {1}"),
  TRANSACTION_ABORTED(
      108,
      USER,
      "25P02",
      "The transaction was aborted by an earlier error and could not be committed: it was rolled"
          + " back, and nothing of it was kept. Repeat it."),
  VIEW_EXISTS(
      109,
      USER,
      "42P07",
      "A table or view {0} exists already. Use CREATE OR REPLACE VIEW, or another name."),

  TABLE_EXISTS(
      110,
      USER,
      "42P07",
      "A table or view {0} exists already. Use CREATE OR REPLACE TABLE, or another name."),

  // 2xx: models in the catalog
  MODEL_NOT_FOUND(201, USER, "42704", "There is no model {0}.{1}"),
  MODEL_EXISTS(
      202,
      USER,
      "42710",
      "The model {0} exists already. Use CREATE OR REPLACE MODEL to add a version, or IF NOT EXISTS"
          + " to keep it."),
  VERSION_NOT_FOUND(203, USER, "42704", "The model {0} has no version {1}; it has {2}."),
  VERSION_IN_USE(
      204, USER, "2BP01", "Version {1} of the model {0} cannot be dropped: it is {2}. {3}"),
  ARTIFACT_MISSING(
      205,
      MODEL,
      "58P01",
      "The file of the model {0} version {1} is missing from the warehouse''s folder ({2})."
          + " Restore it, or create the model again."),
  ARTIFACT_ALTERED(
      206,
      MODEL,
      "XX001",
      "The file of the model {0} version {1} was altered: its SHA-256 is {2}, {3} was stored."
          + " Restore it, or create the model again."),
  CATALOG_CHANGED(
      207,
      RESOURCES,
      "40001",
      "Another session changed the models or sources of the warehouse at the same time. Repeat the statement;"
          + " in a transaction, run ROLLBACK and repeat it."),

  // 3xx: model files
  NOT_ONNX(301, MODEL, "22000", "{0} is not an ONNX model: {1}."),
  MODEL_REFUSED(302, MODEL, "22000", "ONNX Runtime cannot load {0}: {1}."),
  MODEL_UNSUPPORTED(303, MODEL, "0A000", "The model {0} cannot be used: {1}. {2}"),
  FEATURES_COUNT(
      304, USER, "42601", "FEATURES names {0} columns, but the model {1} takes {2}: {3}."),
  FEATURES_NOT_APPLICABLE(305, USER, "42601", "FEATURES does not fit the model {0}: {1}. {2}"),
  OUTPUT_NOT_FOUND(306, USER, "42703", "The model {0} has no output {1}; its outputs are {2}.{3}"),
  NAMED_TWICE(
      307,
      USER,
      "42701",
      "{0} names the column {1} more than once for the model {2}. Give each its own name."),
  UNKNOWN_OPTION(
      308, USER, "42704", "There is no option {0} in WITH (…) of {3}; there are {1}.{2}"),
  OPTION_TENSOR(
      309, USER, "42703", "The option {0} names no {1} of the model {2}; there are {3}.{4}"),
  INVALID_OPTION(310, USER, "22023", "The option {0} cannot be {1}: {2}."),
  MODEL_DAMAGED(
      330,
      MODEL,
      "22000",
      "{0} looks like a model of {1}, but cannot be read: {2}. Save it again."),
  DOWNLOAD_FAILED(331, SOURCE, "58030", "{0} could not be downloaded: {1}."),
  LIBRARY_NOT_ALLOWED(
      332,
      USER,
      "42501",
      "The model {0} needs native code of its own, from {1}, which is not allowed. Where you trust"
          + " it, SET allow_model_libraries = true."),

  // 4xx: binding columns to a model
  FEATURE_NOT_FOUND(
      401,
      USER,
      "42703",
      "The model {0} needs a column {1} ({2}), which its input does not have.{3}"),
  FEATURE_TYPE(
      402,
      USER,
      "42804",
      "The input {1} of the model {0} takes {2}, but the column {3} is {4}. {5}"),
  FEATURE_COUNT(403, USER, "42601", "The model {0} takes {1} features ({2}), but {3} were given."),
  FEATURE_AMBIGUOUS(
      404, USER, "42702", "The model {0} needs a column {1}, but its input has more than one."),
  FEATURES_UNKNOWN(
      405,
      USER,
      "42601",
      "The model {0} takes {1} features in one input {2} and does not say which columns they are."
          + " Name them with FEATURES (…) in CREATE MODEL, with DESCRIPTOR(…) in PREDICT, or give"
          + " one array column {2}."),

  // 5xx: running
  PREDICTION_FAILED(501, MODEL, "22000", "The model {0} failed on a batch: {1}."),
  ROW_LENGTH(
      502, USER, "22026", "The model {0} takes arrays of {1} values in {2}, but a row has {3}."),
  CANCELLED(503, USER, "57014", "The statement was cancelled."),
  TIMEOUT(504, RESOURCES, "57014", "The statement was stopped after its timeout of {0} s."),
  CLOSED(505, USER, "08003", "{0} is closed."),
  SOURCE_FAILED(506, SOURCE, "58030", "{0}"),
  ROW_VALUE(507, USER, "22000", "{0}"),
  BLOB_LENGTH(
      508,
      USER,
      "22026",
      "The model {0} takes BLOBs of {1} bytes in {2} ({3} elements of type {4}), but a row has"
          + " {5}."),

  // 6xx: resources
  WAREHOUSE_LOCKED(
      601,
      RESOURCES,
      "55006",
      "The warehouse {0} is in use by {1}; waited {2}. Close it there, or raise lock_timeout."),
  DEVICE_MISSING(602, RESOURCES, "0A000", "predict_device = ''{0}'' cannot be used: {1}. {2}"),
  OUT_OF_MEMORY(
      603,
      RESOURCES,
      "53200",
      "The statement needs more native memory than predict_memory allows ({0}). Raise it, or lower"
          + " predict_batch_rows or predict_threads."),
  WAREHOUSE_UNREADABLE(604, RESOURCES, "58030", "The warehouse {0} cannot be opened: {1}"),
  LANDING_FAILED(605, RESOURCES, "58030", "{0} could not be written: {1}"),
  WAREHOUSE_SERVED(606, USER, "55006", "The warehouse {0} is served by process {1}: {2}"),

  // 7xx: sources
  SOURCE_NOT_FOUND(701, USER, "42704", "There is no source {0}.{1}"),
  SOURCE_EXISTS(
      702,
      USER,
      "42710",
      "The source {0} exists already. Use CREATE OR REPLACE SOURCE, or another name."),
  INVALID_SOURCE(703, USER, "22023", "The source {0} cannot be created: {1}."),
  SECRET(704, USER, "28000", "The password of the source {0} is not to be had: {1}. {2}"),
  SOURCE_DRIVER(
      711,
      USER,
      "58P01",
      "The source {0} has no driver: {1}. Name the driver's jar in CREATE SOURCE: WITH (jar ="
          + " ''…'')."),
  SOURCE_UNREACHABLE(
      712,
      SOURCE,
      "08001",
      "The source {0} cannot be reached: {1}. Check its URL, user and password, and that its server"
          + " runs."),
  SOURCE_LOST(
      713,
      SOURCE,
      "08006",
      "The connection to the source {0} broke while rows were on their way: {1}. Repeat the"
          + " statement."),
  SOURCE_REFUSED(714, SOURCE, "42000", "The source {0} refused a query: {1}."),
  SOURCE_VALUE(
      715,
      SOURCE,
      "22003",
      "The column {1} of the source {0} has the value {2}, which {3} cannot be. {4}"),
  SOURCE_TABLE(716, USER, "42P01", "The source {0} has no table {1}.{2}"),

  WRITE_FAILED(
      721, SOURCE, "58030", "The table {0} was not written, and nothing changed in {1}: {2}."),
  WRITE_DENIED(
      722,
      USER,
      "42501",
      "The table {0} was not written: the source {1} does not allow it: {2}. Its user needs the"
          + " right to make tables in that schema, and to change this one."),
  WRITE_CONFLICT(
      723,
      SOURCE,
      "40001",
      "The table {0} was not written: others in {1} were in the way time and again: {2}. Repeat the"
          + " statement when they are done."),
  WRITE_FULL(
      724,
      SOURCE,
      "53100",
      "The table {0} was not written, and nothing changed in {1}, which has no room left: {2}."),
  WRITE_RULE(
      725,
      USER,
      "23000",
      "The rows break a rule of the table {0}, and nothing changed in {1}: {2}."),
  WRITE_TIMEOUT(
      726,
      SOURCE,
      "57014",
      "The table {0} was not written: {1} stopped the statement: {2}. Raise its timeout, and repeat"
          + " the statement."),
  WRITE_LOST(
      727,
      SOURCE,
      "08006",
      "The table {0} was not written, and nothing changed in {1}: the connection broke: {2}. Repeat"
          + " the statement."),
  WRITE_UNKNOWN(
      728,
      SOURCE,
      "08007",
      "The connection to {1} broke while the rows of {0} were committed, and it could not be asked"
          + " since: {2}. Look whether they are there before you repeat the statement."),
  WRITE_CHANGED(
      729,
      SOURCE,
      "40001",
      "The table {0} was not written, since others changed it in {1} meanwhile. Repeat the"
          + " statement."),
  WRITE_COLUMNS(730, USER, "42804", "{0}"),

  INTERNAL_ERROR(
      901,
      INTERNAL,
      "XX000",
      "Auspex met a defect of its own: {0}. Please report it with the statement.");

  private static final Pattern ARGUMENT = Pattern.compile("\\{(\\d)}");

  private final int number;
  private final ErrorKind kind;
  private final String sqlState;
  private final String template;

  ErrorCode(int number, ErrorKind kind, String sqlState, String template) {
    this.number = number;
    this.kind = kind;
    this.sqlState = sqlState;
    this.template = template.replace("''", "'");
  }

  /** The stable number users may rely on; JDBC's vendor code. */
  public int number() {
    return number;
  }

  public ErrorKind kind() {
    return kind;
  }

  public String sqlState() {
    return sqlState;
  }

  public String template() {
    return template;
  }

  String message(Object... arguments) {
    Matcher matcher = ARGUMENT.matcher(template);
    return matcher
        .replaceAll(
            found -> {
              int index = Integer.parseInt(found.group(1));
              String value = index < arguments.length ? String.valueOf(arguments[index]) : "";
              return Matcher.quoteReplacement(value);
            })
        .strip();
  }
}
