package io.auspex.sql.validate;

import io.auspex.catalog.Names;
import io.auspex.sql.context.PlanningContext;
import io.auspex.sql.parser.NotUnderstood;
import io.auspex.sql.parser.Queries;
import io.auspex.sql.rel.Builders;
import io.auspex.sql.rel.NoStatistics;
import io.auspex.sql.rel.PredictFunction;
import io.auspex.sql.rel.PredictTable;
import io.auspex.sql.rel.Verbatim;
import io.auspex.sql.statement.QueryText;
import io.auspex.sql.unparse.ParameterMarks;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.config.CalciteConnectionConfig;
import org.apache.calcite.config.CalciteConnectionConfigImpl;
import org.apache.calcite.config.CalciteConnectionProperty;
import org.apache.calcite.config.NullCollation;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.jdbc.JavaTypeFactoryImpl;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.util.SqlOperatorTables;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorUtil;
import org.apache.calcite.sql2rel.SqlRexConvertletTable;
import org.apache.calcite.sql2rel.SqlToRelConverter;
import org.apache.calcite.sql2rel.StandardConvertletTable;

/** From a query's text to relational algebra. */
public final class QueryConverter {
  private static final Pattern UNKNOWN_COLUMN =
      Pattern.compile("Column '(.*)' not found in any table", Pattern.DOTALL);

  /** All that is left of operators when {@link QueryReader} has read a query. */
  private static final SqlOperatorTable OPERATORS =
      SqlOperatorTables.of(
          SqlStdOperatorTable.AND,
          SqlStdOperatorTable.COUNT,
          SqlStdOperatorTable.DESC,
          SqlStdOperatorTable.EXCEPT,
          SqlStdOperatorTable.EXCEPT_ALL,
          SqlStdOperatorTable.EXISTS,
          SqlStdOperatorTable.FILTER,
          SqlStdOperatorTable.IN,
          SqlStdOperatorTable.INTERSECT,
          SqlStdOperatorTable.INTERSECT_ALL,
          SqlStdOperatorTable.NOT_IN,
          SqlStdOperatorTable.NULLS_FIRST,
          SqlStdOperatorTable.NULLS_LAST,
          SqlStdOperatorTable.SCALAR_QUERY,
          SqlStdOperatorTable.UNION,
          SqlStdOperatorTable.UNION_ALL);

  private final RelDataTypeFactory types = new JavaTypeFactoryImpl();
  private static final Pattern ORDER = Pattern.compile("\\bORDER\\b", Pattern.CASE_INSENSITIVE);

  private final Relations relations = new Relations();
  private final PlanningContext context;
  private final QueryText query;

  private QueryConverter(QueryText query, PlanningContext context) {
    this.query = query;
    this.context = context;
  }

  /**
   * A query as algebra, with calls of {@link PredictTable} and {@link PredictFunction} in it.
   *
   * @throws NotUnderstood where it might not be what DuckDB would make of it
   */
  public static RelRoot convert(QueryText query, PlanningContext context) {
    if (query.text().contains(Verbatim.HOLE) || ParameterMarks.areIn(query.text())) {
      throw new NotUnderstood("characters of the private use area");
    }
    // Calcite keeps no ASC, and may write NULLS FIRST where nothing was said.
    if (ORDER.matcher(query.text()).find() && !context.ordersByDefault()) {
      throw new NotUnderstood("ORDER BY where default_order or default_null_order is set");
    }
    return new QueryConverter(query, context).convert(new HashSet<>());
  }

  private RelRoot convert(Set<String> aliasesOfGroups) {
    // The validator changes the tree, so that each attempt needs its own.
    SqlNode parsed = Queries.parse(query.text());
    QueryReader reader = new QueryReader(query, context, relations, aliasesOfGroups);
    SqlNode read = reader.query(parsed);
    CalciteCatalogReader catalog = catalog();
    SqlValidator validator = validator(catalog);
    try {
      SqlNode validated = validator.validate(read);
      checkNames(validated);
      return converter(validator, catalog).convertQuery(validated, false, true);
    } catch (CalciteContextException refused) {
      String message = refused.getCause() == null ? "" : refused.getCause().getMessage();
      Matcher unknown = UNKNOWN_COLUMN.matcher(String.valueOf(message));
      if (unknown.matches() && aliasesOfGroups.add(Names.fold(unknown.group(1)))) {
        return convert(aliasesOfGroups);
      }
      throw new NotUnderstood(String.valueOf(message));
    }
  }

  /**
   * Where a query inside another has two columns of a name, DuckDB and Calcite give the second one
   * different names.
   */
  private static void checkNames(SqlNode query) {
    SqlNode root = query instanceof SqlOrderBy order ? order.query : query;
    Trees.forEach(
        query,
        node -> {
          if (node instanceof SqlSelect select && select != root) {
            checkNames(select);
          }
        });
  }

  private static void checkNames(SqlSelect select) {
    Set<String> names = new HashSet<>();
    int ordinal = 0;
    for (SqlNode item : select.getSelectList()) {
      String name = nameOf(item, ordinal++);
      if (!names.add(Names.fold(name))) {
        throw new NotUnderstood("two columns " + Names.quote(name) + " in a subquery");
      }
    }
  }

  /** An item's name; of a column that Calcite has numbered, when it wrote out a star, its own. */
  private static String nameOf(SqlNode item, int ordinal) {
    String name = SqlValidatorUtil.alias(item, ordinal);
    if (item.getKind() == SqlKind.AS
        && ((SqlCall) item).operand(0) instanceof SqlIdentifier column) {
      String own = column.names.get(column.names.size() - 1);
      return name.matches(Pattern.quote(own) + "\\d+") ? own : name;
    }
    return name;
  }

  private CalciteCatalogReader catalog() {
    Properties properties = new Properties();
    properties.setProperty(CalciteConnectionProperty.CASE_SENSITIVE.camelName(), "false");
    CalciteConnectionConfig config = new CalciteConnectionConfigImpl(properties);
    CalciteSchema root = CalciteSchema.createRootSchema(false, false, "", relations.schema());
    return new CalciteCatalogReader(root, List.of(), types, config);
  }

  private SqlValidator validator(CalciteCatalogReader catalog) {
    SqlValidator.Config config =
        SqlValidator.Config.DEFAULT
            .withCallRewrite(false)
            .withTypeCoercionEnabled(false)
            .withIdentifierExpansion(true)
            .withDefaultNullCollation(NullCollation.LAST)
            .withConformance(NameLookup.INSTANCE);
    return SqlValidatorUtil.newValidator(OPERATORS, catalog, types, config);
  }

  private SqlToRelConverter converter(SqlValidator validator, CalciteCatalogReader catalog) {
    SqlToRelConverter.Config config =
        SqlToRelConverter.config()
            .withExpand(false)
            .withDecorrelationEnabled(false)
            .withTrimUnusedFields(false)
            .withRemoveSortInSubQuery(false)
            .withInSubQueryThreshold(Integer.MAX_VALUE)
            .withRelBuilderConfigTransform(Builders::asWritten);
    HepPlanner planner = new HepPlanner(HepProgram.builder().build());
    RelOptCluster cluster = RelOptCluster.create(planner, new RexBuilder(types));
    cluster.setMetadataQuerySupplier(NoStatistics::query);
    return new SqlToRelConverter(null, validator, catalog, cluster, convertlets(), config);
  }

  private static SqlRexConvertletTable convertlets() {
    return call -> {
      boolean isOurs =
          call.getOperator() instanceof Verbatim
              || call.getOperator() instanceof PredictFunction
              || call.getOperator() instanceof PredictTable;
      if (!isOurs) {
        return StandardConvertletTable.INSTANCE.get(call);
      }
      return (rex, node) ->
          rex.getRexBuilder()
              .makeCall(
                  rex.getValidator().getValidatedNodeType(node),
                  node.getOperator(),
                  node.getOperandList().stream().map(rex::convertExpression).toList());
    };
  }
}
