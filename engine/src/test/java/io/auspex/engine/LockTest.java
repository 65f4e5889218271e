package io.auspex.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One process has a warehouse; the next one waits, and is told who has it. Odd paths, too. */
@Timeout(60)
class LockTest {
  @TempDir private Path folder;

  /** Opens a warehouse, says so, and closes it when released. */
  static final class Holder {
    private Holder() {}

    public static void main(String[] arguments) {
      try (Workbench bench = Workbench.at(Path.of(arguments[0]))) {
        bench.run("CREATE OR REPLACE TABLE held AS SELECT 1 AS x");
        System.out.println("open");
        ChildJvm.awaitRelease();
      }
    }
  }

  /** The same with DuckDB alone. */
  static final class DuckHolder {
    private DuckHolder() {}

    public static void main(String[] arguments) throws Exception {
      try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + arguments[0])) {
        connection.createStatement().execute("CREATE TABLE held AS SELECT 1 AS x");
        System.out.println("open");
        ChildJvm.awaitRelease();
      }
    }
  }

  private static AuspexException refusal(Path file, Map<String, String> options) {
    return catchThrowableOfType(AuspexException.class, () -> Workbench.at(file, options).close());
  }

  @ParameterizedTest
  @ValueSource(classes = {Holder.class, DuckHolder.class})
  void isToldWhoHasTheWarehouse(Class<?> holder) throws Exception {
    Path file = folder.resolve("house.db");
    try (ChildJvm child = ChildJvm.start(holder, file)) {
      child.await("open");
      long start = System.nanoTime();
      AuspexException refusal = refusal(file, Map.of("lock_timeout", "1"));
      Duration waited = Duration.ofNanos(System.nanoTime() - start);
      assertThat(refusal.code()).as(refusal.toString()).isEqualTo(ErrorCode.WAREHOUSE_LOCKED);
      assertThat(refusal)
          .hasMessageContaining(Long.toString(child.pid()))
          .hasMessageContaining("since 2")
          .hasMessageContaining("1.0 s");
      assertThat(waited).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(3));
      child.release();
      child.exitCode();
    }
    Workbench.at(file).close();
  }

  @ParameterizedTest
  @ValueSource(classes = {Holder.class, DuckHolder.class})
  void getsInWhenTheFirstLeavesInTime(Class<?> holder) throws Exception {
    Path file = folder.resolve("house.db");
    try (ChildJvm child = ChildJvm.start(holder, file)) {
      child.await("open");
      Thread leaving =
          new Thread(
              () -> {
                try {
                  Thread.sleep(300);
                  child.release();
                } catch (IOException | InterruptedException e) {
                  throw new AssertionError(e);
                }
              });
      leaving.start();
      try (Workbench bench = Workbench.at(file, Map.of("lock_timeout", "20"))) {
        assertThat(bench.number("SELECT x FROM held")).isOne();
      }
      leaving.join();
    }
  }

  @Test
  void aKilledHolderBlocksNobody() throws Exception {
    Path file = folder.resolve("house.db");
    try (ChildJvm child = ChildJvm.start(Holder.class, file)) {
      child.await("open");
      child.kill();
      try (Workbench bench = Workbench.at(file, Map.of("lock_timeout", "0"))) {
        assertThat(bench.number("SELECT x FROM held")).isOne();
      }
    }
  }

  @Test
  void oneProcessOpensTheSameWarehouseOnce() throws IOException {
    Path file = folder.resolve("house.db");
    Path link = folder.resolve("link.db");
    Path linkedFolder = Files.createSymbolicLink(folder.resolve("linked"), folder);
    try (Workbench first = Workbench.at(file)) {
      Files.createSymbolicLink(link, file);
      first.run("CREATE TABLE t AS SELECT 7 AS x");
      for (Path other :
          new Path[] {file, link, linkedFolder.resolve("house.db"), folder.resolve("./house.db")}) {
        try (Workbench second = Workbench.at(other)) {
          assertThat(second.number("SELECT x FROM t")).isEqualTo(7);
          assertThat(second.warehouse()).isSameAs(first.warehouse());
        }
      }
    }
    try (Workbench linked = Workbench.at(link)) {
      linked.create("matrix_input", "");
    }
    assertThat(folder.resolve("link.db.auspex")).doesNotExist();
    try (Workbench again = Workbench.at(file)) {
      assertThat(again.number("SELECT count(*) FROM auspex.models")).isOne();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"with spaces.db", "größe ☃.duckdb", "a'b\"c,d.db", "no_ending", "per%cent#x?y.db"})
  void oddNames(String name) {
    Path file = folder.resolve(name);
    for (int i = 0; i < 2; i++) {
      try (Workbench bench = Workbench.at(file)) {
        bench.run("CREATE OR REPLACE MODEL m FROM '" + Workbench.model("matrix_input") + "'");
        bench.run(
            "BEGIN",
            "CREATE OR REPLACE TABLE t AS SELECT y FROM PREDICT(MODEL m, (SELECT 1 AS ones, 0 AS"
                + " tens, 0 AS hundreds, 0 AS thousands))",
            "COMMIT");
        assertThat(bench.number("SELECT y FROM t")).isOne();
      }
    }
    assertThat(file).isRegularFile();
  }

  private void assertUnreadable(Path file, Map<String, String> options, String... words) {
    for (int i = 0; i < 2; i++) {
      AuspexException refusal = refusal(file, options);
      assertThat(refusal).as(file.toString()).isNotNull();
      assertThat(refusal.code()).as(refusal.toString()).isEqualTo(ErrorCode.WAREHOUSE_UNREADABLE);
      assertThat(refusal).hasMessageContaining(file.toString()).hasMessageContainingAll(words);
    }
    Workbench.assertNoThreads();
  }

  @Test
  void aFolderThatIsMissing() {
    Path file = folder.resolve("nowhere/house.db");
    assertUnreadable(file, Map.of(), "there is no folder " + folder.resolve("nowhere"));
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aFolder() throws IOException {
    Path file = Files.createDirectory(folder.resolve("house.db"));
    assertUnreadable(file, Map.of(), "is a folder");
    assertThat(folder.resolve("house.db.auspex")).doesNotExist();
  }

  @Test
  void aFileThatIsNoDatabase() throws IOException {
    Path file =
        Files.writeString(folder.resolve("notes.txt"), "Birds flew from the left.\n".repeat(900));
    assertUnreadable(file, Map.of(), "not a valid DuckDB database file");
    assertThat(folder.resolve("notes.txt.auspex")).doesNotExist();
  }

  @Test
  void aFolderWithoutPermission() throws IOException {
    assumeFalse("root".equals(System.getProperty("user.name")), "root may do anything");
    Path closed = Files.createDirectory(folder.resolve("closed"));
    assertThat(closed.toFile().setWritable(false)).isTrue();
    assertUnreadable(closed.resolve("house.db"), Map.of());
  }

  @Test
  void anUnknownOption() {
    AuspexException refusal = refusal(folder.resolve("house.db"), Map.of("no_such_option", "1"));
    assertThat(refusal).hasMessageContaining("no_such_option");
  }

  @Test
  void readOnly() throws IOException {
    Path file = folder.resolve("house.db");
    Map<String, String> readOnly = Map.of("access_mode", "READ_ONLY");
    assertUnreadable(file, readOnly, "does not exist");
    assertThat(folder).isEmptyDirectory();
    try (Workbench bench = Workbench.at(file)) {
      bench.create("matrix_input", "");
      bench.run("CREATE TABLE t AS SELECT 1 AS ones, 0 AS tens, 0 AS hundreds, 0 AS thousands");
    }
    String query = "SELECT y FROM PREDICT(MODEL matrix_input, TABLE t)";
    try (Workbench bench = Workbench.at(file, readOnly)) {
      assertThat(bench.number(query)).isOne();
      bench.run("BEGIN");
      assertThat(bench.number(query)).isOne();
      bench.run("COMMIT", "COPY (" + query + ") TO '" + folder.resolve("out.csv") + "'");
      assertThat(folder.resolve("out.csv")).hasContent("y\n1.0");
      for (String change :
          new String[] {
            "CREATE TABLE n AS " + query,
            "DROP MODEL matrix_input",
            "CREATE OR REPLACE MODEL matrix_input FROM '" + Workbench.model("matrix_input") + "'"
          }) {
        AuspexException refusal =
            catchThrowableOfType(AuspexException.class, () -> bench.run(change));
        assertThat(refusal).hasMessageContaining("read-only");
      }
      for (String change : new String[] {"CALIBRATE", "CALIBRATE RESET"}) {
        assertThat(catchThrowableOfType(AuspexException.class, () -> bench.run(change)))
            .hasMessage(
                "CALIBRATE cannot be used in a warehouse that is opened for reading only. Open it"
                    + " for writing, since it keeps what is measured.");
      }
      assertThat(bench.rows("SHOW CALIBRATION")).isNotEmpty();
      bench.assertIdle();
    }
  }

  @Test
  void severalProcessesReadTogether() throws Exception {
    Path file = folder.resolve("house.db");
    try (Workbench bench = Workbench.at(file)) {
      bench.run("CREATE TABLE t AS SELECT 7 AS x");
    }
    try (ChildJvm child = ChildJvm.start(Reader.class, file)) {
      child.await("open");
      try (Workbench bench = Workbench.at(file, Map.of("access_mode", "READ_ONLY"))) {
        assertThat(bench.number("SELECT x FROM t")).isEqualTo(7);
      }
      child.release();
      assertThat(child.exitCode()).isZero();
    }
  }

  /** Opens a warehouse to read only, says so, and closes it when released. */
  static final class Reader {
    private Reader() {}

    public static void main(String[] arguments) {
      Path file = Path.of(arguments[0]);
      try (Workbench bench = Workbench.at(file, Map.of("access_mode", "READ_ONLY"))) {
        bench.run("SELECT x FROM t");
        System.out.println("open");
        ChildJvm.awaitRelease();
      }
    }
  }
}
