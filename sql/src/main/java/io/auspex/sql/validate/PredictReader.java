package io.auspex.sql.validate;

import io.auspex.catalog.Input;
import io.auspex.catalog.ModelVersion;
import io.auspex.catalog.Names;
import io.auspex.catalog.Output;
import io.auspex.sql.context.PlanningContext;
import io.auspex.sql.parser.NotUnderstood;
import io.auspex.sql.parser.SqlModelReference;
import io.auspex.sql.rel.PredictFunction;
import io.auspex.sql.rel.PredictTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Reads calls of {@code PREDICT}, as an expression and in FROM. */
final class PredictReader {
  private final PlanningContext context;

  PredictReader(PlanningContext context) {
    this.context = context;
  }

  static boolean isPredict(SqlNode node) {
    return node instanceof SqlCall call
        && call.getOperator().getName().equalsIgnoreCase("PREDICT")
        && call.operandCount() > 0
        && call.operand(0) instanceof SqlModelReference;
  }

  /** Whether PREDICT is called anywhere in a query. */
  static boolean isIn(SqlNode query) {
    boolean[] found = new boolean[1];
    Trees.forEach(query, node -> found[0] |= isPredict(node));
    return found[0];
  }

  SqlNode call(SqlCall call, ExpressionReader expressions) {
    return call(call, Optional.empty(), expressions);
  }

  /** {@code PREDICT(…).output}. */
  SqlNode field(SqlCall dot, ExpressionReader expressions) {
    if (!isPredict(dot.operand(0)) || !(dot.operand(1) instanceof SqlIdentifier field)) {
      throw new NotUnderstood("a field of " + dot.operand(0));
    }
    List<Output> outputs = model(dot.operand(0)).signature().outputs();
    Optional<Output> output =
        outputs.stream()
            .filter(found -> ExpressionReader.isNamed(field, found.column()))
            .findFirst();
    if (output.isEmpty()) {
      throw new NotUnderstood("the field " + field + " of a prediction");
    }
    return call(dot.operand(0), outputs.size() == 1 ? Optional.empty() : output, expressions);
  }

  private SqlNode call(SqlCall call, Optional<Output> output, ExpressionReader expressions) {
    ModelVersion model = model(call);
    List<SqlNode> arguments = arguments(call);
    List<SqlNode> values;
    if (arguments.isEmpty()) {
      values = columnNames(model, call.getParserPosition());
    } else if (arguments.stream().anyMatch(node -> node.getKind() == SqlKind.ARGUMENT_ASSIGNMENT)) {
      values = byName(model, arguments);
    } else {
      values = arguments;
    }
    return new PredictFunction(model, output)
        .createCall(call.getParserPosition(), expressions.expressions(values));
  }

  /** The features as columns in scope. */
  private static List<SqlNode> columnNames(ModelVersion model, SqlParserPos position) {
    List<SqlNode> columns = new ArrayList<>();
    names(model).forEach(name -> columns.add(new SqlIdentifier(name, position)));
    return columns;
  }

  private static List<SqlNode> byName(ModelVersion model, List<SqlNode> arguments) {
    Map<String, SqlNode> values = new LinkedHashMap<>();
    for (SqlNode argument : arguments) {
      if (argument.getKind() != SqlKind.ARGUMENT_ASSIGNMENT) {
        throw new NotUnderstood("PREDICT with named and unnamed features");
      }
      SqlCall assignment = (SqlCall) argument;
      String name = ((SqlIdentifier) assignment.operand(1)).getSimple();
      if (values.put(Names.fold(name), assignment.operand(0)) != null) {
        throw new NotUnderstood("PREDICT with the feature " + name + " twice");
      }
    }
    List<String> names = names(model).stream().map(Names::fold).toList();
    if (names.size() != values.size() || !values.keySet().containsAll(names)) {
      throw new NotUnderstood("PREDICT with other features than the model's");
    }
    return names.stream().map(values::get).toList();
  }

  /** A name for each value the model takes, in order. */
  private static List<String> names(ModelVersion model) {
    List<String> names = new ArrayList<>();
    for (Input input : model.signature().inputs()) {
      names.addAll(input.features().isEmpty() ? List.of(input.name()) : input.features());
    }
    return names;
  }

  /** The table form over its input, which has been read. */
  SqlNode table(SqlCall call, SqlNode input) {
    Optional<List<String>> columns = Optional.empty();
    List<SqlNode> more = arguments(call);
    if (more.size() == 2 && more.get(1) instanceof SqlCall descriptor) {
      columns = Optional.of(descriptor(descriptor));
    } else if (more.size() != 1) {
      throw new NotUnderstood("PREDICT with these arguments");
    }
    SqlCall predict =
        new PredictTable(model(call), columns).createCall(call.getParserPosition(), input);
    return SqlStdOperatorTable.COLLECTION_TABLE.createCall(call.getParserPosition(), predict);
  }

  private static List<String> descriptor(SqlCall call) {
    List<String> columns = new ArrayList<>();
    for (SqlNode column : call.getOperandList()) {
      if (!call.getOperator().getName().equalsIgnoreCase("DESCRIPTOR")
          || !(column instanceof SqlIdentifier name)
          || !name.isSimple()
          || name.isStar()) {
        throw new NotUnderstood("PREDICT with these arguments");
      }
      columns.add(name.getSimple());
    }
    return columns;
  }

  private ModelVersion model(SqlCall call) {
    SqlModelReference reference = call.operand(0);
    return context.model(reference.modelName(), reference.version());
  }

  private static List<SqlNode> arguments(SqlCall call) {
    return call.getOperandList().subList(1, call.operandCount());
  }
}
