package io.auspex.sql.rule;

import io.auspex.sql.context.PlanningContext;
import io.auspex.sql.context.PlanningContext.Range;
import io.auspex.sql.rel.Predict;
import io.auspex.udf.binding.Feature;
import io.auspex.udf.domain.Domain;
import io.auspex.udf.domain.Domain.Numbers;
import io.auspex.udf.domain.Domains;
import io.auspex.udf.predict.ModelProfile.Slot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.calcite.rel.RelNode;

/**
 * What DuckDB's statistics let expect of the features of rows: between the least and the greatest
 * value of a table's column. Of a Predict that is a stream
 *
 * <pre>
 * Predict(features=[year, age], splits=900)
 *   scan of sales_2024
 * </pre>
 *
 * rows of 2024 are then computed without what the model has for other years. The plan stays as it
 * is; EXPLAIN says {@code splits=512 of 900, expected=statistics}.
 *
 * <p>Statistics are asked for before the snapshot is taken that the query reads, so that they prove
 * nothing: each batch is looked at, and where a value is otherwise the whole model computes it.
 * Features are read for that, even if nothing else looks at them.
 */
public final class StatisticsPrune {
  private final Function<RelNode, List<String>> types;
  private final PlanningContext context;

  /**
   * Ranges are widened to multiples of about this share of them, so that not each row that is added
   * makes another model.
   */
  private static final double GRAIN = 1.0 / 16;

  /** The columns of a table, and which of the features are read from them. */
  private record Origins(List<String> columns, List<Feature> features) {}

  /**
   * @param types the types DuckDB gives a plan's columns
   */
  public StatisticsPrune(Function<RelNode, List<String>> types, PlanningContext context) {
    this.types = types;
    this.context = context;
  }

  /**
   * What is expected, with what is known for certain; nothing where that is all.
   *
   * @param read what the model looks at
   */
  public Domains expected(Predict predict, Set<Slot> read) {
    Map<List<String>, Origins> tables = new LinkedHashMap<>();
    for (Feature feature : predict.features()) {
      if (read.contains(Slot.of(feature.input(), feature.slot()))) {
        Lineage.of(predict.getInput(), feature.column())
            .filter(Lineage::isOfTable)
            .ifPresent(origin -> add(origin, feature, tables));
      }
    }
    if (tables.isEmpty()) {
      return Domains.NONE;
    }
    List<String> columns = types.apply(predict.getInput());
    Domains.Builder expected = new Domains.Builder(predict.domains());
    tables.forEach(
        (table, origins) -> {
          List<Optional<Range>> ranges = context.ranges(table, origins.columns());
          for (int i = 0; i < ranges.size(); i++) {
            Feature feature = origins.features().get(i);
            String type = columns.get(feature.column());
            ranges
                .get(i)
                .flatMap(range -> domain(range, type, feature))
                .flatMap(numbers -> within(numbers, predict.domains(), feature))
                .ifPresent(domain -> expected.add(feature.input(), feature.slot(), domain));
          }
        });
    Domains all = expected.build();
    return all.equals(predict.domains()) ? Domains.NONE : all;
  }

  private static void add(Lineage origin, Feature feature, Map<List<String>, Origins> tables) {
    Origins origins =
        tables.computeIfAbsent(
            origin.table(), table -> new Origins(new ArrayList<>(), new ArrayList<>()));
    origins.columns().add(origin.column());
    origins.features().add(feature);
  }

  private static Optional<Numbers> domain(Range range, String type, Feature feature) {
    Restriction between =
        new Restriction(Restriction.Test.BETWEEN, List.of(range.low(), range.high()));
    return FeatureDomain.of(List.of(between), type, feature.input().type())
        .filter(Numbers.class::isInstance)
        .map(domain -> widened((Numbers) domain, range.hasNulls()));
  }

  private static Numbers widened(Numbers numbers, boolean mayBeMissing) {
    double low = numbers.low();
    double high = numbers.high();
    double grain = Math.scalb(1.0, Math.getExponent((high - low) * GRAIN));
    if (low == high || Double.isInfinite(grain)) {
      return numbers.missing(mayBeMissing);
    }
    return Numbers.between(
        Math.floor(low / grain) * grain, Math.ceil(high / grain) * grain, mayBeMissing);
  }

  /** Nothing where no value would be as is expected. */
  private static Optional<Domain> within(Numbers expected, Domains known, Feature feature) {
    Domain before = known.of(feature.input(), feature.slot()).orElse(Numbers.ALL);
    if (!(before instanceof Numbers numbers)) {
      return Optional.empty();
    }
    Numbers both = numbers.meet(expected);
    return both.isEmpty() && !both.mayBeMissing() ? Optional.empty() : Optional.of(both);
  }
}
