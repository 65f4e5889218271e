package io.auspex.catalog;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The settings registry: everything {@code SET name = value} takes beside DuckDB's own settings.
 * {@code docs/settings.md}, {@code SHOW} and completion come from here.
 */
public enum Setting {
  PLANNER(
      "auto",
      "auto, always or never",
      "How a statement with PREDICT in it is planned. auto: by Calcite where it is understood"
          + " completely, otherwise cut. never: always cut. always: never cut, and plan even"
          + " statements that name nothing of Auspex.",
      "auto|always|never"),
  PREDICT_STRATEGY(
      "auto",
      "auto, sql, inline or stream",
      "How predictions are computed. sql: as DuckDB's own expressions (linear models and single"
          + " trees). inline: a function inside DuckDB's own pipeline. stream: Arrow batches through"
          + " the Predict operator. auto: by what costs least.",
      "auto|sql|inline|stream"),
  DISABLED_RULES(
      "",
      "names of rules with commas between, which EXPLAIN lists for a query and docs/settings.md all",
      "Rules of the planner that are not to be used. Results are the same without them. The rules"
          + " that make predictions of PREDICT in expressions are the language, and stay on.",
      ".*"),
  PREDICT_DEVICE(
      "auto",
      "auto, cpu or cuda",
      "Where models are computed. cuda needs the build with the profile gpu and a device; auto"
          + " takes the CPU.",
      "auto|cpu|cuda"),
  PREDICT_KERNEL(
      "auto",
      "auto or onnxruntime",
      "What computes models on the CPU. auto: a kernel of Auspex for trees and linear models,"
          + " otherwise ONNX Runtime. onnxruntime: always ONNX Runtime.",
      "auto|onnxruntime"),
  PREDICT_BATCH_ROWS(
      "0", "0 to 1048576", "Rows of a batch; 0 lets the model's width decide.", "\\d{1,7}"),
  PREDICT_THREADS(
      "0", "0 to 1024", "Threads that compute batches; 0 takes one a core.", "\\d{1,4}"),
  PREDICT_MEMORY(
      "auto",
      "auto, or a size such as '512MB' or '2GB'",
      "Native memory for batches outside DuckDB's memory_limit, for all sessions together; auto is"
          + " a quarter of the machine's memory.",
      "auto|\\d+(\\.\\d+)? ?([kmgt]i?)?b"),
  ALLOW_MODEL_LIBRARIES(
      "false",
      "true or false",
      "Whether models may bring a native library (WITH (library = …) in CREATE MODEL), whose code"
          + " then runs in this process and may do anything it may. It is asked for where a model"
          + " is created and wherever it predicts.",
      "true|false"),
  LOCK_TIMEOUT(
      "5",
      "seconds, such as 5 or 0.5",
      "How long opening a warehouse waits for another process that has it open.",
      "\\d{1,6}(\\.\\d+)?");

  private static final Pattern SIZE = Pattern.compile("(\\d+(?:\\.\\d+)?) ?([kmgt]?)(i?)b");

  private final String defaultValue;
  private final String takes;
  private final String description;
  private final Pattern pattern;

  Setting(String defaultValue, String takes, String description, String pattern) {
    this.defaultValue = defaultValue;
    this.takes = takes;
    this.description = description;
    this.pattern = Pattern.compile(pattern);
  }

  /** The setting of this name, whatever its case. */
  public static Optional<Setting> named(String name) {
    for (Setting setting : values()) {
      if (setting.sqlName().equalsIgnoreCase(name)) {
        return Optional.of(setting);
      }
    }
    return Optional.empty();
  }

  public String sqlName() {
    return name().toLowerCase(Locale.ROOT);
  }

  public String defaultValue() {
    return defaultValue;
  }

  /** What it accepts, in words. */
  public String takes() {
    return takes;
  }

  public String description() {
    return description;
  }

  /** The value as it is kept. Throws INVALID_SETTING where the setting does not take it. */
  public String check(String value) {
    if (this == DISABLED_RULES) {
      return OptimizerRule.check(value);
    }
    String kept = value.strip().toLowerCase(Locale.ROOT);
    boolean fits = pattern.matcher(kept).matches();
    if (fits && this == PREDICT_BATCH_ROWS) {
      fits = Integer.parseInt(kept) <= 1 << 20;
    } else if (fits && this == PREDICT_THREADS) {
      fits = Integer.parseInt(kept) <= 1024;
    }
    if (!fits) {
      throw new AuspexException(ErrorCode.INVALID_SETTING, sqlName(), value, takes);
    }
    return kept;
  }

  /** Bytes of a size such as {@code 512MB} (powers of 1000) or {@code 2GiB} (of 1024). */
  public static long bytes(String size) {
    Matcher matcher = SIZE.matcher(size.strip().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new IllegalArgumentException(size);
    }
    double unit = matcher.group(3).isEmpty() ? 1000 : 1024;
    int power = " kmgt".indexOf(matcher.group(2).isEmpty() ? " " : matcher.group(2));
    return (long) (Double.parseDouble(matcher.group(1)) * Math.pow(unit, power));
  }
}
