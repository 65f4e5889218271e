package io.auspex.sql.explain;

import io.auspex.catalog.Setting;
import io.auspex.catalog.Settings;
import io.auspex.sql.fragment.Fragment;
import io.auspex.sql.fragment.Plan;
import io.auspex.sql.fragment.PredictStream;
import io.auspex.sql.fragment.Prediction;
import io.auspex.sql.fragment.SourceStream;
import io.auspex.sql.fragment.StreamNames;
import io.auspex.udf.predict.OutputBound;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A plan as a tree of lines, the last step first: each fragment's SQL, and below it the predictions
 * it reads. Streams are numbered anew, so that a plan reads the same each time.
 */
public final class ExplainText {
  private static final Pattern STREAM = Pattern.compile("\\b" + StreamNames.PREFIX + "\\d+\\b");

  private final List<String> streams = new ArrayList<>();
  private final String device;
  private final List<String> lines = new ArrayList<>();

  private ExplainText(Settings settings) {
    String set = settings.get(Setting.PREDICT_DEVICE);
    this.device = set.equals("auto") ? "cpu" : set;
  }

  /** The lines of a plan. */
  public static List<String> of(Plan plan, Settings settings) {
    ExplainText text = new ExplainText(settings);
    text.header(plan);
    text.fragment(plan.root(), "");
    return text.lines.stream().map(text::renumbered).toList();
  }

  private String renumbered(String line) {
    return STREAM
        .matcher(line)
        .replaceAll(
            found -> {
              int number = streams.indexOf(found.group()) + 1;
              return number > 0 ? StreamNames.of(number) : found.group();
            });
  }

  private void header(Plan plan) {
    lines.add(
        "plan=" + plan.planner() + (plan.reason().isEmpty() ? "" : " (" + plan.reason() + ")"));
    if (!plan.rules().isEmpty()) {
      lines.add("rules=" + String.join(", ", plan.rules()));
    }
  }

  private void fragment(Fragment fragment, String indent) {
    lines.add(indent + (fragment.isRelay() ? "Fragment (columns handed on)" : "Fragment"));
    fragment.sql().lines().forEach(line -> lines.add(indent + "  | " + line));
    fragment.predictions().forEach(prediction -> prediction(prediction, "", "", indent + "  "));
    fragment.streams().forEach(stream -> stream(stream, indent + "  "));
    fragment.sources().forEach(source -> source(source, indent + "  "));
  }

  private void source(SourceStream stream, String indent) {
    streams.add(stream.name());
    lines.add(
        indent
            + "Source "
            + stream.name()
            + " source="
            + stream.source()
            + (stream.rows() < 0 ? "" : ", rows≈" + stream.rows())
            + (stream.landed() ? ", landed" : "")
            + stream.keys().map(keys -> ", keys=" + keys.column()).orElse("")
            + ", sql="
            + stream.sql().replace("\n", "\\n"));
  }

  private void stream(PredictStream stream, String indent) {
    streams.add(stream.name());
    prediction(
        stream.prediction(),
        stream.name() + " ",
        (stream.landed() ? ", landed" : "")
            + (stream.expected().isEmpty() ? "" : ", expected=statistics")
            + ", passing="
            + stream.passing()
            + wanted(stream),
        indent);
    fragment(stream.input(), indent + "  ");
  }

  private static String wanted(PredictStream stream) {
    if (stream.bound().isEmpty()) {
      return "";
    }
    OutputBound bound = stream.bound().get();
    String name = stream.prediction().outputs().get(bound.output());
    String limit =
        Double.isInfinite(bound.limit())
            ? ""
            : (bound.isLeast() ? " >= " : " <= ") + (float) bound.limit();
    String top =
        bound.top() == 0 ? "" : (bound.isLeast() ? ", greatest " : ", least ") + bound.top();
    return ", wanted=[" + name + limit + top + "]";
  }

  /**
   * @param name of its stream
   * @param stream what else there is to say of that
   */
  private void prediction(Prediction prediction, String name, String stream, String indent) {
    boolean isChosen = prediction.width() > prediction.features() || !name.isEmpty();
    lines.add(
        indent
            + "Predict "
            + name
            + "model="
            + prediction.model().model()
            + ", version="
            + prediction.model().version()
            + ", strategy="
            + prediction.strategy().sqlName()
            + ", device="
            + device
            + ", features="
            + prediction.features()
            + (isChosen ? " of " + prediction.width() : "")
            + (prediction.rows() < 0 ? "" : ", rows≈" + prediction.rows())
            + (prediction.trees() == 0 ? "" : ", trees=" + prediction.trees())
            + (prediction.splits().isEmpty() ? "" : ", splits=" + prediction.splits())
            + stream
            + ", outputs="
            + prediction.outputs().stream().collect(Collectors.joining(", ", "[", "]"))
            + (prediction.reason().isEmpty() ? "" : ", why=" + prediction.reason()));
  }
}
