package io.auspex.sql.rule;

import io.auspex.catalog.Column;
import io.auspex.catalog.ModelVersion;
import io.auspex.catalog.Names;
import io.auspex.catalog.Output;
import io.auspex.sql.context.NotUnderstood;
import io.auspex.sql.fragment.OutputNames;
import io.auspex.sql.rel.Predict;
import io.auspex.sql.rel.PredictedColumn;
import io.auspex.udf.binding.Bindings;
import io.auspex.udf.binding.Feature;
import io.auspex.udf.binding.WholeTensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.calcite.rel.RelNode;

/** Binds models to the columns of an input, whose types it asks of DuckDB. */
public final class FeatureBinder {
  private final Function<RelNode, List<String>> types;

  /**
   * @param types the types DuckDB gives a plan's columns
   */
  public FeatureBinder(Function<RelNode, List<String>> types) {
    this.types = types;
  }

  /**
   * The table form: all columns pass, and all outputs are computed.
   *
   * @param bound the columns bound to the model's features by position; empty to bind by name
   */
  public Predict predict(RelNode input, ModelVersion stored, Optional<List<String>> bound) {
    List<String> names = input.getRowType().getFieldNames();
    List<Column> all = columns(input);
    ModelVersion model =
        WholeTensors.fit(
            stored,
            bound
                .map(chosen -> ordinals(names, chosen).stream().map(all::get).toList())
                .orElse(all),
            bound.isPresent());
    List<Feature> features =
        bound.isPresent()
            ? features(input, model, ordinals(names, bound.get()))
            : Bindings.byName(model, all);
    List<String> outputNames = OutputNames.of(model, names);
    List<Output> outputs = model.signature().outputs();
    List<PredictedColumn> columns =
        IntStream.range(0, outputs.size())
            .mapToObj(i -> new PredictedColumn(outputNames.get(i), outputs.get(i)))
            .toList();
    return Predict.create(input, model, features, columns);
  }

  /**
   * The model's features, bound by position.
   *
   * @param ordinals of the input's columns, in the order of the features
   */
  public List<Feature> features(RelNode input, ModelVersion model, List<Integer> ordinals) {
    List<Column> columns = columns(input);
    List<Feature> features = new ArrayList<>();
    for (Feature feature :
        Bindings.byPosition(model, ordinals.stream().map(columns::get).toList())) {
      features.add(feature.at(ordinals.get(feature.column())));
    }
    return features;
  }

  /** The types DuckDB gives a plan's columns. */
  List<String> types(RelNode plan) {
    return types.apply(plan);
  }

  /** The input's columns under the names the query knows them by. */
  private List<Column> columns(RelNode input) {
    List<String> names = input.getRowType().getFieldNames();
    List<String> found = types.apply(input);
    return IntStream.range(0, names.size())
        .mapToObj(i -> new Column(names.get(i), found.get(i)))
        .toList();
  }

  private static List<Integer> ordinals(List<String> names, List<String> wanted) {
    List<String> folded = names.stream().map(Names::fold).toList();
    List<Integer> ordinals = new ArrayList<>();
    for (String name : wanted) {
      int ordinal = folded.indexOf(Names.fold(name));
      if (ordinal < 0 || folded.lastIndexOf(Names.fold(name)) != ordinal) {
        throw new NotUnderstood("DESCRIPTOR(" + name + ")");
      }
      ordinals.add(ordinal);
    }
    return ordinals;
  }
}
