package io.auspex.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.engine.stream.Progress;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How far a statement is, asked from another thread while it runs. */
@Timeout(120)
class ProgressTest {
  private static final long ROWS = 2_000_000;

  private Connection connection;
  private Statement statement;

  @BeforeEach
  void open() throws Exception {
    connection = DriverManager.getConnection("jdbc:auspex:");
    Path model =
        Path.of(
            System.getProperty("auspex.root"),
            "udf/src/test/resources/models/affine_scalar_inputs.onnx");
    try (Statement setUp = connection.createStatement()) {
      setUp.execute("CREATE MODEL affine FROM '" + model + "'");
      setUp.execute(
          "CREATE TABLE t AS SELECT range AS id, 1::FLOAT AS a, 2::FLOAT AS b, 3::FLOAT AS c"
              + " FROM range("
              + ROWS
              + ")");
    }
    statement = connection.createStatement();
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  @Test
  void theShareOfAPredictionGrowsToAll() throws Exception {
    statement.execute("SET predict_strategy = 'stream'");
    check("CREATE TABLE scores AS SELECT * FROM PREDICT(MODEL affine, TABLE t)");
    assertThat(progress().rowsPredicted()).isEqualTo(ROWS);
  }

  @Test
  void theShareOfDuckDbsOwnStatementGrowsToAll() throws Exception {
    check("CREATE TABLE own AS SELECT id, sin(id) + cos(id) AS y FROM t");
  }

  @Test
  void ofNothingThereIsNoShare() throws Exception {
    assertThat(progress().share()).isEmpty();
  }

  private void check(String sql) throws Exception {
    CompletableFuture<Void> run =
        CompletableFuture.runAsync(
            () -> {
              try {
                statement.execute(sql);
              } catch (SQLException e) {
                throw new AssertionError(e);
              }
            });
    List<Double> shares = new ArrayList<>();
    while (!run.isDone()) {
      progress().share().ifPresent(shares::add);
      Thread.sleep(2);
    }
    run.get();
    assertThat(shares).isSorted().allSatisfy(share -> assertThat(share).isBetween(0.0, 1.0));
    assertThat(shares).anySatisfy(share -> assertThat(share).isBetween(0.01, 0.99));
    assertThat(progress().share()).isEqualTo(OptionalDouble.of(1));
  }

  private Progress progress() throws SQLException {
    return statement.unwrap(AuspexStatement.class).progress();
  }
}
