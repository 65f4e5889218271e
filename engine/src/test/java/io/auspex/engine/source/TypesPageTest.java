package io.auspex.engine.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.engine.source.type.GenericTypes;
import io.auspex.engine.source.type.MariadbTypes;
import io.auspex.engine.source.type.PostgresTypes;
import io.auspex.engine.source.type.SqliteTypes;
import io.auspex.engine.source.type.TypeRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The type tables of {@code docs/sources.md} are those of the code. Run with {@code
 * -Dauspex.docs.write=true} to write them anew.
 */
class TypesPageTest {
  private static final Path PAGE = Path.of(System.getProperty("auspex.root"), "docs", "sources.md");
  private static final String BEGIN = "<!-- types: made from the type tables of the engine -->\n";
  private static final String END = "<!-- end of types -->\n";

  @Test
  void typesAreDocumentedAsTheyAre() throws IOException {
    String page = Files.readString(PAGE);
    int begin = page.indexOf(BEGIN) + BEGIN.length();
    int end = page.indexOf(END);
    assertThat(begin).as("the marks in the page").isBetween(BEGIN.length(), end);
    String expected =
        table("PostgreSQL", PostgresTypes.table())
            + table("MariaDB and MySQL", MariadbTypes.table())
            + table("SQLite, by words in what a column declares", SqliteTypes.table())
            + table("Others, by JDBC's types", GenericTypes.table());
    if (Boolean.getBoolean("auspex.docs.write")) {
      Files.writeString(PAGE, page.substring(0, begin) + expected + page.substring(end));
    }
    assertThat(Files.readString(PAGE))
        .as("write it anew with -Dauspex.docs.write=true")
        .contains(BEGIN + expected + END);
  }

  private static String table(String title, List<TypeRow> rows) {
    StringBuilder text =
        new StringBuilder("\n### " + title + "\n\n| there | in DuckDB | |\n| --- | --- | --- |\n");
    for (TypeRow row : rows) {
      text.append("| ")
          .append(row.natives())
          .append(" | ")
          .append(row.duckDb())
          .append(" | ")
          .append(row.remark())
          .append(" |\n");
    }
    return text.append('\n').toString();
  }
}
