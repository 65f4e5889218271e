package io.auspex.shell.terminal;

import static io.auspex.shell.terminal.Driven.RIGHT;
import static io.auspex.shell.terminal.Driven.TAB;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The pictures in docs/shell.md show what the shell shows, but for times and rates. Run with {@code
 * -Dauspex.docs.write=true} to make them anew.
 */
@Timeout(120)
@EnabledOnOs(
    value = OS.LINUX,
    disabledReason = "the pseudo-terminal is made by util-linux's script")
class PicturesTest {
  private static final Path DOCS = Path.of(System.getProperty("auspex.root"), "docs");

  /** What differs from run to run: times, how far a statement is, the version. */
  private static final Pattern VARIES =
      Pattern.compile("Auspex [\\d.]+(-SNAPSHOT)?|\\d+\\.\\d{3} s|█.*left|textLength=\"[\\d.]+\"");

  /** Ctrl-L. */
  private static final String CLEAR = "\f";

  private static final String SETUP =
      """
      CREATE MODEL churn FROM 'examples/churn/models/churn.onnx'
        OUTPUTS (output_label AS verdict, output_probability AS chances);
      CREATE TABLE customers AS FROM 'examples/churn/data/customers.parquet';
      """;

  @TempDir private Path folder;

  @Test
  void predictions() throws Exception {
    try (PtyShell shell = started("")) {
      shell.type("CREATE TABLE customers AS FROM 'examples/churn/data/customers.parquet';\r");
      shell.await("7,043 rows");
      shell.awaitPrompt();
      shell.type("CREATE MODEL churn FROM 'examples/churn/models/churn.onnx'\r");
      shell.type("OUTPUTS (output_label AS verdict, output_probability AS chances);\r");
      shell.awaitPrompt();
      shell.await(shown -> shown.split(" s\n").length == 3, "has made the model");
      shell.type("SELECT customer_id, contract, verdict, chances['Yes'] AS risk\r");
      shell.type("FROM PREDICT(MODEL churn, TABLE customers)\r");
      shell.type("ORDER BY risk DESC, customer_id LIMIT 4;\r");
      shell.await("4 rows in ");
      shell.awaitPrompt();
      check("predictions", "Predictions in the shell", shell);
    }
  }

  @Test
  void completion() throws Exception {
    try (PtyShell shell = started(SETUP)) {
      shell.type("SELECT * FROM PREDICT(MODEL churn, TABLE customers) WHERE ch" + TAB);
      shell.await("chances");
      check("completion", "Columns and functions offered after WHERE", shell);
    }
  }

  @Test
  void typing() throws Exception {
    try (PtyShell shell = started(SETUP)) {
      shell.type("SELECT count(*) AS leaving FROM customers WHERE churn = 'Yes';\r");
      shell.await("1 row in ");
      shell.awaitPrompt();
      shell.type("SELECT contract, count(*) -- how many of each\r");
      shell.type("FROM customers WHERE contract <> 'One");
      shell.await("'One");
      check("typing", "A statement being typed, with a quote still open", shell);
    }
  }

  @Test
  void suggestion() throws Exception {
    try (PtyShell shell = started(SETUP)) {
      shell.type("SELECT count(*) AS leaving FROM customers WHERE churn = 'Yes';\r");
      shell.await("1 row in ");
      shell.awaitPrompt();
      shell.type("SELECT co");
      shell.await(shown -> shown.endsWith("= 'Yes';"), "suggests");
      check("suggestion", "What is suggested out of the history", shell);
      shell.type(RIGHT + "\r");
      shell.await(shown -> shown.split("1 row in ", -1).length == 3, "has run it again");
    }
  }

  @Test
  void errors() throws Exception {
    try (PtyShell shell = started(SETUP)) {
      shell.type("SELECT * FROM PREDICT(MODEL chrun, TABLE customers);\r");
      shell.await("AX201");
      shell.awaitPrompt();
      shell.type("SELECT tenur\rFROM customers;\r");
      shell.await("AX105");
      shell.awaitPrompt();
      check("errors", "Errors with a caret under the place", shell);
    }
  }

  @Test
  void progress() throws Exception {
    try (PtyShell shell = started(SETUP)) {
      shell.type("CREATE TABLE many AS SELECT c.* FROM customers c, range(60);\r");
      shell.await("422,580 rows in ");
      shell.awaitPrompt();
      shell.type("CREATE TABLE scores AS SELECT * FROM PREDICT(MODEL churn, TABLE many);\r");
      shell.await(
          shown -> shown.matches("(?s).*█████+░+ \\d+% · .* rows · .* rows/s · .* left"),
          "shows the progress");
      check("progress", "A statement's progress", shell);
    }
  }

  @Test
  void pager() throws Exception {
    try (PtyShell shell = started(SETUP)) {
      shell.type("SELECT customer_id, tenure, contract, total_charges FROM customers\r");
      shell.type("ORDER BY tenure, customer_id LIMIT 500;\r");
      shell.await("q: leave");
      check("pager", "A long result in the pager", shell);
      shell.type("q");
      shell.awaitPrompt();
    }
  }

  @Test
  void upright() throws Exception {
    try (PtyShell shell = started(SETUP)) {
      shell.type("SELECT customer_id, contract, payment_method, internet_service, tenure,\r");
      shell.type("total_charges, monthly_charges FROM customers\r");
      shell.type("WHERE total_charges IS NULL LIMIT 1;\r");
      shell.await("1 row in ");
      shell.awaitPrompt();
      check("upright", "A result too wide for the terminal", shell);
    }
  }

  @Test
  void thePageShowsEachPicture() throws Exception {
    String page = Files.readString(DOCS.resolve("shell.md"));
    try (var pictures = Files.list(DOCS.resolve("images"))) {
      // Those of the benchmark are on its page.
      assertThat(
              pictures
                  .map(file -> "(images/" + file.getFileName() + ")")
                  .filter(link -> !link.startsWith("(images/benchmark-"))
                  .toList())
          .hasSize(8)
          .allSatisfy(link -> assertThat(page).contains(link));
    }
  }

  private PtyShell started(String setup) throws Exception {
    Path init = Files.writeString(folder.resolve("init.sql"), setup);
    PtyShell shell = new PtyShell(folder, 80, 24, "-init " + init + " 2>&1", "");
    shell.awaitPrompt();
    shell.type(CLEAR);
    shell.await(shown -> shown.equals("auspex>"), "is cleared");
    return shell;
  }

  private static void check(String name, String title, PtyShell shell) throws Exception {
    Path file = DOCS.resolve("images").resolve(name + ".svg");
    if (Boolean.getBoolean("auspex.docs.write")) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, new Picture(shell.screen(), title).svg());
    }
    String expected = withoutWhatVaries(Files.readString(file));
    String made = withoutWhatVaries(new Picture(shell.screen(), title).svg());
    // The text may be all there while colours are still to come.
    for (int i = 0; i < 100 && !made.equals(expected); i++) {
      Thread.sleep(50);
      made = withoutWhatVaries(new Picture(shell.screen(), title).svg());
    }
    assertThat(made).as("make it anew with -Dauspex.docs.write=true").isEqualTo(expected);
  }

  private static String withoutWhatVaries(String svg) {
    return VARIES.matcher(svg).replaceAll("…");
  }
}
