package io.auspex.sql.bind;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.auspex.catalog.Names;
import io.auspex.sql.rel.Verbatim;
import io.auspex.sql.rel.VerbatimAggregate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * The groups of a SELECT and what is computed of them. Its rows have the keys, then the aggregates
 * in the order in which they are asked for.
 */
final class Grouping {
  private final Binding binding;
  private final ExpressionBinder rows;
  private final Canonical canonical;
  private final Map<String, Integer> ordinalsOfKeys = new LinkedHashMap<>();
  private final List<RexNode> keys = new ArrayList<>();
  private final List<RexCall> aggregates = new ArrayList<>();

  /**
   * @param rows binds what is computed of the rows before they are grouped
   */
  Grouping(Binding binding, ExpressionBinder rows, Scope scope, List<ObjectNode> keys) {
    this.binding = binding;
    this.rows = rows;
    this.canonical = new Canonical(binding, scope);
    for (ObjectNode key : keys) {
      RexNode bound = rows.bind(key);
      if (!this.keys.contains(bound)) {
        this.keys.add(bound);
      }
      ordinalsOfKeys.put(canonical.text(key), this.keys.indexOf(bound));
    }
  }

  /** The column that an expression is, where it is a key. */
  Optional<RexNode> key(ObjectNode expression) {
    if (!expression.has("class") || ordinalsOfKeys.isEmpty()) {
      return Optional.empty();
    }
    return Optional.ofNullable(ordinalsOfKeys.get(canonical.text(expression))).map(binding::column);
  }

  /** The column of an aggregate. */
  RexNode aggregate(ObjectNode call) {
    RexCall bound = rows.aggregate(call);
    if (!aggregates.contains(bound)) {
      aggregates.add(bound);
    }
    return binding.column(keys.size() + aggregates.indexOf(bound));
  }

  /** The groups of these rows, with all that was asked for. */
  RelNode of(RelNode input) {
    List<RexNode> columns = new ArrayList<>(keys);
    for (RexCall aggregate : aggregates) {
      for (RexNode operand : aggregate.getOperands()) {
        if (!columns.contains(operand)) {
          columns.add(operand);
        }
      }
    }
    if (columns.isEmpty()) {
      columns.add(binding.column(0));
    }
    List<String> names = new ArrayList<>();
    columns.forEach(column -> names.add(columnName(column, input, names)));
    RelNode projected = LogicalProject.create(input, List.of(), columns, names, Set.of());
    List<AggregateCall> calls = new ArrayList<>();
    for (RexCall aggregate : aggregates) {
      List<Integer> arguments = aggregate.getOperands().stream().map(columns::indexOf).toList();
      calls.add(call(aggregate, arguments, Names.unused("a" + calls.size(), names)));
    }
    return LogicalAggregate.create(
        // A constant to group by would be printed as the ordinal of a column.
        keys.stream().anyMatch(Projections::isConstant) ? Projections.fenced(projected) : projected,
        List.of(),
        ImmutableBitSet.range(keys.size()),
        null,
        calls);
  }

  private static String columnName(RexNode column, RelNode input, List<String> taken) {
    String name =
        column instanceof RexInputRef ref
            ? input.getRowType().getFieldNames().get(ref.getIndex())
            : "e" + taken.size();
    return Names.unused(name, taken);
  }

  private AggregateCall call(RexCall aggregate, List<Integer> arguments, String name) {
    return AggregateCall.create(
        new VerbatimAggregate((Verbatim) aggregate.getOperator()),
        false,
        arguments,
        -1,
        binding.anyType(),
        name);
  }
}
