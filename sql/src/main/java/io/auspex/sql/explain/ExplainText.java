package io.auspex.sql.explain;

import io.auspex.catalog.Column;
import io.auspex.catalog.Output;
import io.auspex.catalog.Setting;
import io.auspex.catalog.Settings;
import io.auspex.sql.fragment.Fragment;
import io.auspex.sql.fragment.InlineFunction;
import io.auspex.sql.fragment.Plan;
import io.auspex.sql.fragment.PredictStream;
import io.auspex.sql.fragment.StreamNames;
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
    lines.add(indent + "Fragment");
    fragment.sql().lines().forEach(line -> lines.add(indent + "  | " + line));
    fragment.functions().forEach(function -> inline(function, indent + "  "));
    fragment.streams().forEach(stream -> stream(stream, indent + "  "));
  }

  private void inline(InlineFunction function, String indent) {
    lines.add(
        indent
            + "Predict "
            + function.name()
            + " model="
            + function.model().model()
            + ", version="
            + function.model().version()
            + ", strategy=inline, device="
            + device
            + ", features="
            + function.features().size()
            + ", outputs="
            + outputs(function.outputs().stream().map(Output::column).toList()));
  }

  private void stream(PredictStream stream, String indent) {
    streams.add(stream.name());
    lines.add(
        indent
            + "Predict "
            + stream.name()
            + " model="
            + stream.model().model()
            + ", version="
            + stream.model().version()
            + ", strategy="
            + (stream.landed() ? "stream, landed" : "stream")
            + ", device="
            + device
            + ", features="
            + stream.features().size()
            + " of "
            + stream.width()
            + (stream.rows() < 0 ? "" : ", rows≈" + stream.rows())
            + ", passing="
            + stream.passing()
            + ", outputs="
            + outputs(computed(stream)));
    fragment(stream.input(), indent + "  ");
  }

  private static List<String> computed(PredictStream stream) {
    return stream.columns().subList(stream.passing(), stream.columns().size()).stream()
        .map(Column::name)
        .toList();
  }

  private static String outputs(List<String> names) {
    return names.stream().collect(Collectors.joining(", ", "[", "]"));
  }
}
