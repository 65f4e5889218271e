package io.auspex.sql.rule;

import io.auspex.sql.rel.Builders;
import io.auspex.sql.rel.Predict;
import io.auspex.sql.rel.PredictedColumn;
import io.auspex.sql.rel.SourceQuery;
import io.auspex.udf.binding.Feature;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql2rel.RelFieldTrimmer;
import org.apache.calcite.util.ImmutableBitSet;
import org.apache.calcite.util.mapping.Mapping;
import org.apache.calcite.util.mapping.MappingType;
import org.apache.calcite.util.mapping.Mappings;

/**
 * Drops what nobody reads: columns from the scans on, and outputs of predictions. A prediction none
 * of whose outputs is read is left with none, for {@link PredictRemoveRule}, or with one where that
 * is disabled.
 */
public final class FieldTrimmer extends RelFieldTrimmer {
  private final boolean leavesNone;
  private final Optional<JoinRemove> joins;
  private final Optional<ModelInsight> models;
  private final boolean trimsSources;
  private boolean leavesFeatures;
  private boolean trimsAny;
  private boolean removesJoins;

  /**
   * @param joins finds joins that are not needed; empty to keep them
   * @param models tell which features they look at; empty to keep them all
   * @param trimsSources whether columns of other databases are left out
   * @param leavesNone whether a prediction may be left with no outputs
   */
  FieldTrimmer(
      RelNode root,
      Optional<JoinRemove> joins,
      Optional<ModelInsight> models,
      boolean trimsSources,
      boolean leavesNone) {
    super(null, Builders.AS_WRITTEN.create(root.getCluster(), null));
    this.joins = joins;
    this.models = models;
    this.trimsSources = trimsSources;
    this.leavesNone = leavesNone;
  }

  /** Whether a join was not needed. */
  boolean removesJoins() {
    return removesJoins;
  }

  /** Whether a column of another database was not needed. */
  boolean leavesSourceColumns() {
    return trimsAny;
  }

  /** Whether a feature was not needed. */
  boolean leavesFeatures() {
    return leavesFeatures;
  }

  /** Called by Calcite, which finds it by the type of its first parameter. */
  public TrimResult trimFields(
      Predict predict, ImmutableBitSet used, Set<RelDataTypeField> extraFields) {
    List<Integer> keptPassing = new ArrayList<>();
    List<PredictedColumn> outputs = new ArrayList<>();
    List<Integer> kept = new ArrayList<>();
    int passing = predict.passing().size();
    for (int ordinal : used) {
      kept.add(ordinal);
      if (ordinal < passing) {
        keptPassing.add(predict.passing().get(ordinal));
      } else {
        outputs.add(predict.outputs().get(ordinal - passing));
      }
    }
    if (kept.isEmpty() && leavesNone) {
      // Its rows may still be counted.
      kept.add(0);
      keptPassing.add(predict.passing().get(0));
    }
    if (outputs.isEmpty() && !leavesNone) {
      kept.add(passing);
      outputs.add(predict.outputs().get(0));
    }
    List<Feature> features =
        outputs.isEmpty()
            ? List.of()
            : models.map(inside -> inside.reads(predict, outputs)).orElse(predict.features());
    leavesFeatures |= !outputs.isEmpty() && features.size() < predict.features().size();
    ImmutableBitSet inputUsed =
        ImmutableBitSet.of(keptPassing)
            .union(ImmutableBitSet.of(features.stream().map(Feature::column).toList()));
    TrimResult input = trimChild(predict, predict.getInput(), inputUsed, Set.of());
    Mapping moved = input.right;
    Predict trimmed =
        predict.at(
            input.left,
            features.stream()
                .map(feature -> feature.at(moved.getTarget(feature.column())))
                .toList(),
            keptPassing.stream().map(moved::getTarget).toList(),
            outputs);
    Mapping mapping =
        Mappings.create(
            MappingType.INVERSE_SURJECTION, predict.getRowType().getFieldCount(), kept.size());
    for (int i = 0; i < kept.size(); i++) {
      mapping.set(kept.get(i), i);
    }
    return result(trimmed, mapping, predict);
  }

  /** Called by Calcite. Of a join that is not needed there stays the side that is read. */
  public TrimResult trimFields(
      LogicalJoin join, ImmutableBitSet used, Set<RelDataTypeField> extraFields) {
    Optional<JoinSide> unneeded = joins.flatMap(finder -> finder.unneeded(join, used));
    if (unneeded.isEmpty()) {
      return trimFields((Join) join, used, extraFields);
    }
    removesJoins = true;
    JoinSide kept = new JoinSide(join, !unneeded.get().isLeft());
    TrimResult input = trimChild(join, kept.input(), used.shift(-kept.offset()), Set.of());
    Mapping mapping =
        Mappings.create(
            MappingType.INVERSE_SURJECTION,
            join.getRowType().getFieldCount(),
            input.left.getRowType().getFieldCount());
    input.right.forEach(pair -> mapping.set(pair.source + kept.offset(), pair.target));
    return result(input.left, mapping, join);
  }

  /** Called by Calcite. Of another database, only what is needed is read. */
  public TrimResult trimFields(
      SourceQuery query, ImmutableBitSet used, Set<RelDataTypeField> extraFields) {
    int width = query.getRowType().getFieldCount();
    if (!trimsSources || used.cardinality() == width) {
      return result(query, Mappings.createIdentity(width));
    }
    // Rows without a column may still be counted.
    List<Integer> kept = used.isEmpty() ? List.of(0) : used.asList();
    trimsAny = true;
    Mapping mapping = Mappings.create(MappingType.INVERSE_SURJECTION, width, kept.size());
    for (int i = 0; i < kept.size(); i++) {
      mapping.set(kept.get(i), i);
    }
    return result(SourceProjectRule.chosen(query, kept), mapping, query);
  }

  /** A scan stays as it is: what is not selected above it, DuckDB does not read. */
  @Override
  public TrimResult trimFields(
      TableScan scan, ImmutableBitSet used, Set<RelDataTypeField> extraFields) {
    return result(scan, Mappings.createIdentity(scan.getRowType().getFieldCount()));
  }
}
