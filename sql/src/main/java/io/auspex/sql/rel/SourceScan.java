package io.auspex.sql.rel;

import io.auspex.catalog.Column;
import io.auspex.catalog.Names;
import io.auspex.sql.fragment.SourceStream;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.rel.AbstractRelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.type.RelDataType;

/** What a fragment reads of a {@link SourceQuery}. */
public final class SourceScan extends AbstractRelNode {
  private final SourceStream stream;

  public SourceScan(RelOptCluster cluster, SourceStream stream) {
    super(cluster, cluster.traitSet());
    this.stream = stream;
  }

  public SourceStream stream() {
    return stream;
  }

  @Override
  protected RelDataType deriveRowType() {
    return Types.row(
        getCluster().getTypeFactory(), stream.readColumns().stream().map(Column::name).toList());
  }

  /** The stream, by its name. */
  public RawSql sql() {
    return new RawSql(Names.quote(stream.name()), "source");
  }

  @Override
  public RelWriter explainTerms(RelWriter writer) {
    return super.explainTerms(writer).item("stream", stream.name());
  }
}
