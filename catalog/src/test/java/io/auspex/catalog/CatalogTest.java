package io.auspex.catalog;

import static io.auspex.catalog.Registration.IfExists.ADD_VERSION;
import static io.auspex.catalog.Registration.IfExists.FAIL;
import static io.auspex.catalog.Registration.IfExists.KEEP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.duckdb.DuckDBConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogTest {
  private static final Optional<String> DEFAULT = Optional.empty();
  private static final Signature SIGNATURE =
      new Signature(
          List.of(
              new Input("tenure", ElementType.FLOAT, List.of(-1L, 1L), List.of("tenure")),
              new Input("x", ElementType.DOUBLE, List.of(-1L, 2L), List.of("a b", "Ü")),
              new Input("wide", ElementType.INT64, List.of(-1L, 20L), List.of()),
              new Input("open", ElementType.STRING, List.of(-1L, -1L), List.of(), 1)),
          List.of(
              new Output("l", "label", ElementType.STRING, List.of(-1L), Optional.empty()),
              new Output(
                  "p", "chances", ElementType.FLOAT, List.of(-1L), Optional.of(ElementType.STRING)),
              new Output("t", "t", ElementType.FLOAT, List.of(-1L, 2L, -1L), Optional.empty(), 2)));

  private Connection connection;
  private Catalog catalog;

  @BeforeEach
  void open() throws SQLException {
    connection = DriverManager.getConnection("jdbc:duckdb:");
    catalog = new Catalog(connection, "memory");
    catalog.initialize();
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  @Test
  void aModelComesBackAsItWasKept() {
    ModelVersion created = catalog.create(registration("Churn"), FAIL);

    assertThat(created.version()).isEqualTo(1);
    assertThat(created.model()).isEqualTo("Churn");
    assertThat(created.signature()).isEqualTo(SIGNATURE);
    assertThat(created.options()).isEqualTo(new ModelOptions(Map.of("k", "v", "K'\"", "")));
    assertThat(created.comment()).isEqualTo("it's \"fine\"");
    assertThat(created.producer()).isEqualTo("skl2onnx 1.20.0");
    assertThat(created.opset()).isEqualTo(17);
    assertThat(created.bytes()).isEqualTo(4_000_000_000L);
    assertThat(catalog.find("CHURN", DEFAULT)).isEqualTo(created);
    assertThat(catalog.names()).containsExactly("Churn");
    assertThat(catalog.digests()).containsExactly(created.digest());
  }

  @Test
  void theViewListsEveryVersion() throws SQLException {
    catalog.create(registration("churn"), FAIL);
    catalog.create(registration("churn"), ADD_VERSION);
    catalog.setAlias("churn", "champion", "1");
    catalog.setAlias("churn", "B", "1");

    assertThat(
            rows(
                "SELECT name, version, is_default, aliases, inputs, outputs FROM auspex.models"
                    + " ORDER BY version"))
        .containsExactly(
            "churn|1|false|[B, champion]|" + INPUTS + "|" + OUTPUTS,
            "churn|2|true|[]|" + INPUTS + "|" + OUTPUTS);
    assertThat(rows("SELECT comment, digest, bytes, opset, producer FROM auspex.models LIMIT 1"))
        .containsExactly("it's \"fine\"|" + "a".repeat(64) + "|4000000000|17|skl2onnx 1.20.0");
  }

  private static final String INPUTS =
      "tenure FLOAT, a b DOUBLE, Ü DOUBLE, wide BIGINT[20], open VARCHAR[]";
  private static final String OUTPUTS = "label VARCHAR, chances MAP(VARCHAR, FLOAT), t FLOAT[][2]";

  @Test
  void aModelThatExistsIsRefusedKeptOrGivenAVersion() {
    ModelVersion first = catalog.create(registration("churn"), FAIL);

    assertCode(() -> catalog.create(registration("Churn"), FAIL), ErrorCode.MODEL_EXISTS);
    assertThat(catalog.create(registration("Churn"), KEEP)).isEqualTo(first);
    ModelVersion second = catalog.create(registration("CHURN"), ADD_VERSION);
    assertThat(second.version()).isEqualTo(2);
    assertThat(second.model()).isEqualTo("churn");
    assertThat(catalog.find("churn", DEFAULT)).isEqualTo(second);
    assertThat(catalog.find("churn", Optional.of("1"))).isEqualTo(first);
  }

  @Test
  void versionsAreFoundByNumberAndAlias() {
    catalog.create(registration("churn"), FAIL);
    catalog.create(registration("churn"), ADD_VERSION);
    catalog.setAlias("churn", "Champion", "1");

    assertThat(catalog.find("churn", Optional.of("champion")).version()).isEqualTo(1);
    catalog.setAlias("churn", "CHAMPION", "2");
    assertThat(catalog.find("churn", Optional.of("champion")).version()).isEqualTo(2);
    assertThat(catalog.setDefault("churn", "1").version()).isEqualTo(1);
    assertThat(catalog.find("churn", DEFAULT).version()).isEqualTo(1);
    assertThatThrownBy(() -> catalog.find("churn", Optional.of("99999999999999999999")))
        .hasMessage(
            "The model churn has no version 99999999999999999999; it has 1, 2, CHAMPION (2).");
    assertCode(() -> catalog.find("churn", Optional.of("challenger")), ErrorCode.VERSION_NOT_FOUND);
    assertThatThrownBy(() -> catalog.setAlias("churn", "7", "1"))
        .hasMessage("The number 7 cannot be used as an alias. Choose a name.");
  }

  @Test
  void anUnknownModelBringsUpTheNearest() {
    catalog.create(registration("churn"), FAIL);

    assertThatThrownBy(() -> catalog.find("chrun", DEFAULT))
        .hasMessage("There is no model chrun. Did you mean churn?");
    assertCode(() -> catalog.drop("nope"), ErrorCode.MODEL_NOT_FOUND);
  }

  @Test
  void aDroppedVersionsNumberIsNotGivenAgain() {
    catalog.create(registration("churn"), FAIL);
    catalog.create(registration("churn"), ADD_VERSION);
    catalog.setDefault("churn", "1");
    catalog.drop("churn", "2");

    assertThat(catalog.create(registration("churn"), ADD_VERSION).version()).isEqualTo(3);
  }

  @Test
  void aVersionInUseIsNotDropped() {
    catalog.create(registration("churn"), FAIL);
    catalog.create(registration("churn"), ADD_VERSION);
    catalog.setAlias("churn", "champion", "1");

    assertThatThrownBy(() -> catalog.drop("churn", "2"))
        .hasMessage(
            "Version 2 of the model churn cannot be dropped: it is the default. First run ALTER"
                + " MODEL churn SET DEFAULT VERSION … for another version.");
    assertThatThrownBy(() -> catalog.drop("churn", "champion"))
        .hasMessage(
            "Version 1 of the model churn cannot be dropped: it is called champion. First run"
                + " ALTER MODEL churn SET ALIAS champion = VERSION … for another version.");
  }

  @Test
  void theOnlyVersionTakesTheModelAlong() throws SQLException {
    catalog.create(registration("churn"), FAIL);
    catalog.setAlias("churn", "champion", "1");
    catalog.drop("churn", "champion");

    assertThat(catalog.exists("churn")).isFalse();
    assertThat(rows("SELECT * FROM auspex.model_alias")).isEmpty();
    assertThat(catalog.create(registration("churn"), FAIL).version()).isEqualTo(1);
  }

  @Test
  void aTransactionIsKeptOrLostWhole() throws SQLException {
    catalog.create(registration("kept"), FAIL);
    run("BEGIN");
    catalog.drop("kept");
    catalog.create(registration("kept"), FAIL);
    catalog.create(registration("kept"), ADD_VERSION);
    catalog.create(registration("lost"), FAIL);
    assertThat(catalog.find("kept", DEFAULT).version()).isEqualTo(2);
    run("ROLLBACK");

    assertThat(catalog.names()).containsExactly("kept");
    assertThat(catalog.find("kept", DEFAULT).version()).isEqualTo(1);
    run("BEGIN");
    catalog.drop("kept");
    catalog.create(registration("kept"), FAIL);
    run("COMMIT");
    assertThat(catalog.find("kept", DEFAULT).version()).isEqualTo(1);
  }

  @Test
  void anErrorOutsideATransactionLeavesNothing() throws SQLException {
    catalog.create(registration("churn"), FAIL);
    assertCode(() -> catalog.create(registration("churn"), FAIL), ErrorCode.MODEL_EXISTS);

    run("BEGIN");
    run("ROLLBACK");
    assertThat(rows("SELECT version FROM auspex.models")).containsExactly("1");
  }

  @Test
  void otherSessionsSeeWhatIsCommitted() throws SQLException {
    try (Connection other = another()) {
      Catalog theirs = new Catalog(other, "memory");
      run("BEGIN");
      catalog.create(registration("churn"), FAIL);
      assertThat(theirs.exists("churn")).isFalse();
      run(other, "BEGIN");
      assertCode(() -> theirs.create(registration("other"), FAIL), ErrorCode.CATALOG_CHANGED);
      run(other, "ROLLBACK");
      run("COMMIT");
      assertThat(theirs.exists("churn")).isTrue();
    }
  }

  @Test
  void whatWasFoundIsFoundAsItIsNow() throws SQLException {
    Findings shared = new Findings();
    Catalog ours = new Catalog(connection, "memory", shared);
    ours.create(registration("churn"), FAIL);
    try (Connection other = another()) {
      Catalog theirs = new Catalog(other, "memory", shared);
      assertThat(theirs.find("churn", DEFAULT).version()).isEqualTo(1);
      ours.create(registration("churn"), ADD_VERSION);
      assertThat(theirs.find("churn", DEFAULT).version()).isEqualTo(2);
      ours.setAlias("churn", "best", "1");
      assertThat(theirs.find("churn", Optional.of("best")).version()).isEqualTo(1);
      run(other, "BEGIN");
      theirs.setAlias("churn", "best", "2");
      assertThat(theirs.find("churn", Optional.of("best")).version()).isEqualTo(2);
      assertThat(ours.find("churn", Optional.of("best")).version()).isEqualTo(1);
      run(other, "ROLLBACK");
      assertThat(theirs.find("churn", Optional.of("best")).version()).isEqualTo(1);
      ours.drop("churn");
      assertCode(() -> theirs.find("churn", DEFAULT), ErrorCode.MODEL_NOT_FOUND);
    }
  }

  @Test
  void whatIsFoundInATransactionThatIsRolledBackIsNotFoundByOthers() throws SQLException {
    Findings shared = new Findings();
    Catalog ours = new Catalog(connection, "memory", shared);
    try (Connection other = another()) {
      Catalog theirs = new Catalog(other, "memory", shared);
      run("BEGIN");
      ours.create(registration("churn"), FAIL);
      assertThat(ours.find("churn", DEFAULT).version()).isEqualTo(1);
      assertCode(() -> theirs.find("churn", DEFAULT), ErrorCode.MODEL_NOT_FOUND);
      run("ROLLBACK");
      assertCode(() -> ours.find("churn", DEFAULT), ErrorCode.MODEL_NOT_FOUND);
      theirs.create(registration("churn"), FAIL);
      theirs.create(registration("churn"), ADD_VERSION);
      assertThat(ours.find("churn", DEFAULT).version()).isEqualTo(2);
    }
  }

  @Test
  void manySessionsAddVersionsSideBySide() throws Exception {
    int sessions = 4;
    int each = 5;
    ExecutorService threads = Executors.newFixedThreadPool(sessions);
    List<Callable<Void>> work = new ArrayList<>();
    for (int i = 0; i < sessions; i++) {
      work.add(
          () -> {
            try (Connection mine = another()) {
              Catalog own = new Catalog(mine, "memory");
              own.initialize();
              for (int j = 0; j < each; j++) {
                own.create(registration("churn"), ADD_VERSION);
              }
            }
            return null;
          });
    }
    for (Future<Void> done : threads.invokeAll(work)) {
      done.get();
    }
    threads.shutdown();

    assertThat(rows("SELECT count(*), count(DISTINCT version), max(version) FROM auspex.models"))
        .containsExactly("20|20|20");
  }

  @Test
  void manySessionsInitializeSideBySide() throws Exception {
    run("DROP SCHEMA auspex CASCADE");
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<Callable<Void>> work = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      work.add(
          () -> {
            try (Connection mine = another()) {
              new Catalog(mine, "memory").initialize();
            }
            return null;
          });
    }
    for (Future<Void> done : threads.invokeAll(work)) {
      done.get();
    }
    threads.shutdown();
    assertThat(rows("SELECT format, changes FROM auspex.revision")).containsExactly("6|0");
  }

  @Test
  void itSurvivesARestartAndANewFileName(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("my \"ware\" house.duckdb");
    ModelVersion created;
    try (Connection first = DriverManager.getConnection("jdbc:duckdb:" + file)) {
      Catalog own = new Catalog(first, first.getCatalog());
      own.initialize();
      created = own.create(registration("churn"), FAIL);
      own.setAlias("churn", "champion", "1");
    }
    Path moved = folder.resolve("moved.duckdb");
    Files.move(file, moved);
    try (Connection second = DriverManager.getConnection("jdbc:duckdb:" + moved)) {
      Catalog own = new Catalog(second, "moved");
      own.initialize();
      run(second, "ATTACH ':memory:' AS other");
      run(second, "USE other");
      assertThat(own.find("churn", Optional.of("champion"))).isEqualTo(created);
      assertThat(own.create(registration("churn"), ADD_VERSION).version()).isEqualTo(2);
      assertThat(rows(second, "SELECT name, version FROM moved.auspex.models ORDER BY version"))
          .containsExactly("churn|1", "churn|2");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a \"b\" 'c'", "Ünïcode 模型", "select", "auspex.model", "?", "$1", "a\nb", "İ"})
  void anyNameWillDo(String name) throws SQLException {
    Registration odd = registration(name);
    assertThat(catalog.create(odd, FAIL).model()).isEqualTo(name);
    catalog.setAlias(name, name, "1");
    assertThat(catalog.find(name, Optional.of(name)).model()).isEqualTo(name);
    assertThat(rows("SELECT name FROM auspex.models")).containsExactly(name);
    catalog.drop(name);
    assertThat(catalog.names()).isEmpty();
  }

  @Test
  void viewsOverPredictionsAreKept() {
    PredictView view =
        new PredictView("7", "memory", "main", "späte \"Flüge\"", List.of("a", "b c"), "FROM x");
    PredictView later = new PredictView("7", "memory", "main", "v", List.of(), "SELECT 'é'");
    PredictView another = new PredictView("8", "memory", "main", "w", List.of("z"), "FROM z");

    catalog.putView(view);
    assertThat(catalog.views()).containsExactly(view);
    catalog.putView(later);
    catalog.putView(another);
    assertThat(catalog.views()).containsExactly(later, another);
    catalog.dropView("7");
    catalog.dropView("7");
    assertThat(catalog.views()).containsExactly(another);
  }

  @Test
  void anOlderFormatIsBroughtUpToDate() throws SQLException {
    catalog.create(registration("churn"), FAIL);
    run("ALTER TABLE auspex.model_version DROP COLUMN batch_rows");
    run("ALTER TABLE auspex.model_input DROP COLUMN axis");
    run("ALTER TABLE auspex.model_output DROP COLUMN axis");
    run("DROP TABLE auspex.model_data");
    run("DROP TABLE auspex.calibration");
    run("UPDATE auspex.revision SET format = 1");
    catalog.initialize();
    assertThat(rows("SELECT format FROM auspex.revision")).containsExactly("6");
    Signature upgraded = catalog.find("churn", DEFAULT).signature();
    assertThat(upgraded.batching()).isEqualTo(Batching.ANY);
    assertThat(upgraded.inputs()).allMatch(input -> input.axis() == 0);
    assertThat(upgraded.outputs()).allMatch(output -> output.axis() == 0);
    catalog.create(registration("churn"), ADD_VERSION);
  }

  @Test
  void whatWasMeasuredIsThisMachinesOnly() throws SQLException {
    assertThat(catalog.calibration()).isEmpty();
    run("INSERT INTO auspex.calibration VALUES ('another', 'sql_operation', 9, now())");
    run("UPDATE auspex.revision SET changes = 77");
    assertThat(catalog.calibration()).isEmpty();

    CostConstants measured = new CostConstants(Map.of(CostConstant.SQL_OPERATION, 2.5));
    catalog.calibrate(measured);
    catalog.calibrate(measured);
    assertThat(catalog.calibration()).contains(measured);
    assertThat(rows("SELECT count(*), count(DISTINCT constant) FROM auspex.calibration"))
        .containsExactly(CostConstant.values().length + 1 + "|" + CostConstant.values().length);

    catalog.forgetCalibration();
    assertThat(catalog.calibration()).isEmpty();
    assertThat(rows("SELECT machine FROM auspex.calibration")).containsExactly("another");
  }

  @Test
  void whatWasMeasuredGoesWithItsTransaction() throws SQLException {
    CostConstants measured = new CostConstants(Map.of(CostConstant.STREAM_ROW, 99.0));
    run("BEGIN");
    catalog.calibrate(measured);
    assertThat(catalog.calibration()).contains(measured);
    run("ROLLBACK");
    assertThat(catalog.calibration()).isEmpty();
  }

  @Test
  void aConstantThatAnotherAuspexHadIsPassedOver() throws SQLException {
    String insert = "INSERT INTO auspex.calibration VALUES ('%s', '%s', 7, now())";
    String machine = Machine.current().fingerprint().replace("'", "''");
    run(String.format(insert, machine, "abacus_bead"));
    run(String.format(insert, machine, "kernel_row"));
    assertThat(catalog.calibration())
        .contains(new CostConstants(Map.of(CostConstant.KERNEL_ROW, 7.0)));
  }

  @Test
  void aNewerFormatIsRefused() throws SQLException {
    run("UPDATE auspex.revision SET format = 99");
    assertCode(() -> catalog.initialize(), ErrorCode.WAREHOUSE_UNREADABLE);
  }

  private static Registration registration(String name) {
    return new Registration(
        name,
        "a".repeat(64),
        List.of(),
        4_000_000_000L,
        17,
        "skl2onnx 1.20.0",
        "it's \"fine\"",
        SIGNATURE,
        new ModelOptions(Map.of("k", "v", "K'\"", "")));
  }

  private static void assertCode(ThrowingCallable call, ErrorCode code) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            AuspexException.class, failure -> assertThat(failure.code()).isEqualTo(code));
  }

  private Connection another() throws SQLException {
    return ((DuckDBConnection) connection).duplicate();
  }

  private void run(String sql) throws SQLException {
    run(connection, sql);
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private List<String> rows(String sql) throws SQLException {
    return rows(connection, sql);
  }

  private static List<String> rows(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      List<String> rows = new ArrayList<>();
      while (result.next()) {
        List<String> values = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          values.add(String.valueOf(result.getObject(i)));
        }
        rows.add(String.join("|", values));
      }
      return rows;
    }
  }
}
