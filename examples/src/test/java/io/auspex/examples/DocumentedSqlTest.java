package io.auspex.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.auspex.engine.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every block of SQL in the documentation runs as it is written, in its order. */
class DocumentedSqlTest {
  private static final Pattern BLOCK = Pattern.compile("```sql\\n(.*?)```", Pattern.DOTALL);

  /** What the documented statements write into the working directory. */
  private static final List<Path> WRITTEN =
      List.of(Path.of("scores.parquet"), Path.of("churn_scores.parquet"));

  @AfterEach
  void removeWhatWasWritten() throws IOException {
    for (Path file : WRITTEN) {
      Files.deleteIfExists(file);
    }
  }

  @ParameterizedTest
  @CsvSource({"docs/sql.md, 26", "README.md, 7"})
  void runs(String page, int atLeast) throws Exception {
    List<String> statements = statements(Files.readString(Path.of(page)));
    assertThat(statements).hasSizeGreaterThanOrEqualTo(atLeast);
    try (Connection warehouse = DriverManager.getConnection("jdbc:auspex:");
        Statement statement = warehouse.createStatement()) {
      for (String text : statements) {
        run(statement, text);
      }
    }
  }

  private static List<String> statements(String page) {
    List<String> statements = new ArrayList<>();
    Matcher block = BLOCK.matcher(page);
    while (block.find()) {
      Script.split(block.group(1)).forEach(piece -> statements.add(piece.text()));
    }
    return statements;
  }

  private static void run(Statement statement, String text) {
    try {
      if (statement.execute(text)) {
        try (ResultSet rows = statement.getResultSet()) {
          while (rows.next()) {
            rows.getObject(1);
          }
        }
      }
    } catch (SQLException e) {
      fail("the documented statement\n%s\nfailed: %s", text, e.getMessage());
    }
  }
}
