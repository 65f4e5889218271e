package io.auspex.engine;

import static io.auspex.engine.User.model;
import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.catalog.ErrorCode;
import io.auspex.engine.User.Table;
import io.auspex.jdbc.AuspexSqlException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What users get wrong: each a sentence with a code and a place; nothing is half-written, and the
 * session goes on.
 */
class BadInputTest {
  @TempDir private Path folder;
  private User user;

  @BeforeEach
  void open() throws SQLException {
    user = User.of(folder.resolve("w.duckdb"));
    user.run(
        "CREATE MODEL value FROM '" + model("matrix_input") + "'",
        "CREATE MODEL echo FROM '" + model("string_echo") + "' FEATURES (city)",
        "CREATE TABLE birds AS SELECT i AS id, i AS ones, 2 AS tens, 3 AS hundreds, 4 AS thousands,"
            + " 'Roma' AS city, DATE '2024-01-01' AS seen FROM range(5000) t(i)",
        "CREATE TABLE scores AS SELECT 7 AS id, 0.5::FLOAT AS y");
  }

  /** The warehouse is as it was, and works. */
  @AfterEach
  void close() throws SQLException {
    assertThat(user.value("SELECT count(*) FROM auspex.models")).isEqualTo("2");
    assertThat(user.query("SELECT * FROM scores").rows()).containsExactly(List.of("7", "0.5"));
    assertThat(user.query("SELECT table_name FROM duckdb_tables() WHERE schema_name = 'main'"))
        .extracting(Table::rows)
        .isEqualTo(List.of(List.of("birds"), List.of("scores")));
    assertThat(user.value("SELECT sum(y) FROM PREDICT(MODEL value, TABLE birds) WHERE id < 2"))
        .isEqualTo("8641.0");
    user.close();
  }

  static Stream<Arguments> modelFiles() {
    String place = "1:14";
    String file = "1:21";
    return Stream.of(
        Arguments.of("truncated", "", ErrorCode.NOT_ONNX, file, "damaged, cut off"),
        Arguments.of("not_onnx", "", ErrorCode.NOT_ONNX, file, "it is text"),
        Arguments.of("empty", "", ErrorCode.NOT_ONNX, file, "it is empty"),
        Arguments.of("unknown_op", "", ErrorCode.MODEL_REFUSED, file, "FrobnicateTensor"),
        Arguments.of("matrix_inputt", "", ErrorCode.FILE_NOT_FOUND, file, "matrix_input.onnx?"),
        Arguments.of("mlp", "WITH (fast = true)", ErrorCode.UNKNOWN_OPTION, null, "option fast"),
        Arguments.of(
            "mlp", "WITH (input.feature = 0)", ErrorCode.OPTION_TENSOR, null, "mean features?"),
        Arguments.of(
            "mlp", "WITH (input.features = 'x')", ErrorCode.INVALID_OPTION, null, "type FLOAT"),
        Arguments.of("mlp", "WITH (pad.features = 0)", ErrorCode.OPTION_TENSOR, null, "lists"),
        Arguments.of("mlp", "WITH (batch.features = 2)", ErrorCode.INVALID_OPTION, null, "0 to 1"),
        Arguments.of("mlp", "FEATURES (a, b)", ErrorCode.FEATURES_COUNT, place, "takes 20"),
        Arguments.of(
            "matrix_double", "FEATURES (a, b, A)", ErrorCode.NAMED_TWICE, place, "more than once"),
        Arguments.of(
            "matrix_double", "OUTPUTS (yy)", ErrorCode.OUTPUT_NOT_FOUND, null, "Did you mean y?"),
        Arguments.of("matrix_double", "FEATURES ()", ErrorCode.SYNTAX, null, "Expected a name"),
        Arguments.of("matrix_double", "FEATURE (a)", ErrorCode.SYNTAX, null, "FEATURE"));
  }

  @ParameterizedTest
  @MethodSource("modelFiles")
  void badModelsAreNotCreated(
      String model, String clauses, ErrorCode code, String place, String words) {
    expect("CREATE MODEL x FROM '" + model(model) + "' " + clauses, code, place, words);
    expect("SELECT * FROM PREDICT(MODEL x, TABLE birds)", ErrorCode.MODEL_NOT_FOUND, "1:29", "x");
  }

  @Test
  void aBadNextVersionLeavesTheOldOne() throws SQLException {
    expect(
        "CREATE OR REPLACE MODEL value FROM '" + model("truncated") + "'",
        ErrorCode.NOT_ONNX,
        "1:36",
        "not an ONNX model");
    assertThat(user.value("SELECT max(version) FROM auspex.models")).isEqualTo("1");
  }

  static Stream<Arguments> queries() {
    return Stream.of(
        Arguments.of(
            "SELECT * FROM PREDICT(MODEL valeu, TABLE birds)",
            ErrorCode.MODEL_NOT_FOUND,
            "1:29",
            "Did you mean value?"),
        Arguments.of(
            "SELECT *\nFROM PREDICT(MODEL value VERSION 7, TABLE birds)",
            ErrorCode.VERSION_NOT_FOUND,
            "2:34",
            "no version 7; it has 1"),
        Arguments.of(
            "SELECT * FROM PREDICT(MODEL value VERSION champion, TABLE birds)",
            ErrorCode.VERSION_NOT_FOUND,
            "1:43",
            "no version champion"),
        Arguments.of(
            "SELECT * FROM PREDICT(MODEL value, TABLE brids)",
            ErrorCode.WAREHOUSE,
            "1:36",
            "Did you mean \"birds\"?"),
        Arguments.of(
            "SELECT * FROM PREDICT(MODEL value, (SELECT ones, tens, thousands, 1 AS hundrets"
                + " FROM birds))",
            ErrorCode.FEATURE_NOT_FOUND,
            "1:15",
            "Did you mean hundrets?"),
        Arguments.of(
            "SELECT * FROM PREDICT(MODEL value, (SELECT * REPLACE (city AS ones) FROM birds))",
            ErrorCode.FEATURE_TYPE,
            "1:15",
            "CAST(\"ones\" AS FLOAT)"),
        Arguments.of(
            "SELECT * FROM PREDICT(MODEL value, (SELECT * REPLACE (seen AS ones) FROM birds))",
            ErrorCode.FEATURE_TYPE,
            "1:15",
            "is DATE"),
        Arguments.of(
            "SELECT * FROM PREDICT(MODEL echo, (SELECT 5 AS city))",
            ErrorCode.FEATURE_TYPE,
            "1:15",
            "takes VARCHAR, but the column city is INTEGER"),
        Arguments.of(
            "SELECT * FROM PREDICT(MODEL value, TABLE birds, DESCRIPTOR(ones, tens))",
            ErrorCode.FEATURE_COUNT,
            "1:15",
            "takes 4 features (ones, tens, hundreds, thousands), but 2"),
        Arguments.of(
            "SELECT * FROM PREDICT(MODEL value, TABLE birds, DESCRIPTOR(ones, tens, id, idd))",
            ErrorCode.COLUMN_NOT_FOUND,
            "1:76",
            "Did you mean id?"),
        Arguments.of(
            "SELECT PREDICT(MODEL value, 1, 2) FROM birds",
            ErrorCode.FEATURE_COUNT,
            "1:8",
            "but 2 were given"),
        Arguments.of(
            "SELECT PREDICT(MODEL value, 1, 2, 'x', 4) FROM birds",
            ErrorCode.FEATURE_TYPE,
            "1:8",
            "argument 3 is VARCHAR"),
        Arguments.of(
            "SELECT PREDICT(MODEL value, ones => 1, tans => 2, hundreds => 3, thousands => 4)",
            ErrorCode.COLUMN_NOT_FOUND,
            "1:40",
            "Did you mean tens?"),
        Arguments.of(
            "SELECT PREDICT(MODEL value).z FROM birds",
            ErrorCode.COLUMN_NOT_FOUND,
            "1:29",
            "There is no column z in what the model value gives. Did you mean y?"),
        Arguments.of(
            "SELECT PREDICT(MODEL value, *) FROM birds", ErrorCode.SYNTAX, "1:29", "takes no *"),
        Arguments.of(
            "SELECT PREDICT(MODEL value) FROM scores",
            ErrorCode.FEATURE_NOT_FOUND,
            "1:8",
            "needs a column ones"),
        Arguments.of(
            "SELECT PREDICT(MODEL value, TABLE birds)", ErrorCode.SYNTAX, "1:29", "goes into FROM"),
        Arguments.of(
            "SELECT * FROM PREDICT(MODEL value, birds)", ErrorCode.SYNTAX, "1:36", "TABLE t"),
        Arguments.of(
            "SELECT * FROM PREDICT(MODEL value, TABLE birds",
            ErrorCode.SYNTAX,
            "1:22",
            "not closed"),
        Arguments.of(
            "SELECT * FROM PREDICT(MODEL value, TABLE birds, 5)",
            ErrorCode.SYNTAX,
            "1:49",
            "DESCRIPTOR"),
        Arguments.of(
            "SELECT idd FROM PREDICT(MODEL value, TABLE birds)",
            ErrorCode.WAREHOUSE,
            "1:8",
            "Candidate bindings: \"id\""),
        Arguments.of(
            "UPDATE birds SET id = PREDICT(MODEL value)",
            ErrorCode.UNSUPPORTED,
            "1:23",
            "in UPDATE"),
        Arguments.of(
            "DELETE FROM scores WHERE PREDICT(MODEL value, 1, 2, 3, 4) > 0",
            ErrorCode.UNSUPPORTED,
            "1:26",
            "in DELETE"),
        Arguments.of(
            "SELECT error('on purpose') FROM PREDICT(MODEL value, TABLE birds)",
            ErrorCode.WAREHOUSE,
            null,
            "on purpose"),
        Arguments.of(
            "SELECT * FROM PREDICT(MODEL value, (FROM birds WHERE error('on purpose') IS NULL))",
            ErrorCode.WAREHOUSE,
            null,
            "on purpose"),
        Arguments.of("DROP MODEL vlaue", ErrorCode.MODEL_NOT_FOUND, "1:12", "vlaue"),
        Arguments.of("DESCRIBE MODEL vlaue", ErrorCode.MODEL_NOT_FOUND, "1:16", "vlaue"),
        Arguments.of(
            "ALTER MODEL value SET DEFAULT VERSION 9",
            ErrorCode.VERSION_NOT_FOUND,
            "1:13",
            "it has 1"),
        Arguments.of(
            "SET predict_batch_row = 5",
            ErrorCode.UNKNOWN_SETTING,
            "1:5",
            "Did you mean predict_batch_rows?"),
        Arguments.of("SET predict_threads = 'x'", ErrorCode.INVALID_SETTING, "1:5", "0 to 1024"));
  }

  @ParameterizedTest
  @MethodSource("queries")
  void theSentenceSaysWhatIsWrong(String sql, ErrorCode code, String place, String words) {
    expect(sql, code, place, words);
    String table = "CREATE TABLE made AS " + sql;
    if (sql.startsWith("SELECT")) {
      assertThat(user.error(table).code()).isEqualTo(code);
    }
  }

  static Stream<Arguments> failingRows() {
    String conversion = "(FROM birds SELECT * REPLACE (if(id = 4000, 'x', '1')::INTEGER AS ones))";
    String length = "(FROM birds SELECT id, if(id = 4000, [1], [1, 2, 3, 4])::FLOAT[] AS x)";
    return Stream.of(
        Arguments.of(conversion, ErrorCode.WAREHOUSE, "Could not convert string 'x'"),
        Arguments.of(length, ErrorCode.ROW_LENGTH, "4 values in x, but a row has 1"));
  }

  @ParameterizedTest
  @MethodSource("failingRows")
  void aFailingRowInTheMiddleLandsNothing(String rows, ErrorCode code, String words)
      throws SQLException, IOException {
    user.run("SET predict_batch_rows = 100");
    String query = "SELECT id, y FROM PREDICT(MODEL value, " + rows + ")";
    Path file = Files.writeString(folder.resolve("old.csv"), "as it was");
    for (String statement :
        List.of(
            "CREATE TABLE made AS " + query,
            "CREATE OR REPLACE TABLE scores AS " + query,
            "INSERT INTO scores " + query,
            "COPY (" + query + ") TO '" + file + "'",
            "COPY (" + query + ") TO '" + folder.resolve("new.parquet") + "'")) {
      expect(statement, code, null, words);
    }
    assertThat(file).hasContent("as it was");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(path -> path.getFileName().toString()))
          .noneMatch(name -> name.contains("new.parquet") || name.startsWith(".auspex-"));
    }
  }

  @Test
  void aFailedTransactionIsNotCommitted() throws SQLException {
    user.run("BEGIN", "INSERT INTO scores VALUES (8, 1)");
    expect(
        "INSERT INTO scores SELECT id, if(y > 5000, 'x', '1')::INTEGER"
            + " FROM PREDICT(MODEL value, TABLE birds)",
        ErrorCode.WAREHOUSE,
        null,
        "'x'");
    expect("COMMIT", ErrorCode.TRANSACTION_ABORTED, null, "nothing of it was kept");
  }

  @Test
  void nullsEverywhereNoRowsAndOneRow() throws SQLException {
    String nulls = "(SELECT NULL AS ones, NULL AS tens, NULL AS hundreds, NULL AS thousands)";
    for (String planner : List.of("auto", "never")) {
      user.run("SET planner = '" + planner + "'");
      assertThat(user.value("SELECT y FROM PREDICT(MODEL value, " + nulls + ")")).isEqualTo("nan");
      assertThat(user.value("SELECT y FROM PREDICT(MODEL value, (FROM birds WHERE id = 1))"))
          .isEqualTo("4321.0");
      assertThat(user.query("SELECT y FROM PREDICT(MODEL value, (FROM birds WHERE id < 0))"))
          .isEqualTo(new Table(List.of("y FLOAT"), List.of()));
      assertThat(user.query("SELECT echo FROM PREDICT(MODEL echo, (SELECT NULL AS city))").rows())
          .hasToString("[[null]]");
    }
  }

  @Test
  void anyNameWillDo() throws SQLException {
    user.run(
        "CREATE MODEL \"sel ect\"\"s\" FROM '"
            + model("matrix_input")
            + "' FEATURES (\"from\", \"it's\", \"日本\", \"a b\") OUTPUTS (y AS \"Größe (m)\")");
    String rows = "(SELECT 1 AS \"From\", 2 AS \"it's\", 3 AS \"日本\", 4 AS \"A b\")";
    for (String planner : List.of("auto", "never")) {
      user.run("SET planner = '" + planner + "'");
      Table table =
          user.query("SELECT * FROM PREDICT(MODEL \"SEL ECT\"\"s\", " + rows + ") AS \"x y\"");
      assertThat(table.columns()).last().isEqualTo("Größe (m) FLOAT");
      assertThat(table.rows()).containsExactly(List.of("1", "2", "3", "4", "4321.0"));
      assertThat(
              user.value(
                  "SELECT PREDICT(MODEL \"sel ect\"\"s\", \"a b\" => 4, \"日本\" => 3, \"it's\" => 2,"
                      + " \"from\" => 1) AS v"))
          .isEqualTo("4321.0");
    }
    user.run("DROP MODEL \"sel ect\"\"s\"");
  }

  @Test
  void anArtifactThatIsGoneOrAlteredIsToldOf() throws Exception {
    user.close();
    Path artifact;
    try (Stream<Path> files = Files.list(folder.resolve("w.duckdb.auspex/artifacts"))) {
      artifact =
          files
              .filter(file -> file.toFile().length() == model("matrix_input").toFile().length())
              .findFirst()
              .orElseThrow();
    }
    byte[] bytes = Files.readAllBytes(artifact);
    String query = "SELECT * FROM PREDICT(MODEL value, TABLE birds)";
    Files.delete(artifact);
    user = User.of(folder.resolve("w.duckdb"));
    expect(query, ErrorCode.ARTIFACT_MISSING, "1:29", "Restore it");
    user.close();
    byte[] altered = bytes.clone();
    altered[altered.length / 2] ^= 1;
    Files.write(artifact, altered);
    user = User.of(folder.resolve("w.duckdb"));
    expect(query, ErrorCode.ARTIFACT_ALTERED, "1:29", "SHA-256");
    Files.write(artifact, bytes);
  }

  /**
   * @param place line and column; null where none is told
   */
  private void expect(String sql, ErrorCode code, String place, String words) {
    AuspexSqlException error = user.error(sql);
    assertThat(error != null).as(sql).isTrue();
    assertThat(error.getMessage()).contains(words);
    assertThat(error.code()).isEqualTo(code);
    assertThat(error.getErrorCode()).isEqualTo(code.number());
    assertThat(error.getSQLState()).isEqualTo(code.sqlState());
    if (place != null) {
      assertThat(error.position().map(at -> at.line() + ":" + at.column())).contains(place);
    }
  }
}
