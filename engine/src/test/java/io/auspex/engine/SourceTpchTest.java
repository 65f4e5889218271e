package io.auspex.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.catalog.Names;
import io.auspex.engine.User.Table;
import io.auspex.sql.lexer.Tokens;
import io.auspex.sql.statement.Shape;
import io.trino.tpch.TpchTable;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.PGConnection;

/**
 * The 22 queries of TPC-H with some of the tables, or all, in a PostgreSQL give what DuckDB gives
 * with all of them in the warehouse.
 */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SourceTpchTest {
  private static final double SCALE = 0.01;
  private static final List<Set<String>> SPREADS =
      List.of(
          Set.of("customer", "orders", "lineitem"),
          Set.of("part", "partsupp", "supplier", "nation", "region"),
          Set.of(
              "customer",
              "orders",
              "lineitem",
              "part",
              "partsupp",
              "supplier",
              "nation",
              "region"));

  private User user;

  @BeforeAll
  void load(@TempDir Path folder) throws SQLException, IOException {
    user = User.alone();
    Tpch.load(user, SCALE, folder);
    Remote remote = Remote.postgres();
    for (TpchTable<?> table : TpchTable.getTables()) {
      copy(table.getTableName().replace("_", ""), remote, folder.resolve("table.csv"));
    }
    remote.run("ANALYZE").known(user, "pg");
  }

  private void copy(String table, Remote remote, Path file) throws SQLException, IOException {
    List<String> columns = new ArrayList<>();
    for (List<String> column : user.query("DESCRIBE " + table).rows()) {
      columns.add(Names.quote(column.get(0)) + " " + column.get(1).replace("DECIMAL", "numeric"));
    }
    remote.run("CREATE TABLE " + table + " (" + String.join(", ", columns) + ")");
    user.run("COPY " + table + " TO '" + file + "' (FORMAT csv, HEADER false)");
    try (Connection connection =
            DriverManager.getConnection(remote.source().url(), "postgres", "postgres");
        Reader rows = Files.newBufferedReader(file)) {
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn("COPY " + table + " FROM STDIN (FORMAT csv)", rows);
    }
    Files.delete(file);
  }

  @AfterAll
  void close() throws SQLException {
    user.close();
  }

  static Stream<Arguments> queries() {
    return IntStream.rangeClosed(1, 22)
        .mapToObj("q%02d"::formatted)
        .flatMap(query -> SPREADS.stream().map(spread -> Arguments.of(query, spread)));
  }

  @ParameterizedTest
  @MethodSource("queries")
  void spreadTablesGiveWhatDuckDbGives(String query, Set<String> remote)
      throws SQLException, IOException {
    String text = Resources.text("tpch/" + query + ".sql");
    Table expected = user.query(text);
    String spread = spread(text, remote);
    Table found = user.query(spread);
    assertThat(found.rows()).as(() -> spread + "\n" + explained(spread)).isEqualTo(expected.rows());
    assertThat(found.columns()).isEqualTo(expected.columns());
    if (!spread.equals(text)) {
      assertThat(explained(spread)).contains("plan=calcite", "source=pg");
    }
  }

  private String explained(String sql) {
    try {
      return String.join(
          "\n", user.query("EXPLAIN " + sql).rows().stream().map(row -> row.get(0)).toList());
    } catch (SQLException e) {
      return e.getMessage();
    }
  }

  /** The query with the names of these tables as those of the source's. */
  private static String spread(String text, Set<String> remote) {
    Shape shape = Shape.of(text);
    List<Shape.TableName> named = new ArrayList<>();
    collect(shape.query(), named);
    Tokens tokens = shape.tokens();
    StringBuilder spread = new StringBuilder();
    int at = 0;
    for (Shape.TableName table : named) {
      if (remote.contains(table.name().get(0).toLowerCase())) {
        spread.append(text, at, tokens.start(table.first())).append("pg.public.");
        at = tokens.start(table.first());
      }
    }
    return spread.append(text.substring(at)).toString();
  }

  private static void collect(Shape.Query query, List<Shape.TableName> named) {
    query.with().ifPresent(with -> with.ctes().forEach(cte -> collect(cte.query(), named)));
    for (Shape.Item item : query.body().items()) {
      if (item instanceof Shape.Nested nested) {
        collect(nested.query(), named);
      } else if (item instanceof Shape.TableName table) {
        named.add(table);
      }
    }
  }
}
