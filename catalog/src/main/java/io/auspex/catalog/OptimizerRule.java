package io.auspex.catalog;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The planner's rules by the names under which EXPLAIN lists them. {@code disabled_rules} turns
 * them off, but for those without which PREDICT in an expression means nothing.
 */
public enum OptimizerRule {
  FILTER_INTO_JOIN("Filters a join's inputs instead of its rows."),
  FILTER_MERGE("Makes one filter of two."),
  FILTER_PROJECT_TRANSPOSE("Filters before columns are computed."),
  FILTER_PREDICT_TRANSPOSE("Filters before predicting, by what is no prediction."),
  SORT_PROJECT_TRANSPOSE("Takes the first rows before columns are computed."),
  SORT_PREDICT_TRANSPOSE("Takes the first rows before predicting, where no prediction sorts them."),
  JOIN_REMOVE(
      "Drops a join of whose one side nobody reads a column, where it keeps each row once."),
  FIELD_TRIM("Drops columns and outputs that nobody reads."),
  FEATURE_FILTER("Filters before predicting by what features must be for a filter above to pass."),
  MODEL_PRUNE("Leaves out what a model has for rows that the filters below it drop."),
  STATISTICS_PRUNE(
      "Leaves out what a model has for values that statistics rule out; batches are checked."),
  FEATURE_TRIM("Drops features that the model does not look at for the outputs that are read."),
  PREDICT_REUSE("Computes equal predictions of a row once."),
  PREDICT_JOIN_TRANSPOSE("Predicts before a join that gives more rows than it gets."),
  JOIN_PREDICT_TRANSPOSE("Predicts after a join that gives few of the rows it gets."),
  PROJECT_MERGE("Makes one projection of two, of which one only passes columns on."),
  PREDICT_SHARE_SCAN("Has two models read their rows once."),
  OUTPUT_PART("Computes one value of an array where no other is read."),
  PREDICT_BOUND("Gives up rows whose prediction a filter or a LIMIT above would drop."),
  REPEATED_ROWS("Computes rows with equal features once, where there are many and it pays."),
  SOURCE_FILTER("Filters in the database that has the rows, by what means the same there."),
  SOURCE_PROJECT("Reads only the columns of another database that are needed."),
  SOURCE_SORT("Takes the first rows in the database that has them."),
  SOURCE_AGGREGATE("Computes sums, counts, least and greatest values where the rows are."),
  SOURCE_JOIN("Joins tables of one other database there."),
  SOURCE_KEYS("Asks another database only for rows that a small side of a join has keys for."),
  PREDICT_REMOVE("Drops a prediction of which nobody reads an output."),
  JOIN_SCALAR_PREDICT("Takes PREDICT out of the condition of a join."),
  PROJECT_SCALAR_PREDICT("Makes a prediction of PREDICT in SELECT."),
  FILTER_SCALAR_PREDICT("Makes a prediction of PREDICT in WHERE.");

  private static final Set<OptimizerRule> LANGUAGE =
      EnumSet.of(JOIN_SCALAR_PREDICT, PROJECT_SCALAR_PREDICT, FILTER_SCALAR_PREDICT);

  private final String description;

  OptimizerRule(String description) {
    this.description = description;
  }

  /** Its name, as {@code FilterIntoJoin}. */
  public String ruleName() {
    StringBuilder camel = new StringBuilder();
    for (String word : name().split("_")) {
      camel.append(word.charAt(0)).append(Names.fold(word.substring(1)));
    }
    return camel.toString();
  }

  public String description() {
    return description;
  }

  /** Whether the query means the same without it. */
  public boolean isOptional() {
    return !LANGUAGE.contains(this);
  }

  /** The rules of a setting's value, which {@link Setting#check} has seen. */
  public static Set<OptimizerRule> of(Settings settings) {
    Set<OptimizerRule> rules = EnumSet.noneOf(OptimizerRule.class);
    names(settings.get(Setting.DISABLED_RULES)).forEach(name -> named(name).ifPresent(rules::add));
    return rules;
  }

  /** A list of names as it is kept: each as EXPLAIN writes it. */
  static String check(String value) {
    return names(value).stream()
        .map(
            name ->
                named(name)
                    .filter(OptimizerRule::isOptional)
                    .orElseThrow(() -> refused(name))
                    .ruleName())
        .distinct()
        .collect(Collectors.joining(","));
  }

  private static AuspexException refused(String name) {
    List<String> optional =
        Arrays.stream(values())
            .filter(OptimizerRule::isOptional)
            .map(OptimizerRule::ruleName)
            .toList();
    String hint =
        named(name).isPresent()
            ? " (without " + name + ", PREDICT in an expression means nothing)"
            : Names.nearest(name, optional).map(r -> " (did you mean " + r + "?)").orElse("");
    String takes = Setting.DISABLED_RULES.takes() + hint;
    return new AuspexException(
        ErrorCode.INVALID_SETTING, Setting.DISABLED_RULES.sqlName(), name, takes);
  }

  private static Optional<OptimizerRule> named(String name) {
    return Arrays.stream(values()).filter(r -> r.ruleName().equalsIgnoreCase(name)).findFirst();
  }

  private static List<String> names(String value) {
    return Arrays.stream(value.split(",")).map(String::strip).filter(s -> !s.isEmpty()).toList();
  }
}
