package io.auspex.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SourcesTest {
  private static final String URL = "jdbc:postgresql://db.example.com/crm";

  private Connection connection;
  private Sources sources;

  @BeforeEach
  void open() throws SQLException {
    connection = DriverManager.getConnection("jdbc:duckdb:");
    Catalog catalog = new Catalog(connection, "memory");
    catalog.initialize();
    sources = catalog.sources();
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  @Test
  void aSourceComesBackAsItWasKept() {
    Source whole =
        new Source(
            "Crm",
            URL,
            Optional.of("reader"),
            Optional.of(new Secret.FromEnvironment("CRM_PW")),
            SourceOptions.of(
                Map.of(
                    "driver", "org.postgresql.Driver",
                    "jar", "/opt/it's.jar",
                    "fetch_size", "5000",
                    "schema", "sales",
                    "pushdown", "false",
                    "partition_column", "id",
                    "partitions", "4")));
    Source bare = source("bare", Optional.empty());
    Source file = source("file", Optional.of(new Secret.FromFile(Path.of("/run/secrets/pw"))));
    Source sealed = source("sealed", Optional.of(new Secret.Sealed("v1:00:AA==")));

    sources.create(whole);
    sources.create(sealed);
    sources.create(file);
    sources.create(bare);

    assertThat(sources.list()).containsExactly(bare, whole, file, sealed);
    assertThat(sources.find("CRM")).contains(whole);
    assertThat(sources.find("other")).isEmpty();
  }

  @Test
  void namesAreTakenOnceWhateverTheirCase() {
    sources.create(source("crm", Optional.empty()));

    assertCode(
        () -> sources.create(source("CRM", Optional.empty())), ErrorCode.SOURCE_EXISTS, "crm");
    sources.replace(source("CRM", Optional.empty()));
    assertThat(sources.list()).extracting(Source::name).containsExactly("CRM");
  }

  @Test
  void whatIsDroppedIsGone() {
    sources.create(source("crm", Optional.empty()));

    assertCode(() -> sources.drop("crn"), ErrorCode.SOURCE_NOT_FOUND, "Did you mean crm?");
    sources.drop("Crm");
    assertThat(sources.list()).isEmpty();
  }

  @Test
  void aRollbackTakesASourceBack() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("BEGIN");
      sources.create(source("crm", Optional.empty()));
      assertThat(sources.list()).hasSize(1);
      statement.execute("ROLLBACK");
    }
    assertThat(sources.list()).isEmpty();
  }

  @Test
  void aWarehouseFromBeforeThereWereSourcesGetsThem() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("DROP TABLE auspex.source");
      statement.execute("UPDATE auspex.revision SET format = 5");
    }
    Catalog catalog = new Catalog(connection, "memory");
    catalog.initialize();

    catalog.sources().create(source("crm", Optional.empty()));
    assertThat(catalog.sources().list()).hasSize(1);
  }

  @Test
  void optionsAreChecked() {
    assertCode(option("fetchsize", "1"), ErrorCode.UNKNOWN_OPTION, "Did you mean fetch_size?");
    assertCode(option("fetch_size", "-1"), ErrorCode.INVALID_OPTION, "0 to 1000000 rows");
    assertCode(option("fetch_size", "2000000"), ErrorCode.INVALID_OPTION, "0 to 1000000 rows");
    assertCode(option("pushdown", "maybe"), ErrorCode.INVALID_OPTION, "true or false");
    assertCode(option("schema", " "), ErrorCode.INVALID_OPTION, "a schema's name");
    assertCode(option("partitions", "4"), ErrorCode.INVALID_OPTION, "partition_column");
    assertThat(SourceOptions.DEFAULT.pushdown()).isTrue();
    assertThat(SourceOptions.DEFAULT.values()).isEmpty();
  }

  private static ThrowingCallable option(String key, String value) {
    return () -> SourceOptions.of(Map.of(key, value));
  }

  private static Source source(String name, Optional<Secret> password) {
    return new Source(name, URL, Optional.of("reader"), password, SourceOptions.DEFAULT);
  }

  private static void assertCode(ThrowingCallable action, ErrorCode code, String part) {
    assertThatThrownBy(action)
        .isInstanceOfSatisfying(
            AuspexException.class, failure -> assertThat(failure.code()).isEqualTo(code))
        .hasMessageContaining(part);
  }
}
