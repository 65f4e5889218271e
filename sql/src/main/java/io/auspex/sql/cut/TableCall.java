package io.auspex.sql.cut;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.Column;
import io.auspex.catalog.ErrorCode;
import io.auspex.catalog.ModelVersion;
import io.auspex.catalog.Names;
import io.auspex.catalog.Output;
import io.auspex.sql.fragment.InlineCall;
import io.auspex.sql.fragment.OutputNames;
import io.auspex.sql.fragment.PredictStream;
import io.auspex.sql.fragment.Prediction;
import io.auspex.sql.fragment.Strategy;
import io.auspex.sql.fragment.StreamNames;
import io.auspex.sql.lexer.Tokens;
import io.auspex.sql.statement.Shape.Call;
import io.auspex.sql.statement.Shape.Nested;
import io.auspex.sql.statement.Shape.Span;
import io.auspex.udf.binding.Bindings;
import io.auspex.udf.binding.Feature;
import io.auspex.udf.binding.WholeTensors;
import io.auspex.udf.domain.Domains;
import io.auspex.udf.duckdb.InlineFunctions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code PREDICT(MODEL m, TABLE t | (query) [, DESCRIPTOR(…)])} where a table stands. */
final class TableCall {
  private static final long UNKNOWN_ROWS = -1;

  private final FragmentWriter writer;
  private final Cutting cutting;
  private final Tokens tokens;
  private final Call call;
  private final Place place;

  /** As it is used over the rows, once they are known. */
  private ModelVersion model;

  TableCall(FragmentWriter writer, Call call, Place place) {
    this.writer = writer;
    this.cutting = writer.cutting();
    this.tokens = cutting.tokens();
    this.call = call;
    this.place = place;
    this.model = cutting.model(call);
  }

  /** What stands in the text instead: the name of a stream, or a query with an inline function. */
  Sql write() {
    checkArguments();
    boolean inline = cutting.isStrategy("inline");
    FragmentWriter input = inline ? writer.probe() : writer.input();
    Place outside = input.place(place.scope());
    Sql rows = input.carrying(table(input, outside), outside.scope());
    List<Column> columns = describe(input, rows);
    List<Feature> features = features(columns);
    List<String> names = OutputNames.of(model, columns.stream().map(Column::name).toList());
    return inline
        ? inlined(columns, features, names)
        : streamed(input, rows, columns, features, names);
  }

  private void checkArguments() {
    List<Span> arguments = call.arguments();
    boolean given =
        !arguments.isEmpty()
            && (tokens.isWord(arguments.get(0).first(), "TABLE") || isQuery(arguments.get(0)));
    if (!given) {
      throw cutting.syntax(
          arguments.isEmpty() ? call.name() : arguments.get(0).first(),
          "In FROM, PREDICT takes rows: PREDICT(MODEL "
              + tokens.spelling(call.model())
              + ", TABLE t) or a (query) in place of TABLE t.");
    }
    boolean described =
        arguments.size() == 1
            || (arguments.size() == 2 && tokens.isWord(arguments.get(1).first(), "DESCRIPTOR"));
    if (!described) {
      throw cutting.syntax(
          arguments.get(1).first(), "After its rows, PREDICT takes DESCRIPTOR(column, …) only.");
    }
  }

  private static boolean isQuery(Span argument) {
    return argument.items().size() == 1
        && argument.items().get(0) instanceof Nested nested
        && nested.first() == argument.first() + 1;
  }

  /** The table argument, as what follows FROM. */
  private Sql table(FragmentWriter into, Place at) {
    Span rows = call.arguments().get(0);
    if (isQuery(rows)) {
      Nested nested = (Nested) rows.items().get(0);
      return Sql.of("(").append(into.query(nested.query(), at)).append(")");
    }
    return into.span(new Span(rows.first() + 1, rows.end(), rows.items()), at);
  }

  private List<Column> describe(FragmentWriter input, Sql rows) {
    try {
      return input.describe(rows);
    } catch (AuspexException e) {
      throw e.at(cutting.position(call.arguments().get(0).first()));
    }
  }

  private List<Feature> features(List<Column> columns) {
    try {
      if (call.arguments().size() == 1) {
        model = WholeTensors.fit(model, columns, false);
        return Bindings.byName(model, columns);
      }
      List<Integer> chosen = descriptor(columns);
      List<Column> described = chosen.stream().map(columns::get).toList();
      model = WholeTensors.fit(model, described, true);
      return Bindings.byPosition(model, described).stream()
          .map(feature -> feature.at(chosen.get(feature.column())))
          .toList();
    } catch (AuspexException e) {
      throw e.at(cutting.position(call.name()));
    }
  }

  /** The ordinals of the columns that DESCRIPTOR names. */
  private List<Integer> descriptor(List<Column> columns) {
    Span argument = call.arguments().get(1);
    List<Integer> chosen = new ArrayList<>();
    for (int i = argument.first() + 2; i < argument.end() - 1; i++) {
      boolean first = tokens.is(i - 1, "(") || tokens.is(i - 1, ",");
      boolean last = tokens.is(i + 1, ")") || tokens.is(i + 1, ",");
      if (tokens.isName(i) && first && last) {
        chosen.add(ordinal(i, columns));
      } else if (!tokens.is(i, ",")) {
        throw cutting.syntax(i, "DESCRIPTOR takes names of columns, with commas between them.");
      }
    }
    return chosen;
  }

  private int ordinal(int token, List<Column> columns) {
    String name = tokens.name(token);
    for (int k = 0; k < columns.size(); k++) {
      if (Names.fold(columns.get(k).name()).equals(Names.fold(name))) {
        return k;
      }
    }
    List<String> present = columns.stream().map(Column::name).toList();
    throw new AuspexException(
            ErrorCode.COLUMN_NOT_FOUND,
            name,
            "the rows given to PREDICT",
            Names.didYouMean(name, present))
        .at(cutting.position(token));
  }

  private Sql streamed(
      FragmentWriter input,
      Sql rows,
      List<Column> columns,
      List<Feature> features,
      List<String> names) {
    StringBuilder select = new StringBuilder("SELECT *");
    List<Feature> bound = new ArrayList<>();
    int next = columns.size();
    for (Feature feature : features) {
      if (feature.cast()) {
        String column = Names.quote(columns.get(feature.column()).name());
        select.append(", ").append(feature.expression(column));
        select.append(" AS \"__f").append(next - columns.size()).append('"');
        bound.add(feature.castAt(next++));
      } else {
        bound.add(feature);
      }
    }
    List<Output> outputs = model.signature().outputs();
    List<Column> all = new ArrayList<>(columns);
    for (int k = 0; k < outputs.size(); k++) {
      all.add(new Column(names.get(k), outputs.get(k).sqlType()));
    }
    String name = StreamNames.next();
    writer.add(
        new PredictStream(
            name,
            input.fragment(select + " FROM " + rows.written()),
            new Prediction(
                model,
                Strategy.STREAM,
                bound.size(),
                columns.size(),
                UNKNOWN_ROWS,
                names,
                0,
                "",
                ""),
            columns.size(),
            model,
            bound,
            outputs,
            all,
            Domains.NONE,
            Domains.NONE,
            Optional.empty(),
            false),
        place);
    return Sql.of(Names.quote(name));
  }

  private Sql inlined(List<Column> columns, List<Feature> features, List<String> names) {
    if (!writer.isProbing()) {
      cutting.requireInlineable(call, features);
    }
    InlineCall inline = InlineCall.of(model, features, model.signature().outputs());
    writer.add(inline.function());
    Sql arguments = new Sql();
    for (Feature feature : features) {
      String column = Names.quote(columns.get(feature.column()).name());
      arguments
          .append(arguments.isEmpty() ? "" : ", ")
          .append(InlineFunctions.argument(feature, feature.expression(column)));
    }
    Sql rows = table(writer, place);
    Sql value = new Sql().append(inline.call(arguments.written()), inline.none());
    if (inline.isOneValue()) {
      return Sql.of("(SELECT *, ")
          .append(value)
          .append(" AS " + Names.quote(names.get(0)) + " FROM ")
          .append(rows)
          .append(")");
    }
    String whole =
        Names.quote(Names.unused("__prediction", columns.stream().map(Column::name).toList()));
    Sql sql = Sql.of("(SELECT * EXCLUDE (" + whole + ")");
    for (int k = 0; k < names.size(); k++) {
      String field = Names.literal(model.signature().outputs().get(k).column());
      String extract = "struct_extract(" + whole + ", " + field + ")";
      sql.append(", " + extract + " AS " + Names.quote(names.get(k)));
    }
    return sql.append(" FROM (SELECT *, ")
        .append(value)
        .append(" AS " + whole + " FROM ")
        .append(rows)
        .append("))");
  }
}
