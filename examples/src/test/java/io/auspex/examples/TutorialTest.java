package io.auspex.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The tutorial, run from its top to its end as its reader does: statements go to the shell,
 * commands to {@code sh}, and each prints what the page shows. Run with {@code
 * -Dauspex.docs.write=true} to have the page show what is printed.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher is a POSIX shell script")
class TutorialTest {
  private static final Path PAGE = Path.of("docs/tutorial.md");
  private static final Path EXAMPLE = Path.of("examples/penguins");

  /**
   * A block of code, by its language or by the word after it, and the block of output that follows
   * it at once.
   */
  private static final Pattern BLOCK =
      Pattern.compile("```(\\w+)( \\w+)?\\n(.*?)```\\n(```text\\n(.*?)```\\n)?", Pattern.DOTALL);

  /** When the model was made. */
  private static final Pattern MOMENT = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z *");

  /** Of a line of a crontab, the command; a percent sign is escaped there. */
  private static final Pattern CRON =
      Pattern.compile("(?:[\\d*]+ ){5}cd /path/to/auspex && (.*)\n");

  private static final List<String> PROJECT = List.of("auspex", "examples", "shell");

  @TempDir private Path folder;

  @AfterEach
  void unlink() throws IOException {
    for (String name : PROJECT) {
      Files.deleteIfExists(folder.resolve(name));
    }
  }

  private record Block(String language, String code, String output) {}

  @Test
  void everyBlockPrintsWhatThePageShows() throws Exception {
    assumeTrue(
        Files.exists(Path.of("shell/target/auspex.jar")),
        "the shaded jar is built in the phase package; run mvn verify");
    for (String name : PROJECT) {
      Files.createSymbolicLink(folder.resolve(name), Path.of(name).toAbsolutePath());
    }
    String page = Files.readString(PAGE);
    int run = 0;
    for (Block block : blocks(page)) {
      if (block.language().equals("sql") || block.language().equals("sh")) {
        String printed = run(block);
        if (Boolean.getBoolean("auspex.docs.write")) {
          page = shown(page, block, printed);
        } else {
          assertThat(withoutMoment(printed))
              .as("what is printed of\n%s", block.code())
              .isEqualTo(withoutMoment(block.output()));
        }
        run++;
      } else if (block.language().equals("crontab")) {
        Matcher cron = CRON.matcher(block.code());
        assertThat(cron.matches()).isTrue();
        assertThat(print(cron.group(1).replace("\\%", "%"))).contains("day,penguins");
        run++;
      }
    }
    assertThat(run).isGreaterThanOrEqualTo(22);
    if (Boolean.getBoolean("auspex.docs.write")) {
      Files.writeString(PAGE, page);
    }
  }

  /** What the page shows of a file is the file. */
  @Test
  void filesAreShownAsTheyAre() throws IOException {
    List<String> shown = blocks(Files.readString(PAGE)).stream().map(Block::code).toList();
    for (String file : List.of("train.py", "nightly.sql", "Guesses.java")) {
      assertThat(shown).as(file).contains(Files.readString(EXAMPLE.resolve(file)));
    }
  }

  /** Every file that the page names is there. */
  @Test
  void filesThatAreNamedExist() throws IOException {
    Matcher named =
        Pattern.compile("examples/penguins/[\\w./]*\\w").matcher(Files.readString(PAGE));
    int count = 0;
    while (named.find()) {
      assertThat(Path.of(named.group())).exists();
      count++;
    }
    assertThat(count).isGreaterThan(10);
  }

  private static List<Block> blocks(String page) {
    List<Block> blocks = new ArrayList<>();
    Matcher block = BLOCK.matcher(page);
    while (block.find()) {
      String language = block.group(2) == null ? block.group(1) : block.group(2).strip();
      String output = block.group(5) == null ? "" : block.group(5);
      blocks.add(new Block(language, block.group(3), output));
    }
    return blocks;
  }

  /** Statements run in the page's warehouse, one shell after the other. */
  private String run(Block block) throws Exception {
    Path script = Files.writeString(folder.resolve("block"), block.code());
    return block.language().equals("sql")
        ? print("./auspex penguins.duckdb --format box < " + script)
        : print(block.code());
  }

  private String print(String command) throws Exception {
    Path nothing = Files.writeString(folder.resolve("nothing"), "");
    ProcessBuilder builder = new ProcessBuilder("sh", "-c", command);
    builder.directory(folder.toFile()).redirectErrorStream(true);
    Process process = builder.redirectInput(nothing.toFile()).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return printed;
  }

  private static String withoutMoment(String text) {
    return MOMENT.matcher(text).replaceAll("…");
  }

  private static String shown(String page, Block block, String printed) {
    String code = block.code() + "```\n";
    int end = page.indexOf(code) + code.length();
    Matcher old = Pattern.compile("```text\\n.*?```\\n", Pattern.DOTALL).matcher(page);
    int next = old.find(end) && old.start() == end ? old.end() : end;
    String output = printed.isEmpty() ? "" : "```text\n" + printed + "```\n";
    return page.substring(0, end) + output + page.substring(next);
  }
}
