package io.auspex.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs that measure PostgreSQL, on a small table of a real one. */
class SourcesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ROWS = 1000;

  @TempDir Path folder;
  private EmbeddedPostgres server;
  private Connection there;

  @BeforeEach
  void startServer() throws Exception {
    String platform = System.getProperty("os.name") + " " + System.getProperty("os.arch");
    assumeTrue(platform.equals("Linux amd64"), "there is no server for " + platform);
    server = EmbeddedPostgres.start();
    there = server.getPostgresDatabase().getConnection();
    run(
        "CREATE TABLE wide AS SELECT i AS id, md5(i::text) AS t FROM generate_series(1, 1000) s(i)");
  }

  @AfterEach
  void stopServer() throws Exception {
    if (server != null) {
      there.close();
      server.close();
    }
  }

  @Test
  void aFileIsCopiedAsOftenAsItIsMeasured() throws Exception {
    Path file = Files.createFile(folder.resolve("wide.binary"));
    assertThat(file.toFile().setWritable(true, false)).isTrue();
    run("CREATE TABLE copied (LIKE wide)");
    run("COPY wide TO PROGRAM 'cat > " + file + "' (FORMAT binary)");
    ObjectNode job = job().put("file", file.toString());
    job.put("statement", "COPY copied FROM STDIN (FORMAT binary)");
    job.putArray("before").add("INSERT INTO copied VALUES (0, 'before')");

    JsonNode result = measured(job, BareCopy::main);
    assertThat(result.path("error").asText()).isEmpty();
    assertThat(result.path("runs")).hasSize(2);
    assertThat(count("copied WHERE id > 0")).isEqualTo(3 * ROWS);
    assertThat(count("copied WHERE id = 0")).isEqualTo(3);
  }

  @Test
  void aSourceIsReadAndWritten() throws Exception {
    ObjectNode job = job().put("database", folder.resolve("warehouse.duckdb").toString());
    job.putArray("setup").add("CREATE SOURCE pg URL '" + url() + "' USER 'postgres'");
    job.putArray("before").add("DROP TABLE IF EXISTS copied");
    job.put("statement", "CREATE TABLE pg.public.copied AS SELECT * FROM pg.public.wide");

    JsonNode result = measured(job, Main::main);
    assertThat(result.path("error").asText()).isEmpty();
    assertThat(result.path("median").asDouble()).isPositive();
    assertThat(count("copied NATURAL JOIN wide")).isEqualTo(ROWS);
  }

  private ObjectNode job() {
    return JSON.createObjectNode()
        .put("server", url())
        .put("runs", 2)
        .put("patience", 60)
        .put("budget", 60);
  }

  private String url() {
    return "jdbc:postgresql://localhost:" + server.getPort() + "/postgres";
  }

  private void run(String sql) throws Exception {
    try (Statement statement = there.createStatement()) {
      statement.execute(sql);
    }
  }

  private int count(String rows) throws Exception {
    try (Statement statement = there.createStatement();
        ResultSet counted = statement.executeQuery("SELECT count(*) FROM " + rows)) {
      assertThat(counted.next()).isTrue();
      return counted.getInt(1);
    }
  }

  private interface Program {
    void main(String[] arguments) throws Exception;
  }

  private JsonNode measured(ObjectNode job, Program program) throws Exception {
    Path jobFile = folder.resolve("job.json");
    Path resultFile = folder.resolve("result.json");
    Files.writeString(jobFile, job.toString());
    program.main(new String[] {jobFile.toString(), resultFile.toString()});
    return JSON.readTree(resultFile.toFile());
  }
}
