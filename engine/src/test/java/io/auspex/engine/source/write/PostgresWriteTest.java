package io.auspex.engine.source.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.engine.source.SourceServers;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows of DuckDB in tables of PostgreSQL. */
class PostgresWriteTest {
  @TempDir Path folder;
  private Writes writes;

  @BeforeEach
  void open() throws SQLException {
    writes = new Writes(SourceServers.postgres(), folder.resolve("journal"));
  }

  @AfterEach
  void close() throws SQLException {
    assertThat(writes.rows("SELECT relname FROM pg_class WHERE relname LIKE '\\_\\_auspex%'"))
        .isEmpty();
    assertThat(writes.connections.active()).isZero();
    if (java.nio.file.Files.exists(folder.resolve("journal"))) {
      assertThat(folder.resolve("journal")).isEmptyDirectory();
    }
    writes.close();
  }

  @Test
  void aNewTable() throws SQLException {
    long rows =
        writes.create(
            "scores",
            "SELECT i::INTEGER AS id, i / 2 AS score, 'n' || i AS \"Name\" FROM range(5000) t(i)",
            "ID");
    assertThat(rows).isEqualTo(5000);
    assertThat(writes.rows("SELECT count(*), sum(id), sum(score), max(\"Name\") FROM scores"))
        .containsExactly("5000,12497500,6248750,n999");
    assertThat(
            writes.rows(
                "SELECT conname, pg_get_constraintdef(oid), obj_description(conrelid, 'pg_class')"
                    + " FROM pg_constraint WHERE contype = 'p' AND conrelid = 'scores'::regclass"))
        .containsExactly("scores_pkey,PRIMARY KEY (id),null");
  }
}
