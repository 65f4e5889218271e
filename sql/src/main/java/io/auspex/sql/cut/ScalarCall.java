package io.auspex.sql.cut;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.Column;
import io.auspex.catalog.ErrorCode;
import io.auspex.catalog.ModelVersion;
import io.auspex.catalog.Names;
import io.auspex.catalog.Output;
import io.auspex.sql.fragment.InlineCall;
import io.auspex.sql.lexer.Tokens;
import io.auspex.sql.statement.Shape.Call;
import io.auspex.sql.statement.Shape.Span;
import io.auspex.udf.binding.Bindings;
import io.auspex.udf.binding.Feature;
import io.auspex.udf.duckdb.InlineFunctions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code PREDICT(MODEL m, a, b)} in an expression. */
final class ScalarCall {
  private static final String[] AFTER_ITEM = {
    "FROM",
    "WHERE",
    "GROUP",
    "HAVING",
    "WINDOW",
    "QUALIFY",
    "ORDER",
    "LIMIT",
    "OFFSET",
    "UNION",
    "INTERSECT",
    "EXCEPT"
  };

  private final FragmentWriter writer;
  private final Cutting cutting;
  private final Tokens tokens;
  private final Call call;
  private final Place place;
  private final ModelVersion model;

  ScalarCall(FragmentWriter writer, Call call, Place place) {
    this.writer = writer;
    this.cutting = writer.cutting();
    this.tokens = cutting.tokens();
    this.call = call;
    this.place = place;
    this.model = cutting.model(call);
  }

  /** Writes a call of an inline function; returns the token after what it stands for. */
  int write(Sql sql) {
    check();
    List<Output> outputs = model.signature().outputs();
    Optional<Output> field = field(outputs);
    Sql arguments = new Sql();
    List<Feature> features = arguments(arguments);
    if (!writer.isProbing()) {
      cutting.requireInlineable(call, features);
    }
    InlineCall inline = InlineCall.of(model, features, field.map(List::of).orElse(outputs));
    writer.add(inline.function());
    sql.append(inline.call(arguments.written()), inline.none());
    int end = call.end() + (field.isPresent() ? 2 : 0);
    if (isWholeItem(end)) {
      String name = inline.isOneValue() ? inline.function().outputs().get(0).column() : null;
      sql.append(" AS " + Names.quote(name == null ? model.model() : name));
    }
    return end;
  }

  private void check() {
    if (cutting.isStrategy("stream") && !writer.isProbing()) {
      throw cutting.unsupported(
          call.name(),
          "PREDICT in an expression",
          "with predict_strategy = 'stream' in a statement that is cut",
          "Write it in FROM, as PREDICT(MODEL "
              + tokens.spelling(call.model())
              + ", (query)), or SET predict_strategy = 'auto'.");
    }
    for (Span argument : call.arguments()) {
      if (tokens.is(argument.first(), "*")) {
        throw cutting.syntax(
            argument.first(),
            "PREDICT takes no *: without features at all it reads the columns of their names.");
      }
      if (tokens.isWord(argument.first(), "TABLE", "DESCRIPTOR")) {
        throw cutting.syntax(
            argument.first(),
            "PREDICT with "
                + tokens.spelling(argument.first())
                + " gives rows: it goes into FROM.");
      }
    }
  }

  /** The output that {@code PREDICT(…).output} reads; nothing for {@code PREDICT(…).abs()}. */
  private Optional<Output> field(List<Output> outputs) {
    int at = call.end() + 1;
    if (!tokens.is(call.end(), ".") || !tokens.isName(at) || tokens.is(at + 1, "(")) {
      return Optional.empty();
    }
    String name = tokens.name(at);
    Optional<Output> found =
        outputs.stream().filter(output -> output.column().equalsIgnoreCase(name)).findFirst();
    if (found.isEmpty()) {
      List<String> columns = outputs.stream().map(Output::column).toList();
      throw new AuspexException(
              ErrorCode.COLUMN_NOT_FOUND,
              name,
              "what the model " + model.model() + " gives",
              Names.didYouMean(name, columns))
          .at(cutting.position(at));
    }
    return found;
  }

  /** Whether the call alone is an item of a SELECT list, and nobody gave it a name. */
  private boolean isWholeItem(int end) {
    boolean ends =
        end >= tokens.size()
            || tokens.is(end, ",")
            || tokens.is(end, ")")
            || tokens.isWord(end, AFTER_ITEM);
    return call.selected() && ends;
  }

  /** Writes the arguments, cast to what the features take. */
  private List<Feature> arguments(Sql sql) {
    List<String> names = names();
    List<Span> values = values();
    ArgumentTypes types = new ArgumentTypes(writer, model, call, place);
    Optional<List<Column>> known = types.find(names, values);
    List<Column> columns = known.orElseGet(() -> types.expected(names, values.size()));
    List<Feature> features;
    try {
      features =
          values.isEmpty() || !names.isEmpty()
              ? Bindings.byName(model, columns)
              : Bindings.byPosition(model, columns);
    } catch (AuspexException e) {
      throw e.at(cutting.position(call.name()));
    }
    for (Feature feature : features) {
      Sql value =
          values.isEmpty()
              ? Sql.of(Names.quote(columns.get(feature.column()).name()))
              : writer.span(values.get(feature.column()), place);
      sql.append(sql.isEmpty() ? "" : ", ");
      Sql argument = known.isPresent() ? types.cast(value, feature) : types.guarded(value, feature);
      sql.append(
          InlineFunctions.argument(feature, argument.written()),
          InlineFunctions.argument(feature, argument.typed()));
    }
    return features;
  }

  /** The names in {@code name => value}; empty where the arguments have none. */
  private List<String> names() {
    List<String> names = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (Span argument : call.arguments()) {
      if (isNamed(argument)) {
        names.add(tokens.name(argument.first()));
        checkName(argument.first(), seen);
      }
    }
    if (!names.isEmpty() && names.size() < call.arguments().size()) {
      throw cutting.syntax(
          call.name(), "PREDICT takes its features either all by name or all by position.");
    }
    return names;
  }

  private void checkName(int token, Set<String> seen) {
    String name = tokens.name(token);
    if (!seen.add(Names.fold(name))) {
      throw cutting.syntax(token, "The feature " + name + " is given twice.");
    }
    List<String> features = ArgumentTypes.names(model);
    if (features.stream().noneMatch(name::equalsIgnoreCase)) {
      throw new AuspexException(
              ErrorCode.COLUMN_NOT_FOUND,
              name,
              "what the model " + model.model() + " reads",
              Names.didYouMean(name, features))
          .at(cutting.position(token));
    }
  }

  private boolean isNamed(Span argument) {
    int next = argument.first() + 1;
    return tokens.isName(argument.first()) && (tokens.is(next, "=>") || tokens.is(next, ":="));
  }

  private List<Span> values() {
    return call.arguments().stream()
        .map(
            argument ->
                isNamed(argument)
                    ? new Span(argument.first() + 2, argument.end(), argument.items())
                    : argument)
        .toList();
  }
}
