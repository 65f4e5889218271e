package io.auspex.sql.rel;

import io.auspex.catalog.Column;
import io.auspex.sql.context.RemoteColumn;
import io.auspex.sql.context.RemoteSystem;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.AbstractRelNode;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.type.RelDataType;

/**
 * A query that another database runs. It is a leaf: what is inside is algebra over that database's
 * tables, whose expressions are its own SQL. Rules put more of the plan above into it.
 *
 * <p>This is what Calcite calls a JDBC convention. Its own rules do not serve here, since they ask
 * only whether a system has an operator, not whether it means what DuckDB means.
 */
public final class SourceQuery extends AbstractRelNode {
  private final Origin origin;
  private final RelNode plan;
  private final List<RemoteColumn> columns;
  private final long rows;
  private final Set<String> told;

  /**
   * Where it runs.
   *
   * @param pushdown whether the source may be given more to do than to read columns
   */
  public record Origin(String source, RemoteSystem system, boolean pushdown) {}

  /**
   * @param plan what the source runs; its tables are {@link Relation}s with their names there
   * @param columns of its rows, with their types here and there
   * @param rows how many there are, as an estimate; −1 where unknown
   */
  public SourceQuery(
      RelOptCluster cluster, Origin origin, RelNode plan, List<RemoteColumn> columns, long rows) {
    this(cluster, origin, plan, columns, rows, Set.of());
  }

  private SourceQuery(
      RelOptCluster cluster,
      Origin origin,
      RelNode plan,
      List<RemoteColumn> columns,
      long rows,
      Set<String> told) {
    super(cluster, cluster.traitSet());
    this.origin = origin;
    this.plan = plan;
    this.columns = List.copyOf(columns);
    this.rows = rows;
    this.told = Set.copyOf(told);
  }

  public Origin origin() {
    return origin;
  }

  public RelNode plan() {
    return plan;
  }

  public List<RemoteColumn> columns() {
    return columns;
  }

  /** How many rows it gives, as an estimate; −1 where unknown. */
  public long rows() {
    return rows;
  }

  /** Another query of the same source. */
  public SourceQuery with(RelNode more, List<RemoteColumn> given, long estimate) {
    return new SourceQuery(getCluster(), origin, more, given, estimate, told);
  }

  /** The same, which keeps in mind what stays above it though it was told it, too. */
  public SourceQuery told(String what) {
    Set<String> all = new TreeSet<>(told);
    all.add(what);
    return new SourceQuery(getCluster(), origin, plan, columns, rows, all);
  }

  /** Whether it was told this already. */
  public boolean knows(String what) {
    return told.contains(what);
  }

  /** The columns as they are here. */
  public List<Column> readColumns() {
    return columns.stream().map(column -> new Column(column.name(), column.type())).toList();
  }

  @Override
  protected RelDataType deriveRowType() {
    return Types.row(
        getCluster().getTypeFactory(), columns.stream().map(RemoteColumn::name).toList());
  }

  @Override
  public RelWriter explainTerms(RelWriter writer) {
    return super.explainTerms(writer)
        .item("source", origin.source())
        .item("columns", columns)
        .item("told", new TreeSet<>(told))
        .item("plan", RelOptUtil.toString(plan));
  }
}
