package io.auspex.sql.cut;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.Column;
import io.auspex.catalog.ElementType;
import io.auspex.catalog.Input;
import io.auspex.catalog.ModelVersion;
import io.auspex.catalog.Names;
import io.auspex.sql.lexer.Token;
import io.auspex.sql.lexer.Tokens;
import io.auspex.sql.statement.Shape.Block;
import io.auspex.sql.statement.Shape.Call;
import io.auspex.sql.statement.Shape.Span;
import io.auspex.udf.binding.Feature;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The types of the arguments of a PREDICT in an expression. DuckDB is asked for them where the
 * arguments can be understood from the FROM clause alone; elsewhere the SQL itself refuses what
 * would be cast by mistake.
 */
final class ArgumentTypes {
  /** Words that are no operand, so that what follows is not the name of one. */
  private static final String[] BEFORE_OPERAND = {
    "SELECT",
    "DISTINCT",
    "ALL",
    "CASE",
    "WHEN",
    "THEN",
    "ELSE",
    "AND",
    "OR",
    "NOT",
    "IN",
    "IS",
    "LIKE",
    "ILIKE",
    "BETWEEN",
    "BY",
    "FROM",
    "WHERE",
    "HAVING",
    "QUALIFY",
    "FILTER",
    "OVER",
    "AS"
  };

  private final FragmentWriter writer;
  private final Tokens tokens;
  private final ModelVersion model;
  private final Call call;
  private final Place place;

  ArgumentTypes(FragmentWriter writer, ModelVersion model, Call call, Place place) {
    this.writer = writer;
    this.tokens = writer.cutting().tokens();
    this.model = model;
    this.call = call;
    this.place = place;
  }

  /**
   * The arguments as columns, or, where there are none, the columns in scope; empty where DuckDB
   * cannot tell.
   *
   * @param names of the arguments; empty if they have none
   */
  Optional<List<Column>> find(List<String> names, List<Span> values) {
    Optional<Block> block =
        place.query().blocks().stream()
            .filter(found -> found.first() <= call.name() && call.name() < found.end())
            .findFirst()
            .filter(found -> isUnderstoodFromItsTables(found, values));
    if (block.isEmpty()) {
      return Optional.empty();
    }
    try {
      List<Column> found = describe(block.get(), values);
      return Optional.of(names.isEmpty() ? found : named(found, names));
    } catch (AuspexException e) {
      // Not understood from FROM alone: a name from elsewhere, or an error that is yet to be found.
      return Optional.empty();
    }
  }

  /** A name in ORDER BY, GROUP BY, … may mean an item of the SELECT list that is called so. */
  private boolean isUnderstoodFromItsTables(Block block, List<Span> values) {
    if (call.name() >= block.fromFirst() && call.name() < block.fromEnd()) {
      return false;
    }
    for (int i = Math.max(block.first(), block.fromEnd()); i < call.name(); i++) {
      if (tokens.isWord(i, "ORDER", "GROUP", "HAVING", "QUALIFY")) {
        return !values.isEmpty() && values.stream().noneMatch(value -> readsAlias(value, block));
      }
    }
    return true;
  }

  private boolean readsAlias(Span value, Block block) {
    for (int i = value.first(); i < value.end(); i++) {
      if (tokens.isName(i) && isAlias(tokens.name(i), block)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether an item of the block's SELECT list may be called so: after AS or an operand, before a
   * colon.
   */
  private boolean isAlias(String name, Block block) {
    for (int i = block.first() + 1; i < block.end(); i++) {
      boolean isHere = tokens.isName(i) && Names.fold(tokens.name(i)).equals(Names.fold(name));
      boolean isInFrom = i >= block.fromFirst() && i < block.fromEnd();
      boolean isCalled = tokens.isWord(i - 1, "AS") || endsOperand(i - 1) || tokens.is(i + 1, ":");
      if (isHere && !isInFrom && isCalled) {
        return true;
      }
    }
    return false;
  }

  private boolean endsOperand(int token) {
    return tokens.is(token, ")")
        || tokens.is(token, "]")
        || tokens.is(token, "}")
        || tokens.kind(token) == Token.Kind.PARAMETER
        || tokens.kind(token) == Token.Kind.STRING
        || tokens.kind(token) == Token.Kind.NUMBER
        || (tokens.isName(token) && !tokens.isWord(token, BEFORE_OPERAND));
  }

  private List<Column> describe(Block block, List<Span> values) {
    FragmentWriter probe = writer.probe();
    Place outside = probe.place(place.scope()).in(place.query());
    Sql select = Sql.of("(SELECT ");
    for (int k = 0; k < values.size(); k++) {
      Span value = values.get(k);
      select.append(k == 0 ? "" : ", ");
      select.append(probe.span(value, outside)).append(" AS " + label(value, k));
    }
    select.append(values.isEmpty() ? "*" : "");
    if (block.fromFirst() >= 0) {
      Span from = new Span(block.fromFirst(), block.fromEnd(), place.query().body().items());
      select.append(" ").append(probe.span(from, outside));
    }
    return probe.describe(probe.carrying(select.append(")"), outside.scope()));
  }

  /** What errors call the argument. */
  private String label(Span value, int ordinal) {
    boolean column = value.end() == value.first() + 1 && tokens.isName(value.first());
    String name = column ? tokens.name(value.first()) : "argument " + (ordinal + 1);
    return Names.quote(name);
  }

  private static List<Column> named(List<Column> columns, List<String> names) {
    List<Column> named = new ArrayList<>();
    for (int k = 0; k < names.size(); k++) {
      named.add(new Column(names.get(k), columns.get(k).type()));
    }
    return named;
  }

  /** Columns such as the model takes them, by these names, or as many as there are. */
  List<Column> expected(List<String> names, int count) {
    List<Column> wanted = wanted();
    if (!names.isEmpty()) {
      return names.stream().map(name -> wanted(name, wanted)).toList();
    } else if (count == 0 || count == wanted.size()) {
      return wanted;
    }
    List<Input> inputs = model.signature().inputs();
    return count == inputs.size()
        ? inputs.stream().map(ArgumentTypes::array).toList()
        : Collections.nCopies(count, new Column("", carrier(inputs.get(0).type())));
  }

  private Column wanted(String name, List<Column> wanted) {
    return wanted.stream()
        .filter(column -> column.name().equalsIgnoreCase(name))
        .findFirst()
        .or(
            () ->
                model.signature().inputs().stream()
                    .filter(input -> input.name().equalsIgnoreCase(name))
                    .map(ArgumentTypes::array)
                    .findFirst())
        .orElseGet(() -> new Column(name, "DOUBLE"));
  }

  private List<Column> wanted() {
    List<Column> columns = new ArrayList<>();
    for (Input input : model.signature().inputs()) {
      String type = carrier(input.type());
      if (!input.takesArray()) {
        input.features().forEach(name -> columns.add(new Column(name, type)));
      } else {
        columns.add(input.width() == 1 ? new Column(input.name(), type) : array(input));
      }
    }
    return columns;
  }

  private static Column array(Input input) {
    String name = input.features().isEmpty() ? input.name() : input.features().get(0);
    return new Column(name, carrier(input.type()) + "[]".repeat(input.rowShape().size()));
  }

  /** The names by which the model's features can be given. */
  static List<String> names(ModelVersion model) {
    List<String> names = new ArrayList<>();
    for (Input input : model.signature().inputs()) {
      names.addAll(input.features());
      names.add(input.name());
    }
    return names;
  }

  /** A double keeps what a float might refuse. */
  private static String carrier(ElementType type) {
    return type.isFloatingPoint() ? "DOUBLE" : type.sqlType();
  }

  /** An argument of known type. */
  Sql cast(Sql value, Feature feature) {
    return feature.cast()
        ? Sql.of("CAST(").append(value).append(" AS " + feature.sqlType() + ")")
        : value;
  }

  /**
   * An argument of unknown type: DuckDB knows the type when it binds the statement, and folds the
   * condition.
   */
  Sql guarded(Sql value, Feature feature) {
    String error =
        "The input "
            + feature.input().name()
            + " of the model "
            + model.model()
            + " takes "
            + feature.sqlType()
            + ", but PREDICT was given another type. Say what you mean with CAST.";
    return Sql.of("CASE WHEN regexp_full_match(typeof(")
        .append(value)
        .append("), " + Names.literal(accepted(feature)) + ") THEN CAST(")
        .append(value)
        .append(" AS " + feature.sqlType() + ") ELSE error(" + Names.literal(error) + ") END");
  }

  /** The types, as typeof writes them, that may be cast to the feature's. */
  private static String accepted(Feature feature) {
    String text = "VARCHAR|ENUM\\(.*\\)";
    String number = "U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|FLOAT|DOUBLE|DECIMAL\\(.*\\)|BOOLEAN";
    String element = feature.input().type() == ElementType.STRING ? text : number;
    String suffix = feature.sqlType().endsWith("]") ? "(\\[\\d*\\])+" : "";
    return "\"NULL\"|(" + element + ")" + suffix;
  }
}
