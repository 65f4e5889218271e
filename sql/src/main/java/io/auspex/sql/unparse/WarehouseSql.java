package io.auspex.sql.unparse;

import io.auspex.sql.fragment.Renaming;
import io.auspex.sql.rel.OpaqueQuery;
import io.auspex.sql.rel.RawSql;
import io.auspex.sql.rel.Relation;
import io.auspex.sql.rel.StreamScan;
import io.auspex.sql.rel.Verbatim;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.rel2sql.RelToSqlConverter;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.sql.validate.SqlValidatorUtil;

/** DuckDB's SQL of a plan without predictions. */
public final class WarehouseSql extends RelToSqlConverter {
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

  /** Calcite would put a window function into another's arguments, which knows only its own. */
  @Override
  public Result visit(Project project) {
    if (project.getInput() instanceof Project inner
        && inner.getProjects().stream().anyMatch(WarehouseSql::hasWindow)) {
      String text = WarehouseDialect.sql(visitInput(project, 0).asStatement());
      RelNode opaque =
          new OpaqueQuery(
              inner.getCluster(), List.of(text), List.of(), inner.getRowType().getFieldNames());
      return super.visit((Project) project.copy(project.getTraitSet(), List.of(opaque)));
    }
    return super.visit(project);
  }

  private static boolean hasWindow(RexNode expression) {
    boolean[] found = new boolean[1];
    expression.accept(
        new RexVisitorImpl<Void>(true) {
          @Override
          public Void visitCall(RexCall call) {
            found[0] |= call.getOperator() instanceof Verbatim verbatim && verbatim.isWindow();
            return super.visitCall(call);
          }
        });
    return found[0];
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
    boolean isSame = query.getInput(ordinal).getRowType().getFieldNames().equals(names);
    return isSame ? input : Renaming.of(input, names);
  }

  /** Called by Calcite, which finds it by the type of its parameter. */
  public Result visit(StreamScan scan) {
    return named(isForTypes ? scan.typeSql() : scan.sql(), scan);
  }

  /** A piece of FROM under a name of its own. */
  private Result named(RawSql from, RelNode node) {
    String alias =
        SqlValidatorUtil.uniquify(from.alias(), aliasSet, SqlValidatorUtil.EXPR_SUGGESTER);
    return result(
        from, List.of(Clause.FROM), alias, node.getRowType(), Map.of(alias, node.getRowType()));
  }
}
