package io.auspex.shell.terminal;

import static io.auspex.shell.terminal.Driven.CTRL_C;
import static io.auspex.shell.terminal.Driven.TAB;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tab knows where the cursor is, and what there is just now. */
@Timeout(60)
class CompletionTest {
  @TempDir private Path folder;
  private InProcess shell;

  @BeforeEach
  void start() throws Exception {
    shell = InProcess.in(folder);
    shell.type(".timing off\r");
    run("CREATE TABLE customers_of_ours AS SELECT 42 AS tenure_in_months;");
  }

  @AfterEach
  void stop() throws Exception {
    shell.close();
  }

  @Test
  void tablesAfterFrom() throws Exception {
    completes("FROM custo", "FROM customers_of_ours");
    completes("SELECT * FROM a JOIN custo", "JOIN customers_of_ours");
    completes("DROP TABLE custo", "DROP TABLE customers_of_ours");
  }

  @Test
  void columnsAfterWhere() throws Exception {
    completes("SELECT * FROM customers_of_ours WHERE ten", "WHERE tenure_in_months");
    completes("SELECT c.ten", "SELECT c.tenure_in_months");
  }

  @Test
  void modelsAfterModelAndTheirOutputsAmongTheColumns() throws Exception {
    Path model = Path.of(System.getProperty("auspex.root"), "examples/churn/models/churn.onnx");
    run(
        "CREATE MODEL leaving_soon FROM '"
            + model
            + "' OUTPUTS (output_label AS verdict, output_probability AS chances);");
    completes("DESCRIBE MODEL leav", "DESCRIBE MODEL leaving_soon");
    completes("FROM PREDICT(MODEL leav", "PREDICT(MODEL leaving_soon");
    completes(
        "FROM PREDICT(MODEL leaving_soon, TABLE customers_of_ours) WHERE verd", "WHERE verdict");
    completes(
        "FROM PREDICT(MODEL leaving_soon, TABLE customers_of_ours) WHERE chanc", "WHERE chances");
  }

  @Test
  void sourcesAndTheirTables() throws Exception {
    String url = "jdbc:sqlite:" + folder.resolve("shop.db");
    run("CREATE SOURCE the_shop URL '" + url + "';");
    run("CREATE TABLE the_shop.orders_of_today AS SELECT 1 AS a;");
    completes("FROM the_s", "FROM the_shop");
    completes("DROP SOURCE the_s", "DROP SOURCE the_shop");
    completes("SHOW TABLES FROM the_s", "SHOW TABLES FROM the_shop");
    completes("FROM the_shop.ord", "FROM the_shop.orders_of_today");
    completes("FROM THE_SHOP.main.ord", "FROM THE_SHOP.main.orders_of_today");
  }

  @Test
  void functionsAndKeywords() throws Exception {
    completes("SELECT regexp_full_ma", "SELECT regexp_full_match");
    completes("SELECT 1 ORDE", "SELECT 1 ORDER");
    completes("select 1 orde", "select 1 order");
    completes("SELE", "SELECT");
  }

  @Test
  void settingsAfterSet() throws Exception {
    completes("SET predict_strat", "SET predict_strategy");
    completes("RESET memory_lim", "RESET memory_limit");
  }

  @Test
  void filesInQuotes() throws Exception {
    Files.createDirectory(folder.resolve("warehouse_of_ours"));
    Files.writeString(folder.resolve("warehouse_of_ours").resolve("sales.csv"), "a\n1\n");
    completes("FROM '" + folder + "/ware", "FROM '" + folder + "/warehouse_of_ours/");
    completes(
        "FROM '" + folder + "/warehouse_of_ours/sal",
        "FROM '" + folder + "/warehouse_of_ours/sales.csv'");
  }

  @Test
  void commandsAndTheirArguments() throws Exception {
    completes(".tab", ".tables");
    completes(".format mark", ".format markdown");
  }

  @Test
  void severalAreListedWithWhatTheyAre() throws Exception {
    shell.type("SELECT * FROM customers_of_ours WHERE te" + TAB + TAB);
    shell.await("temporary");
    assertThat(shell.screen().lines())
        .contains("column", "keyword")
        .anySatisfy(line -> assertThat(line).startsWith("tenure_in_months"));
  }

  @Test
  void whatAStatementMadeOrDroppedIsKnownAtOnce() throws Exception {
    completes("FROM custo", "FROM customers_of_ours");
    run("CREATE TABLE new_arrivals AS SELECT 1 AS arrived_at; CREATE MACRO my_macro(x) AS x + 1;");
    completes("FROM new_arr", "FROM new_arrivals");
    completes("SELECT * FROM new_arrivals WHERE arriv", "WHERE arrived_at");
    completes("SELECT my_ma", "SELECT my_macro");
    run("ALTER TABLE new_arrivals RENAME TO old_arrivals;");
    completes("FROM old_arr", "FROM old_arrivals");
    shell.type("FROM new_arr" + TAB + "~ typed on");
    shell.await("FROM new_arr~ typed on");
  }

  private void run(String statement) throws Exception {
    shell.type(statement + "\r");
    shell.await(shown -> shown.endsWith("\nauspex>"), "has run " + statement);
    Thread.sleep(100);
    shell.awaitPrompt();
  }

  /** Types the text and Tab, waits for what it becomes, and drops the line. */
  private void completes(String typed, String becomes) throws Exception {
    shell.type(typed + TAB + "~");
    shell.await(
        shown -> shown.contains(becomes + " ~") || shown.contains(becomes + "~"),
        "has completed " + typed + " to " + becomes);
    shell.type(CTRL_C);
    shell.awaitPrompt();
  }
}
