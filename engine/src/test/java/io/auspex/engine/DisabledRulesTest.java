package io.auspex.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.catalog.OptimizerRule;
import io.auspex.engine.User.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Queries give the same rows with each rule of the planner off that would change them, and with all
 * of them off, as plain DuckDB gives over predictions that are already there.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DisabledRulesTest {
  private static final int SAMPLE = 30;

  /**
   * These look into models, of which macros have nothing; {@link ModelRulesTest}, {@link
   * ModelPruneTest} and {@link FeatureFilterTest} have them. Those of other databases are in {@link
   * SourcePushdownTest}.
   */
  private static final Set<OptimizerRule> OF_MODELS =
      EnumSet.of(
          OptimizerRule.MODEL_PRUNE,
          OptimizerRule.STATISTICS_PRUNE,
          OptimizerRule.FEATURE_FILTER,
          OptimizerRule.FEATURE_TRIM,
          OptimizerRule.OUTPUT_PART,
          OptimizerRule.PREDICT_BOUND,
          OptimizerRule.REPEATED_ROWS);

  private static final List<OptimizerRule> OPTIONAL =
      Arrays.stream(OptimizerRule.values())
          .filter(rule -> rule.isOptional() && !OF_MODELS.contains(rule))
          .filter(rule -> !rule.name().startsWith("SOURCE_"))
          .toList();
  private static final String ALL =
      OPTIONAL.stream().map(OptimizerRule::ruleName).collect(Collectors.joining(","));

  private User user;
  private Path folder;

  @BeforeAll
  void open(@TempDir Path temporary) throws SQLException, IOException {
    folder = temporary;
    user = User.alone();
    user.create("matrix_input", "").create("affine_scalar_inputs", "").create("string_echo", "");
    Corpus.prepare(user, folder);
    user.run(
        "CREATE TABLE cities (city VARCHAR PRIMARY KEY, country VARCHAR)",
        "INSERT INTO cities VALUES ('Delphi', 'GR'), ('Roma', 'IT'), ('Dodona', NULL)",
        "CREATE TABLE visits (city VARCHAR NOT NULL REFERENCES cities (CITY),"
            + " was VARCHAR REFERENCES cities (city), n INTEGER)",
        "INSERT INTO visits VALUES ('Roma', 'Roma', 1), ('Roma', NULL, 2), ('Delphi', NULL, 3)",
        "CREATE TABLE spelled (city VARCHAR COLLATE NOCASE UNIQUE)",
        "INSERT INTO spelled VALUES ('Roma'), ('roma'), (NULL), (NULL)",
        "CREATE TABLE numerals (numeral VARCHAR PRIMARY KEY)",
        "INSERT INTO numerals VALUES ('3'), ('03'), ('4')",
        "CREATE TABLE pairs (a BIGINT, b INTEGER, UNIQUE (a, b))",
        "INSERT INTO pairs VALUES (1, 7), (1, 8), (2, 4), (2, NULL), (2, NULL)");
  }

  @AfterAll
  void close() throws SQLException {
    user.close();
  }

  /** Those that are made for rules: each rule changes some of them. */
  @Test
  void eachRuleMayBeOff() throws SQLException, IOException {
    Map<OptimizerRule, Integer> changed = new EnumMap<>(OptimizerRule.class);
    for (String line : Resources.lines("rules.sql").toList()) {
      check(new Corpus.Entry("rules", line, ""))
          .forEach(rule -> changed.merge(rule, 1, Integer::sum));
    }
    assertThat(changed.keySet()).containsAll(OPTIONAL);
  }

  @Test
  void someQueriesNeedNone() throws SQLException, IOException {
    long seed = Long.getLong("auspex.seed", System.nanoTime());
    List<Corpus.Entry> sample = new ArrayList<>(queries());
    Collections.shuffle(sample, new Random(seed));
    try {
      checkAll(sample.subList(0, SAMPLE));
    } catch (AssertionError e) {
      throw new AssertionError("-Dauspex.seed=" + seed + ": " + e.getMessage(), e);
    }
  }

  @Tag("full")
  @Test
  void noQueryNeedsAny() throws SQLException, IOException {
    checkAll(queries());
  }

  /** Those with predictions. */
  private List<Corpus.Entry> queries() throws IOException {
    Stream<Corpus.Entry> lines =
        Resources.lines("queries.sql")
            .map(line -> line.replace("$folder", folder.toString()))
            .map(line -> new Corpus.Entry("queries", line, ""));
    return Stream.concat(lines, Corpus.entries(folder).stream().filter(Corpus.Entry::predicts))
        .toList();
  }

  private void checkAll(List<Corpus.Entry> entries) throws SQLException {
    Set<OptimizerRule> changed = new HashSet<>();
    for (Corpus.Entry entry : entries) {
      changed.addAll(check(entry));
    }
    assertThat(changed).isNotEmpty();
  }

  /** The rules that change a query, each of which was off, and then all. */
  private Set<OptimizerRule> check(Corpus.Entry entry) throws SQLException {
    user.run("RESET disabled_rules");
    Object[] parameters = Corpus.parameters(user, entry);
    Table expected = user.query(entry.oracle(), parameters);
    Set<String> fired = fired(entry, parameters);
    Set<OptimizerRule> changed = new HashSet<>();
    for (OptimizerRule rule : OPTIONAL) {
      if (fired.contains(rule.ruleName())) {
        changed.add(rule);
        checkWithout(rule.ruleName(), entry, parameters, expected);
      }
    }
    checkWithout(ALL, entry, parameters, expected);
    return changed;
  }

  private void checkWithout(String rules, Corpus.Entry entry, Object[] parameters, Table expected)
      throws SQLException {
    user.run("SET disabled_rules = '" + rules + "'");
    assertThat(fired(entry, parameters)).as("%s", entry).doesNotContain(rules.split(","));
    Table found = user.query(entry.sql(), parameters);
    assertThat(Corpus.isSame(entry.sql(), found, expected))
        .as("%s%nwithout %s%ngives %s%nnot   %s", entry, rules, found, expected)
        .isTrue();
  }

  private Set<String> fired(Corpus.Entry entry, Object[] parameters) throws SQLException {
    if (!entry.sql().stripLeading().matches("(?is)(SELECT|WITH|FROM|\\(|VALUES|TABLE).*")) {
      return Set.of();
    }
    return user.query("EXPLAIN " + entry.sql(), parameters).rows().stream()
        .map(row -> row.get(0))
        .filter(line -> line.startsWith("rules="))
        .flatMap(line -> Stream.of(line.substring("rules=".length()).split(", ")))
        .collect(Collectors.toSet());
  }
}
