package io.auspex.sql.rel;

import io.auspex.catalog.ModelVersion;
import io.auspex.sql.fragment.Prediction;
import io.auspex.udf.binding.Feature;
import io.auspex.udf.domain.Domains;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.SingleRel;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;

/**
 * The rows of its input, in their order, with a model's outputs appended. A row's outputs depend on
 * nothing but the row.
 *
 * <p>Not every column of the input need pass: some are there for the model only.
 */
public final class Predict extends SingleRel {
  private final int width;
  private final ModelVersion model;
  private final List<Feature> features;
  private final List<Integer> passing;
  private final List<PredictedColumn> outputs;
  private final Domains domains;
  private final Optional<Prediction> decided;

  /**
   * @param width how many columns there are to choose features from; trimming leaves fewer
   * @param features what the model reads; their columns are ordinals of the input
   * @param passing the ordinals of the input's columns that come first in the rows, in order
   * @param outputs the outputs computed, which follow them
   */
  public Predict(
      RelOptCluster cluster,
      RelTraitSet traits,
      RelNode input,
      int width,
      ModelVersion model,
      List<Feature> features,
      List<Integer> passing,
      List<PredictedColumn> outputs) {
    this(
        cluster,
        traits,
        input,
        width,
        model,
        features,
        passing,
        outputs,
        Domains.NONE,
        Optional.empty());
  }

  private Predict(
      RelOptCluster cluster,
      RelTraitSet traits,
      RelNode input,
      int width,
      ModelVersion model,
      List<Feature> features,
      List<Integer> passing,
      List<PredictedColumn> outputs,
      Domains domains,
      Optional<Prediction> decided) {
    super(cluster, traits, input);
    this.width = width;
    this.model = model;
    this.features = List.copyOf(features);
    this.passing = List.copyOf(passing);
    this.outputs = List.copyOf(outputs);
    this.domains = domains;
    this.decided = decided;
  }

  /** A prediction over a new input, by which all columns pass. */
  public static Predict create(
      RelNode input, ModelVersion model, List<Feature> features, List<PredictedColumn> outputs) {
    List<Integer> all = new ArrayList<>();
    for (int i = 0; i < input.getRowType().getFieldCount(); i++) {
      all.add(i);
    }
    return new Predict(
        input.getCluster(), input.getTraitSet(), input, all.size(), model, features, all, outputs);
  }

  /** The same prediction over an input that DuckDB runs together with it. */
  public Predict decided(Prediction how, RelNode input) {
    return copy(traitSet, input, domains, Optional.of(how));
  }

  /**
   * The same prediction, once something is known of the rows of its input.
   *
   * @param known of the features
   */
  public Predict within(Domains known, RelNode input) {
    return copy(traitSet, input, known, Optional.empty());
  }

  /** What is known of the features of all rows. */
  public Domains domains() {
    return domains;
  }

  /** How it runs, once that is decided. */
  public Optional<Prediction> decided() {
    return decided;
  }

  public int width() {
    return width;
  }

  public ModelVersion model() {
    return model;
  }

  public List<Feature> features() {
    return features;
  }

  public List<Integer> passing() {
    return passing;
  }

  public List<PredictedColumn> outputs() {
    return outputs;
  }

  /**
   * The same prediction over another input.
   *
   * @param read the features, at their columns of the input
   * @param passed the ordinals of the input's columns that come first
   * @param predicted the outputs that follow them
   */
  public Predict at(
      RelNode input, List<Feature> read, List<Integer> passed, List<PredictedColumn> predicted) {
    return new Predict(
        getCluster(),
        traitSet,
        input,
        width,
        model,
        read,
        passed,
        predicted,
        domains,
        Optional.empty());
  }

  /**
   * The same prediction over another input with the columns of its features where they were.
   *
   * @param passed the ordinals of the input's columns that come first
   * @param predicted the outputs that follow them
   */
  public Predict with(RelNode input, List<Integer> passed, List<PredictedColumn> predicted) {
    return at(input, features, passed, predicted);
  }

  @Override
  public Predict copy(RelTraitSet traits, List<RelNode> inputs) {
    return copy(traits, inputs.get(0), domains, decided);
  }

  private Predict copy(RelTraitSet traits, RelNode input, Domains known, Optional<Prediction> how) {
    return new Predict(
        getCluster(), traits, input, width, model, features, passing, outputs, known, how);
  }

  @Override
  protected RelDataType deriveRowType() {
    RelDataTypeFactory.Builder row = getCluster().getTypeFactory().builder();
    List<RelDataTypeField> fields = getInput().getRowType().getFieldList();
    passing.forEach(ordinal -> row.add(fields.get(ordinal)));
    outputs.forEach(output -> row.add(output.name(), Types.any(getCluster().getTypeFactory())));
    return row.build();
  }

  @Override
  public RelWriter explainTerms(RelWriter writer) {
    List<String> names = getInput().getRowType().getFieldNames();
    return super.explainTerms(writer)
        .item("model", model.model())
        .item("version", model.version())
        .item("features", features.stream().map(f -> names.get(f.column())).toList())
        .itemIf("passing", passing.stream().map(names::get).toList(), passing.size() < names.size())
        .itemIf("domains", domains, !domains.isEmpty())
        .item("outputs", outputs.stream().map(PredictedColumn::name).collect(Collectors.toList()));
  }
}
