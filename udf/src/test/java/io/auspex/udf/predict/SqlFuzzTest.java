package io.auspex.udf.predict;

import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.catalog.ModelVersion;
import io.auspex.catalog.Output;
import io.auspex.udf.binding.Feature;
import io.auspex.udf.domain.Domains;
import io.auspex.udf.expression.Expression.Column;
import io.auspex.udf.fuzz.Case;
import io.auspex.udf.fuzz.Cases;
import io.auspex.udf.fuzz.RandomEnsemble;
import io.auspex.udf.fuzz.RandomPrefix;
import io.auspex.udf.fuzz.RandomRows;
import io.auspex.udf.tosql.ModelSql;
import io.auspex.udf.tosql.Queries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random ensembles as SQL over random rows: DuckDB gives what the kernel does, to the bit but for
 * the sign of zeros. Most are too large to be SQL.
 */
final class SqlFuzzTest {
  private static final int SAMPLE = 1_000;
  private static final int ALL = 5_000;
  private static final int ROWS = 200;
  private static final int NULL_EVERY = 13;

  @TempDir Path folder;

  private final Predictors predictors = new Predictors();
  private DuckDBConnection connection;
  private int written;

  @BeforeEach
  void connect() throws SQLException {
    connection = (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:");
  }

  @AfterEach
  void close() throws SQLException {
    predictors.close();
    connection.close();
  }

  @Test
  void aSampleOfEnsembles() throws Exception {
    checkAll(RandomEnsemble::of, 0, SAMPLE);
  }

  @Test
  void aSampleBehindOtherOperators() throws Exception {
    checkAll(RandomPrefix::of, 0, SAMPLE);
  }

  @Test
  @Tag("full")
  void fiveThousandEnsembles() throws Exception {
    checkAll(RandomEnsemble::of, SAMPLE, ALL);
  }

  @Test
  @Tag("full")
  void fiveThousandBehindOtherOperators() throws Exception {
    checkAll(RandomPrefix::of, SAMPLE, ALL);
  }

  private void checkAll(LongFunction<Case> generator, long from, long to) {
    Cases.checkAll(generator, from, to, this::check);
    assertThat(written).isGreaterThan((int) (to - from) / 20);
  }

  private void check(Case made, BufferAllocator allocator) throws IOException, SQLException {
    Path file = Files.write(folder.resolve("model.onnx"), made.model().toByteArray());
    ModelVersion model = Tables.model("sql" + made.seed() + made.hashCode(), file);
    Map<String, List<Object>> rows = RandomRows.of(made.inputs(), ROWS, made.seed());
    CaseColumns.Change some = (input, slot, values) -> withNulls(values, slot);
    try (CaseColumns columns = CaseColumns.of(model, made, rows, some, allocator)) {
      List<Output> outputs = new ArrayList<>();
      for (Output output : model.signature().outputs()) {
        if (output.isScalar()) {
          outputs.add(output);
        } else {
          for (int i = 0; i < output.rowShape().get(0); i++) {
            outputs.add(output.part(i));
          }
        }
      }
      boolean isCreated = false;
      for (Output output : outputs) {
        Optional<ModelSql> sql =
            predictors.profile(model, file, List.of(output), Domains.NONE).sql();
        if (sql.isPresent()) {
          if (!isCreated) {
            create(columns);
            isCreated = true;
          }
          written++;
          check(model, file, output, sql.get(), columns, allocator);
        }
      }
    }
  }

  private static List<Object> withNulls(List<Object> values, int slot) {
    List<Object> some = new ArrayList<>(values);
    for (int row = slot % NULL_EVERY; row < some.size(); row += NULL_EVERY) {
      some.set(row, null);
    }
    return some;
  }

  private void check(
      ModelVersion model,
      Path file,
      Output output,
      ModelSql sql,
      CaseColumns columns,
      BufferAllocator allocator)
      throws SQLException {
    List<Object> found = query(output, sql, columns.features());
    List<FieldVector> expected = List.of();
    try (Predictor kernel =
        predictors.open(model, file, columns.features(), List.of(output), ComputeOptions.AUTO)) {
      expected = kernel.predict(columns.vectors(), ROWS, allocator, new Cancellation());
      for (int row = 0; row < ROWS; row++) {
        int at = row;
        assertThat(spelled(found.get(row)))
            .as("%s of %s", output.name(), columns.values().stream().map(v -> v.get(at)).toList())
            .isEqualTo(spelled(expected.get(0).getObject(row)));
      }
    } finally {
      expected.forEach(FieldVector::close);
    }
  }

  /** Zeros of both signs are one number. */
  private static String spelled(Object value) {
    if (value instanceof Float number) {
      return String.valueOf(number + 0.0f);
    }
    return value instanceof Double number ? String.valueOf(number + 0.0) : Objects.toString(value);
  }

  private List<Object> query(Output output, ModelSql sql, List<Feature> features)
      throws SQLException {
    Map<String, String> names =
        features.stream()
            .collect(
                Collectors.toMap(
                    feature -> feature.input().name() + feature.slot(),
                    feature -> "f" + feature.column()));
    String query =
        Queries.of(
            sql.steps(),
            List.of(sql.outputs().get(output)),
            (Column column) -> names.get(column.input().name() + column.slot()),
            "measured");
    List<Object> found = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      while (row.next()) {
        found.add(row.getObject(1));
      }
    }
    return found;
  }

  private void create(CaseColumns columns) throws SQLException {
    String definition =
        columns.features().stream()
            .map(feature -> "f" + feature.column() + " " + feature.sqlType())
            .collect(Collectors.joining(", "));
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE OR REPLACE TABLE measured (" + definition + ")");
    }
    try (DuckDBAppender appender = connection.createAppender("main", "measured")) {
      for (int row = 0; row < ROWS; row++) {
        int at = row;
        appender.beginRow();
        for (Object value :
            IntStream.range(0, columns.features().size())
                .mapToObj(i -> columns.values().get(i).get(at))
                .toList()) {
          append(value, appender);
        }
        appender.endRow();
      }
    }
  }

  private static void append(Object value, DuckDBAppender appender) throws SQLException {
    if (value == null) {
      appender.appendNull();
    } else if (value instanceof Float number) {
      appender.append(number);
    } else if (value instanceof Double number) {
      appender.append(number);
    } else if (value instanceof Long number) {
      appender.append(number);
    } else {
      appender.append((String) value);
    }
  }
}
