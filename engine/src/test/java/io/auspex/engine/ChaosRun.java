package io.auspex.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Statements of one warehouse and one source, each of which meets a fault at a random moment. */
final class ChaosRun implements AutoCloseable {
  private static final List<String> STARTS_FAST = List.of("-Xmx512m", "-XX:TieredStopAtLevel=1");
  private static final Duration ENDS = Duration.ofSeconds(30);
  private static final long LONGEST_PAUSE_MS = 1500;
  private static final long POLL_MS = 20;

  /** What may be said of a statement that was stopped. */
  private static final Set<ErrorCode> ERRORS =
      EnumSet.of(
          ErrorCode.SOURCE_LOST,
          ErrorCode.SOURCE_UNREACHABLE,
          ErrorCode.WRITE_LOST,
          ErrorCode.WRITE_UNKNOWN);

  /** What happens. */
  private enum Fault {
    AUSPEX_KILLED,
    SESSIONS_ENDED,
    SERVER_KILLED,
    CONNECTIONS_CUT
  }

  private final ChaosSource source;
  private final Path folder;
  private final long seed;
  private final Random random;
  private final int rows;
  private final ChaosProxy proxy;
  private final Map<ChaosStatement, Long> millis = new EnumMap<>(ChaosStatement.class);
  private final Map<String, Integer> told = new TreeMap<>();
  private int generation;
  private int stopped;

  ChaosRun(ChaosSource source, int rows, Path folder, long seed) throws Exception {
    this.source = source;
    this.folder = folder;
    this.seed = seed;
    this.random = new Random(seed);
    this.rows = rows;
    this.proxy = source.hasServer() ? new ChaosProxy(source.port()) : null;
  }

  /** How often each fault had each outcome. */
  Map<String, Integer> told() {
    return told;
  }

  /** How many statements have not moved their rows. */
  int stopped() {
    return stopped;
  }

  /** Runs one statement of another process, until it is killed. */
  static final class Mover {
    private Mover() {}

    public static void main(String[] arguments) {
      try (Workbench bench = Workbench.at(Path.of(arguments[0]))) {
        System.out.println("moving");
        bench.run(arguments[1]);
      }
    }
  }

  /** Makes the tables, and runs each statement undisturbed, to know how long it takes. */
  void setUp(List<ChaosStatement> statements) throws Exception {
    Path password = Files.writeString(folder.resolve("password"), ChaosSource.PASSWORD);
    try (Workbench bench = open()) {
      bench.create("matrix_input", "");
      bench.run("CREATE TABLE numbers AS SELECT i FROM range(" + rows + ") r(i)");
      String columns =
          " AS SELECT i AS id, 0 AS gen, 'row ' || i || repeat('.', 80) AS text FROM numbers";
      bench.run("CREATE TABLE replaced" + columns, "CREATE TABLE added" + columns);
      String user =
          source.hasServer()
              ? " USER '" + ChaosSource.USER + "' PASSWORD FROM FILE '" + password + "'"
              : "";
      bench.run("CREATE SOURCE crm URL '" + source.url() + "'" + user);
      if (source.hasServer()) {
        bench.run(
            "CREATE SOURCE far URL '" + source.url(proxy.port()) + "'" + user,
            "CREATE SOURCE parts URL '"
                + source.url()
                + "'"
                + user
                + " WITH (partition_column = 'id', partitions = 3)");
      }
      bench.run("CREATE TABLE crm.big (PRIMARY KEY (id))" + columns);
      bench.run("CREATE TABLE crm.replaced" + columns, "CREATE TABLE crm.added" + columns);
      bench.run("CREATE TABLE crm.merged (PRIMARY KEY (id))" + columns);
    }
    for (ChaosStatement statement : statements) {
      // As when there is a fault: the first one in a warehouse that was just opened.
      try (Workbench bench = open()) {
        millis.put(statement, repeat(statement, "crm", bench, "undisturbed"));
      }
    }
  }

  /** Has a statement meet a fault, and looks at what came of it. */
  void fault(int number, ChaosStatement statement) throws Exception {
    Fault fault =
        source.hasServer()
            ? Fault.values()[(number + number / 4) % Fault.values().length]
            : Fault.AUSPEX_KILLED;
    String name = fault == Fault.CONNECTIONS_CUT ? "far" : "crm";
    if (source.hasServer() && !statement.writes() && name.equals("crm") && random.nextBoolean()) {
      name = "parts";
    }
    String which = "seed %d, fault %d: %s, %s %s".formatted(seed, number, fault, name, statement);
    if (fault == Fault.AUSPEX_KILLED) {
      killed(statement, name, which);
    } else {
      disturbed(fault, statement, name, which);
    }
  }

  private void disturbed(Fault fault, ChaosStatement statement, String name, String which)
      throws Exception {
    try (Workbench bench = open()) {
      int number = ++generation;
      statement.prepare(number, source, bench);
      List<String> before = statement.lines(source, bench);
      List<String> after = statement.after(number, rows, source, bench);
      long pause = random.nextLong(LONGEST_PAUSE_MS);
      CompletableFuture<Void> happening =
          CompletableFuture.runAsync(
              () -> happen(fault, pause),
              CompletableFuture.delayedExecutor(moment(statement), TimeUnit.MILLISECONDS));
      AuspexException failure = null;
      try {
        long begun = System.nanoTime();
        bench.run(statement.sql(number, name, rows));
        // The first of all were slower.
        millis.merge(statement, millisSince(begun), Math::min);
      } catch (AuspexException e) {
        failure = e;
      }
      happening.get(ENDS.toSeconds() * 2, TimeUnit.SECONDS);
      List<String> found = statement.lines(source, bench);
      if (failure == null) {
        assertThat(found).as(which).isEqualTo(after);
      } else if (failure.code() == ErrorCode.WRITE_UNKNOWN) {
        assertThat(found).as(which).isIn(before, after);
      } else {
        assertThat(found).as("%s: %s", which, failure).isEqualTo(before);
      }
      if (failure != null) {
        assertClear(failure, name, which);
      }
      tell(fault, failure == null ? "done" : failure.code().name(), failure != null);
      assertThat(bench.warehouse().sources().active()).as(which).isZero();
      bench.assertIdle();
      repeat(statement, name, bench, which);
    }
    awaitNoSessions(which);
  }

  private void happen(Fault fault, long pause) {
    try {
      switch (fault) {
        case SERVER_KILLED -> source.restart(pause);
        case SESSIONS_ENDED -> source.cutSessions();
        case CONNECTIONS_CUT -> proxy.cut();
        case AUSPEX_KILLED -> throw new IllegalArgumentException("not in this process");
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** A moment while the statement runs: often in its second half, where rows move and land. */
  private long moment(ChaosStatement statement) {
    long usual = millis.get(statement);
    double part = random.nextInt(3) == 0 ? random.nextDouble() : 0.4 + random.nextDouble() * 0.6;
    return (long) (usual * part);
  }

  private void killed(ChaosStatement statement, String name, String which) throws Exception {
    List<String> before;
    List<String> after;
    int number = ++generation;
    try (Workbench bench = open()) {
      statement.prepare(number, source, bench);
      before = statement.lines(source, bench);
      after = statement.after(number, rows, source, bench);
    }
    try (ChildJvm child =
        ChildJvm.start(
            Mover.class,
            STARTS_FAST,
            Map.of(),
            folder.resolve("house.db"),
            statement.sql(number, name, rows))) {
      child.await("moving");
      // It is slower, since all is new to it.
      Thread.sleep(moment(statement) * 3);
      child.kill();
    }
    awaitNoSessions(which);
    try (Workbench bench = open()) {
      List<String> found = statement.lines(source, bench);
      assertThat(found).as(which).isIn(before, after);
      tell(Fault.AUSPEX_KILLED, found.equals(after) ? "done" : "nothing", found.equals(before));
      await(() -> source.stagings().isEmpty());
      assertThat(source.stagings()).as("%s: left when opened again", which).isEmpty();
      repeat(statement, name, bench, which);
    }
    awaitNoSessions(which);
  }

  /** Runs the statement undisturbed; returns how many milliseconds it took. */
  private long repeat(ChaosStatement statement, String name, Workbench bench, String which)
      throws SQLException {
    int number = ++generation;
    statement.prepare(number, source, bench);
    List<String> after = statement.after(number, rows, source, bench);
    long begun = System.nanoTime();
    bench.run(statement.sql(number, name, rows));
    long taken = millisSince(begun);
    assertThat(statement.lines(source, bench)).as("%s: repeated", which).isEqualTo(after);
    assertThat(source.stagings()).as(which).isEmpty();
    assertThat(source.rows("SELECT count(*), sum(id), min(gen), max(gen) FROM big"))
        .as(which)
        .containsExactly(rows + "|" + (long) rows * (rows - 1) / 2 + "|0|0");
    bench.assertIdle();
    return taken;
  }

  private static long millisSince(long nanoTime) {
    return (System.nanoTime() - nanoTime) / 1_000_000;
  }

  private static void assertClear(AuspexException failure, String name, String which) {
    String message = failure.getMessage();
    assertThat(failure.code()).as("%s: %s", which, message).isIn(ERRORS);
    assertThat(message)
        .as(which)
        .contains(name)
        .endsWith(".")
        .doesNotContain("\n", "\tat ", "Exception", ChaosSource.PASSWORD, "null");
    assertThat(message.length()).as(message).isLessThan(500);
  }

  private void tell(Fault fault, String outcome, boolean isStopped) {
    told.merge(fault + " " + outcome, 1, Integer::sum);
    stopped += isStopped ? 1 : 0;
  }

  private void awaitNoSessions(String which) throws Exception {
    await(() -> source.sessions().isEmpty());
    assertThat(source.sessions()).as("%s: sessions left", which).isEmpty();
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  private static void await(Condition condition) throws Exception {
    long deadline = System.nanoTime() + ENDS.toNanos();
    while (!condition.holds() && System.nanoTime() < deadline) {
      Thread.sleep(POLL_MS);
    }
  }

  private Workbench open() {
    return Workbench.at(folder.resolve("house.db"));
  }

  @Override
  public void close() throws Exception {
    if (proxy != null) {
      proxy.close();
    }
  }
}
