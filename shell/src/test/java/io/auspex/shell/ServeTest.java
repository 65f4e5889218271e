package io.auspex.shell;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.jdbc.AuspexDriver;
import io.auspex.shell.serve.Client;
import io.auspex.shell.serve.Request;
import io.auspex.shell.serve.Server;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What commands give that another process runs: here its server, asked over its real wire. */
@Timeout(60)
class ServeTest {
  private static final String HERE = System.getProperty("user.dir");

  @TempDir private Path folder;
  private String warehouse;
  private Connection connection;
  private Server server;
  private Thread serving;

  @BeforeEach
  void serve() throws Exception {
    warehouse = folder.resolve("w.duckdb").toString();
    connection = new AuspexDriver().connect(Shell.URL + warehouse, new Properties());
    server = Server.open(warehouse, new Served(Path.of(warehouse)));
    serving = new Thread(server::run, "accepting");
    serving.start();
  }

  @AfterEach
  void end() throws Exception {
    server.close();
    serving.join();
    connection.close();
    assertThat(endpoint()).doesNotExist();
    awaitNoThread("served");
  }

  @Test
  void resultsCountsAndExitCodesAreThoseOfTheCommand() {
    assertThat(ask("-c", "CREATE TABLE t AS SELECT 'é' AS a", "-c", "INSERT INTO t VALUES ('x')"))
        .isEqualTo(new ShellRun(0, "", "1 row\n1 row\n"));
    assertThat(ask("-c", "SELECT a FROM t ORDER BY a")).isEqualTo(new ShellRun(0, "a\nx\né\n", ""));
    ShellRun wrong = ask("-c", "SELECT nothing", "-c", "SELECT 1");
    assertThat(wrong.exit()).isEqualTo(1);
    assertThat(wrong.out()).isEmpty();
    assertThat(wrong.err()).startsWith("Error AX105").contains("nothing");
  }

  @Test
  void aLongResultComesWhole() {
    ShellRun run = ask("-c", "SELECT range AS n, repeat('x', 100) AS x FROM range(50000)");
    assertThat(run.out().lines()).hasSize(50_001).last().asString().startsWith("49999,x");
  }

  @Test
  void aScriptComesFromTheClientsStandardInput() {
    String script = "SELECT 1 AS a;\n-- " + "x".repeat(200_000) + "\nSELECT 2 AS b";
    assertThat(askFrom(script, HERE, "")).isEqualTo(new ShellRun(0, "a\n1\nb\n2\n", ""));
  }

  @Test
  void aPromptIsRefused() {
    ShellRun run = askFrom("SELECT 1", HERE, "0");
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("Error AX606").contains("a prompt needs");
  }

  @Test
  void standardInputIsLeftAloneWhereStepsAreGiven() {
    InputStream untouched =
        new InputStream() {
          @Override
          public int read() {
            throw new AssertionError("it was read");
          }
        };
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    OptionalInt exit =
        new Client(untouched, out, out).ask(request(HERE, "", "-c", "SELECT 1 AS a"));
    assertThat(exit).hasValue(0);
    assertThat(out.toString(UTF_8)).isEqualTo("a\n1\n");
  }

  @Test
  void onATerminalBoxesAreAsWideAsTheClients() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    String[] arguments = {warehouse, "-c", "SELECT repeat('x', 50) AS a, repeat('y', 50) AS b"};
    new Client(InputStream.nullInputStream(), out, out).ask(new Request(HERE, "1", 60, arguments));
    assertThat(out.toString(UTF_8).lines()).allMatch(line -> line.length() <= 60);
  }

  @Test
  void eachClientHasASessionOfItsOwn() {
    assertThat(ask("-c", "CREATE TEMP TABLE mine (a INT)").exit()).isZero();
    assertThat(ask("-c", "SELECT * FROM mine").err()).contains("mine does not exist");
  }

  @Test
  void clientsAreAnsweredSideBySide() throws Exception {
    ask("-c", "CREATE TABLE t (a INT)");
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Callable<ShellRun>> asked = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      String insert = "INSERT INTO t VALUES (" + i + ")";
      asked.add(() -> ask("-c", insert));
    }
    for (Future<ShellRun> run : threads.invokeAll(asked)) {
      assertThat(run.get()).isEqualTo(new ShellRun(0, "", "1 row\n"));
    }
    threads.shutdown();
    assertThat(ask("-c", "SELECT sum(a) AS s FROM t").out()).isEqualTo("s\n780\n");
  }

  @Test
  void inAnotherFolderFilesWouldBeOthers() {
    ShellRun run = askFrom("", folder.toString(), "", "-c", "SELECT 1");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).startsWith("Error AX606").contains(HERE);
  }

  @Test
  void aSecondServerIsRefused() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Client client = new Client(InputStream.nullInputStream(), err, err);
    String[] arguments = {"serve", warehouse};
    assertThat(client.ask(new Request(HERE, "", 0, arguments))).hasValue(1);
    assertThat(err.toString(UTF_8)).startsWith("Error AX606").contains("one process is enough");
  }

  @Test
  void wrongUsageIsSaidAsEverywhere() {
    ShellRun run = ask("--nonsense");
    assertThat(run).isEqualTo(ShellRun.of(warehouse, "--nonsense"));
    assertThat(run.exit()).isEqualTo(2);
  }

  @Test
  void whatIsForAnotherWarehouseIsNotRunHere() {
    Client client = new Client(InputStream.nullInputStream(), null, null);
    assertThat(client.ask(new Request(HERE, "", 0, new String[] {"other.db", "-f", warehouse})))
        .isEmpty();
    assertThat(client.ask(new Request(HERE, "", 0, new String[] {"-c", "SELECT '\0'"}))).isEmpty();
  }

  @Test
  void aStatementIsCancelledWhenItsClientGoes() throws Exception {
    ask("-c", "CREATE TABLE t (a BIGINT)");
    String endless = "INSERT INTO t SELECT sum(a.range) FROM range(9000000000) a";
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Client client = new Client(InputStream.nullInputStream(), new Gone("Broken pipe"), err);
    // It goes when it cannot write the first result.
    OptionalInt exit =
        client.ask(request(HERE, "", "-c", "SELECT 1", "-c", endless, "-c", "FROM nothing"));
    assertThat(exit).hasValue(1);
    assertThat(err.toString(UTF_8)).isEmpty();
    awaitNoThread("served");
    assertThat(ask("-c", "SELECT count(*) AS n FROM t").out()).isEqualTo("n\n0\n");
  }

  @Test
  void resultsThatCannotBeWrittenAreAnError() {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Client client = new Client(InputStream.nullInputStream(), new Gone("No space left"), err);
    assertThat(client.ask(request(HERE, "", "-c", "SELECT 1"))).hasValue(1);
    assertThat(err.toString(UTF_8))
        .isEqualTo("Error: the results cannot be written: No space left\n");
  }

  @Test
  void errorsThatCannotBeWrittenStopNothing() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Client client = new Client(InputStream.nullInputStream(), out, new Gone("closed"));
    String insert = "INSERT INTO t VALUES (1)";
    assertThat(
            client.ask(
                request(HERE, "", "-c", "CREATE TABLE t (a INT)", "-c", insert, "-c", "FROM t")))
        .hasValue(0);
    assertThat(out.toString(UTF_8)).isEqualTo("a\n1\n");
  }

  /** What was read until then may be a statement, but another than the whole of it. */
  @Test
  void aScriptThatIsBrokenOffIsNotRun() throws Exception {
    ask("-c", "CREATE TABLE t AS SELECT 1 AS a");
    InputStream broken =
        new SequenceInputStream(
            new ByteArrayInputStream("DELETE FROM t".getBytes(UTF_8)),
            new InputStream() {
              @Override
              public int read() throws IOException {
                throw new IOException("Is a directory");
              }
            });
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    assertThat(new Client(broken, err, err).ask(request(HERE, ""))).hasValue(1);
    assertThat(err.toString(UTF_8)).contains("standard input cannot be read: Is a directory");
    awaitNoThread("served");
    assertThat(ask("-c", "SELECT count(*) AS n FROM t").out()).isEqualTo("n\n1\n");
  }

  @Test
  void closingDoesNotWaitForAClientThatDoesNotRead() throws Exception {
    CountDownLatch isOver = new CountDownLatch(1);
    OutputStream asleep =
        new OutputStream() {
          @Override
          public void write(int value) throws IOException {
            try {
              isOver.await();
            } catch (InterruptedException e) {
              throw new IOException(e);
            }
          }
        };
    Request request = request(HERE, "", "-c", "SELECT repeat('x', 1000) AS x FROM range(1000000)");
    Thread client =
        new Thread(() -> new Client(InputStream.nullInputStream(), asleep, asleep).ask(request));
    client.start();
    awaitThread("served-input");
    server.close();
    serving.join();
    isOver.countDown();
    client.join();
  }

  @Test
  void aCommandThatBreaksIsAnswered() throws Exception {
    Path other =
        Files.createDirectories(folder.resolve("o.duckdb.auspex")).resolveSibling("o.duckdb");
    Server breaking =
        Server.open(
            other.toString(),
            request ->
                Optional.of(
                    (streams, client) -> {
                      throw new IllegalStateException("of the test");
                    }));
    Thread accepting = new Thread(breaking::run);
    accepting.start();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    String[] arguments = {other.toString()};
    assertThat(
            new Client(InputStream.nullInputStream(), out, out)
                .ask(new Request(HERE, "", 0, arguments)))
        .hasValue(1);
    breaking.close();
    accepting.join();
  }

  @Test
  void closingStopsWhatRuns() throws Exception {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    String[] endless = {warehouse, "-c", "SELECT sum(a.range) FROM range(9000000000) a"};
    Thread client =
        new Thread(
            () ->
                new Client(InputStream.nullInputStream(), err, err)
                    .ask(new Request(HERE, "", 0, endless)));
    client.start();
    awaitThread("served-input");
    server.close();
    serving.join();
    client.join();
    assertThat(err.toString(UTF_8)).startsWith("Error");
  }

  @Test
  void whoDoesNotKnowTheTokenIsNotHeard() throws Exception {
    String[] endpoint = Files.readString(endpoint()).split(" ");
    endpoint[1] = "0".repeat(32);
    Files.writeString(endpoint(), String.join(" ", endpoint));
    Client client = new Client(InputStream.nullInputStream(), null, null);
    assertThat(client.ask(request(HERE, "", "-c", "SELECT 1"))).isEmpty();
    try (Socket stranger = new Socket("127.0.0.1", Integer.parseInt(endpoint[0]))) {
      stranger.getOutputStream().write("GET / HTTP/1.1\r\n".repeat(3).getBytes(UTF_8));
      assertThat(stranger.getInputStream().read()).isEqualTo(-1);
    }
  }

  /** The port of a server that was killed may be another process's, which may say nothing. */
  @ParameterizedTest
  @ValueSource(strings = {"", "00000000000000000000000000000000"})
  void whoDoesNotKnowTheProofIsNotAsked(String says) throws Exception {
    String[] endpoint = Files.readString(endpoint()).split(" ");
    try (ServerSocket stranger = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      endpoint[0] = String.valueOf(stranger.getLocalPort());
      Files.writeString(endpoint(), String.join(" ", endpoint));
      ByteArrayOutputStream heard = new ByteArrayOutputStream();
      Thread listening = new Thread(() -> hear(stranger, says, heard));
      listening.start();
      Client client = new Client(InputStream.nullInputStream(), null, null);
      assertThat(client.ask(request(HERE, "", "-c", "SELECT 'a secret'"))).isEmpty();
      listening.join();
      assertThat(heard.toString(UTF_8)).contains(endpoint[1]).doesNotContain("a secret");
    }
  }

  private static void hear(ServerSocket stranger, String says, ByteArrayOutputStream heard) {
    try (Socket client = stranger.accept()) {
      client.getOutputStream().write(says.getBytes(UTF_8));
      client.getInputStream().transferTo(heard);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void itsOwnerAloneMayAsk() throws IOException {
    if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(endpoint())))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void whatAKilledServerLeftIsNoHindrance() throws Exception {
    String left = Files.readString(endpoint());
    server.close();
    serving.join();
    for (String content : List.of(left, "", "x y")) {
      Files.writeString(endpoint(), content);
      Client client = new Client(InputStream.nullInputStream(), null, null);
      assertThat(client.ask(request(HERE, "", "-c", "SELECT 1"))).as(content).isEmpty();
    }
    Files.delete(endpoint());
  }

  private Path endpoint() {
    return Path.of(warehouse + ".auspex", "server");
  }

  private ShellRun ask(String... options) {
    return askFrom("", HERE, "", options);
  }

  private ShellRun askFrom(String input, String from, String terminals, String... options) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    OptionalInt exit =
        new Client(new ByteArrayInputStream(input.getBytes(UTF_8)), out, err)
            .ask(request(from, terminals, options));
    return new ShellRun(exit.orElseThrow(), out.toString(UTF_8), err.toString(UTF_8));
  }

  private Request request(String from, String terminals, String... options) {
    List<String> arguments = new ArrayList<>(List.of(options));
    arguments.add(0, warehouse);
    return new Request(from, terminals, 0, arguments.toArray(new String[0]));
  }

  /** A terminal that was closed. */
  private static final class Gone extends OutputStream {
    private final String reason;

    Gone(String reason) {
      this.reason = reason;
    }

    @Override
    public void write(int value) throws IOException {
      throw new IOException(reason);
    }
  }

  private static void awaitThread(String prefix) throws InterruptedException {
    await(() -> isAlive(prefix));
  }

  private static void awaitNoThread(String prefix) throws InterruptedException {
    await(() -> !isAlive(prefix));
  }

  private static boolean isAlive(String prefix) {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().startsWith(prefix));
  }

  private static void await(Callable<Boolean> condition) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    try {
      while (!condition.call()) {
        assertThat(System.nanoTime()).isLessThan(deadline);
        TimeUnit.MILLISECONDS.sleep(20);
      }
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
