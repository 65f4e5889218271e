package io.auspex.sql.unparse;

import io.auspex.catalog.Names;
import io.auspex.sql.fragment.Renaming;
import io.auspex.sql.rel.OpaqueQuery;
import io.auspex.sql.rel.RawSql;
import io.auspex.sql.rel.Relation;
import io.auspex.sql.rel.SourceQuery;
import io.auspex.sql.rel.SourceScan;
import io.auspex.sql.rel.StreamScan;
import io.auspex.sql.rel.Verbatim;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.hint.RelHint;
import org.apache.calcite.rel.rel2sql.RelToSqlConverter;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.sql.validate.SqlValidatorUtil;

/** DuckDB's SQL of a plan without predictions. */
public final class WarehouseSql extends RelToSqlConverter {
  /** Of a projection whose columns are read often: nothing above it may be merged with it. */
  public static final RelHint COMPUTED_ONCE = RelHint.builder("computed once").build();

  /** Of a table whose database does not say. */
  private static final long UNKNOWN_ROWS = 100_000;

  private final boolean isForTypes;

  private WarehouseSql(RelNode plan, boolean isForTypes) {
    this(InnerNames.of(plan), isForTypes);
  }

  /**
   * @param innerNames what queries inside of expressions name; no table around them is called so
   */
  private WarehouseSql(Set<String> innerNames, boolean isForTypes) {
    super(innerNames.isEmpty() ? WarehouseDialect.INSTANCE : WarehouseDialect.QUALIFYING);
    this.isForTypes = isForTypes;
    aliasSet.addAll(innerNames);
  }

  /** The text to run; reads streams by their names. Parameters are not yet numbered. */
  public static String of(RelNode plan) {
    return new WarehouseSql(plan, false).sql(plan);
  }

  /** A text of the same columns that can be described before its streams exist. */
  public static String forTypes(RelNode plan) {
    return new WarehouseSql(plan, true).sql(plan);
  }

  private String sql(RelNode plan) {
    // A text that is all of the plan stands alone, since only so it keeps its order.
    if (plan instanceof OpaqueQuery query) {
      return text(query);
    } else if (plan instanceof TableScan scan && relation(scan).isQuery()) {
      return relation(scan).query();
    }
    return WarehouseDialect.sql(visitRoot(plan).asStatement());
  }

  @Override
  public Result visit(TableScan scan) {
    return named(relation(scan), scan);
  }

  private static RawSql relation(TableScan scan) {
    return scan.getTable().unwrapOrThrow(Relation.class).sql();
  }

  /**
   * Calcite, which knows only window functions of its own, would put one of ours into another's
   * arguments, or compute it before a LIMIT below it. And it would have rows sorted by what SELECT
   * calls as a column below is called.
   */
  @Override
  public Result visit(Project project) {
    RelNode input = project.getInput();
    boolean isFenced =
        hasWindow(project) && isSorted(input)
            || input instanceof Project inner
                && (hasWindow(inner) || inner.getHints().contains(COMPUTED_ONCE))
            || isSorted(input) && shadows(project);
    return super.visit(isFenced ? (Project) overText(project) : project);
  }

  @Override
  public Result visit(Aggregate aggregate) {
    boolean isFenced = aggregate.getInput() instanceof Project inner && hasWindow(inner);
    return super.visit(isFenced ? (Aggregate) overText(aggregate) : aggregate);
  }

  /**
   * Calcite would write the condition as HAVING, with what was computed before grouping in it.
   * There DuckDB may read the {@code f} of {@code SELECT a + f AS f} as the sum itself, whatever
   * the column below is.
   */
  @Override
  public Result visit(Filter filter) {
    boolean isFenced =
        filter.getInput() instanceof Aggregate aggregate
            && aggregate.getInput() instanceof Project project
            && !project.getProjects().stream().allMatch(RexInputRef.class::isInstance);
    return super.visit(isFenced ? (Filter) overText(filter) : filter);
  }

  /**
   * DuckDB (2.0) mixes up columns, and ends, where a join by anything but equality has an outer
   * join beside it that asks a query in its condition.
   */
  @Override
  public Result visit(Join join) {
    Join fenced = join;
    for (int side = 0; side < 2; side++) {
      if (isAskingOuterJoin(join.getInput(side))) {
        fenced = (Join) overText(fenced, side);
      }
    }
    return super.visit(fenced);
  }

  private static boolean isAskingOuterJoin(RelNode node) {
    return node instanceof Join join
        && join.getJoinType().isOuterJoin()
        && Verbatim.hasQuery(join.getCondition());
  }

  /** DuckDB would sort by what SELECT calls so, where the plan means a column below it. */
  @Override
  public Result visit(Sort sort) {
    return super.visit(renames(sort.getInput()) ? (Sort) overText(sort) : sort);
  }

  private static boolean renames(RelNode node) {
    return node instanceof Project project && shadows(project)
        || (node instanceof Aggregate || node instanceof Filter) && renames(node.getInput(0));
  }

  /** Whether a column has the name of another one below it. */
  private static boolean shadows(Project project) {
    Set<String> below = new HashSet<>();
    collectNames(project.getInput(), below);
    List<String> names = project.getRowType().getFieldNames();
    List<String> input = project.getInput().getRowType().getFieldNames();
    for (int i = 0; i < names.size(); i++) {
      boolean isItself =
          project.getProjects().get(i) instanceof RexInputRef column
              && Names.fold(input.get(column.getIndex())).equals(Names.fold(names.get(i)));
      if (!isItself && below.contains(Names.fold(names.get(i)))) {
        return true;
      }
    }
    return false;
  }

  private static void collectNames(RelNode node, Set<String> names) {
    node.getRowType().getFieldNames().forEach(name -> names.add(Names.fold(name)));
    node.getInputs().forEach(input -> collectNames(input, names));
  }

  private RelNode overText(RelNode node) {
    return overText(node, 0);
  }

  /** The node over one of its inputs as text, with which nothing of it is merged. */
  private RelNode overText(RelNode node, int ordinal) {
    RelNode input = node.getInput(ordinal);
    List<String> names = input.getRowType().getFieldNames();
    String text = WarehouseDialect.sql(visitInput(node, ordinal).asStatement());
    String renamed = isJoin(input) ? Renaming.of(text, names) : text;
    List<RelNode> inputs = new ArrayList<>(node.getInputs());
    inputs.set(ordinal, new OpaqueQuery(input.getCluster(), List.of(renamed), List.of(), names));
    return node.copy(node.getTraitSet(), inputs);
  }

  private static boolean isSorted(RelNode node) {
    return node instanceof Sort || node instanceof Project project && isSorted(project.getInput());
  }

  private static boolean hasWindow(Project project) {
    return project.getProjects().stream().anyMatch(Verbatim::hasWindow);
  }

  /** Called by Calcite, which finds it by the type of its parameter. */
  public Result visit(OpaqueQuery query) {
    return named(new RawSql('(' + text(query) + ')', "query"), query);
  }

  private String text(OpaqueQuery query) {
    StringBuilder text = new StringBuilder(query.pieces().get(0));
    for (int i = 0; i < query.getInputs().size(); i++) {
      text.append('(').append(input(query, i)).append(')').append(query.pieces().get(i + 1));
    }
    return text.toString();
  }

  private String input(OpaqueQuery query, int ordinal) {
    String input = WarehouseDialect.sql(visitInput(query, ordinal).asStatement());
    List<String> names = query.inputColumns(ordinal);
    RelNode read = query.getInput(ordinal);
    boolean isSame = read.getRowType().getFieldNames().equals(names) && !isJoin(read);
    return isSame ? input : Renaming.of(input, names);
  }

  /** Whether DuckDB gives its columns other names than Calcite, where two have the same. */
  private static boolean isJoin(RelNode node) {
    return node instanceof Join
        || (node instanceof Filter || node instanceof Sort) && isJoin(node.getInput(0));
  }

  /** Called by Calcite, which finds it by the type of its parameter. */
  public Result visit(StreamScan scan) {
    return named(isForTypes ? scan.typeSql() : scan.sql(), scan);
  }

  /** Called by Calcite, which finds it by the type of its parameter. */
  public Result visit(SourceScan scan) {
    return named(isForTypes ? nulls(scan.stream().nulls()) : scan.sql(), scan);
  }

  /**
   * Called by Calcite. Before it has a stream, DuckDB is only asked about it: rows of the right
   * types stand for it, as many as it is expected to have.
   */
  public Result visit(SourceQuery query) {
    String values =
        query.readColumns().stream()
            .map(
                c ->
                    "TRY_CAST(CAST(range AS VARCHAR) AS "
                        + c.type()
                        + ") AS "
                        + Names.quote(c.name()))
            .collect(Collectors.joining(", "));
    long rows = query.rows() < 0 ? UNKNOWN_ROWS : query.rows();
    return named(nulls("SELECT " + values + " FROM range(" + rows + ")"), query);
  }

  private static RawSql nulls(String query) {
    return new RawSql('(' + query + ')', "source");
  }

  /** A piece of FROM under a name of its own. */
  private Result named(RawSql from, RelNode node) {
    String alias =
        SqlValidatorUtil.uniquify(from.alias(), aliasSet, SqlValidatorUtil.EXPR_SUGGESTER);
    return result(
        from, List.of(Clause.FROM), alias, node.getRowType(), Map.of(alias, node.getRowType()));
  }
}
