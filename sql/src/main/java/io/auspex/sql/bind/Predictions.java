package io.auspex.sql.bind;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.auspex.catalog.Input;
import io.auspex.catalog.ModelVersion;
import io.auspex.catalog.Names;
import io.auspex.catalog.Output;
import io.auspex.sql.context.NotUnderstood;
import io.auspex.sql.rel.PredictFunction;
import io.auspex.sql.tree.Json;
import io.auspex.sql.tree.QueryTree;
import io.auspex.sql.tree.Trees;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;

/** Binds {@code PREDICT(MODEL m, …)} in expressions, and {@code PREDICT(…).output}. */
final class Predictions {
  private final Binding binding;
  private final ExpressionBinder expressions;

  Predictions(Binding binding, ExpressionBinder expressions) {
    this.binding = binding;
    this.expressions = expressions;
  }

  /** The prediction that a node is, if it is one. */
  Optional<RexCall> bound(ObjectNode node) {
    Optional<Integer> call = QueryTree.predict(node);
    if (call.isPresent()) {
      return Optional.of(call(node, binding.model(call.get()), Optional.empty()));
    }
    return Json.is(node, "type", "STRUCT_EXTRACT", "ARRAY_EXTRACT")
        ? field(node)
        : Optional.empty();
  }

  private Optional<RexCall> field(ObjectNode extract) {
    List<ObjectNode> operands = Json.children(extract, "children");
    Optional<Integer> call = QueryTree.predict(operands.get(0));
    if (call.isEmpty()) {
      return Optional.empty();
    }
    ModelVersion model = binding.model(call.get());
    if (Json.is(extract, "type", "ARRAY_EXTRACT") && model.signature().outputs().size() == 1) {
      // An element of the output itself.
      return Optional.empty();
    }
    String name = Names.fold(operands.get(1).path("literal").path("text").asText());
    List<Output> outputs = model.signature().outputs();
    Optional<Output> output =
        outputs.stream().filter(found -> Names.fold(found.column()).equals(name)).findFirst();
    if (output.isEmpty()) {
      throw new NotUnderstood("the field " + name + " of a prediction");
    }
    return Optional.of(
        call(operands.get(0), model, outputs.size() == 1 ? Optional.empty() : output));
  }

  private RexCall call(ObjectNode node, ModelVersion model, Optional<Output> output) {
    List<RexNode> values = values(node, model).stream().map(expressions::bind).toList();
    return (RexCall)
        binding.rex().makeCall(binding.anyType(), new PredictFunction(model, output), values);
  }

  private static List<ObjectNode> values(ObjectNode node, ModelVersion model) {
    List<ObjectNode> arguments = Json.children(node, "arguments");
    List<ObjectNode> given = arguments.subList(1, arguments.size());
    if (given.isEmpty()) {
      return names(model).stream().map(Trees::column).toList();
    } else if (given.stream().anyMatch(argument -> !Json.text(argument, "name").isEmpty())) {
      return byName(model, given);
    }
    return given.stream().map(Predictions::value).toList();
  }

  private static ObjectNode value(ObjectNode argument) {
    return (ObjectNode) argument.path("expression");
  }

  private static List<ObjectNode> byName(ModelVersion model, List<ObjectNode> arguments) {
    Map<String, ObjectNode> values = new LinkedHashMap<>();
    for (ObjectNode argument : arguments) {
      String name = Json.text(argument, "name");
      if (name.isEmpty()) {
        throw new NotUnderstood("PREDICT with named and unnamed features");
      } else if (values.put(Names.fold(name), value(argument)) != null) {
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
}
