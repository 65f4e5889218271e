package io.auspex.sql.rel;

import io.auspex.catalog.Column;
import io.auspex.catalog.Names;
import io.auspex.sql.fragment.PredictStream;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.rel.AbstractRelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.type.RelDataType;

/** What a fragment reads of a {@link Predict} that runs as a stream. */
public final class StreamScan extends AbstractRelNode {
  private final PredictStream stream;

  public StreamScan(RelOptCluster cluster, PredictStream stream) {
    super(cluster, cluster.traitSet());
    this.stream = stream;
  }

  public PredictStream stream() {
    return stream;
  }

  /** The stream, by its name. */
  public RawSql sql() {
    return new RawSql(Names.quote(stream.name()), "predicted");
  }

  /** What stands for the stream before there is one. */
  public RawSql typeSql() {
    return new RawSql('(' + stream.nulls() + ')', "predicted");
  }

  @Override
  protected RelDataType deriveRowType() {
    return Types.row(
        getCluster().getTypeFactory(), stream.columns().stream().map(Column::name).toList());
  }

  @Override
  public RelWriter explainTerms(RelWriter writer) {
    return super.explainTerms(writer).item("stream", stream.name());
  }
}
