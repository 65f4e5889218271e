package io.auspex.sql.unparse;

import io.auspex.sql.context.RemoteColumn;
import io.auspex.sql.context.RemoteSystem;
import io.auspex.sql.rel.RawSql;
import io.auspex.sql.rel.Relation;
import io.auspex.sql.rel.SourceQuery;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.config.NullCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.rel2sql.RelToSqlConverter;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDialect;
import org.apache.calcite.sql.SqlDialect.DatabaseProduct;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.dialect.AnsiSqlDialect;
import org.apache.calcite.sql.dialect.MysqlSqlDialect;
import org.apache.calcite.sql.dialect.PostgresqlSqlDialect;
import org.apache.calcite.sql.validate.SqlValidatorUtil;

/**
 * Another database's SQL of a {@link SourceQuery}. Its expressions are that SQL already, so that of
 * a dialect we need the quotes, the way to say which rows are first, and where NULLs stand.
 */
public final class SourceSql extends RelToSqlConverter {
  private static final SqlDialect POSTGRESQL =
      new PostgresqlSqlDialect(
          context(DatabaseProduct.POSTGRESQL, "\"").withNullCollation(NullCollation.HIGH)) {
        @Override
        public void unparseCall(SqlWriter writer, SqlCall call, int left, int right) {
          call.getOperator().unparse(writer, call, left, right);
        }

        @Override
        public void unparseOffsetFetch(SqlWriter writer, SqlNode offset, SqlNode fetch) {
          unparseFetchUsingLimit(writer, offset, fetch);
        }

        @Override
        public boolean supportGenerateSelectStar(RelNode node) {
          return false;
        }
      };

  private static final SqlDialect MYSQL =
      new MysqlSqlDialect(
          context(DatabaseProduct.MYSQL, "`").withNullCollation(NullCollation.LOW)) {
        @Override
        public void unparseCall(SqlWriter writer, SqlCall call, int left, int right) {
          call.getOperator().unparse(writer, call, left, right);
        }

        @Override
        public boolean supportGenerateSelectStar(RelNode node) {
          return false;
        }
      };

  /** SQLite's, and what most others read. */
  private static final SqlDialect OTHER =
      new AnsiSqlDialect(
          context(DatabaseProduct.UNKNOWN, "\"").withNullCollation(NullCollation.LOW)) {
        @Override
        public void unparseCall(SqlWriter writer, SqlCall call, int left, int right) {
          call.getOperator().unparse(writer, call, left, right);
        }

        @Override
        public void unparseOffsetFetch(SqlWriter writer, SqlNode offset, SqlNode fetch) {
          unparseFetchUsingLimit(writer, offset, fetch);
        }

        @Override
        public boolean supportGenerateSelectStar(RelNode node) {
          return false;
        }
      };

  private SourceSql(SqlDialect dialect) {
    super(dialect);
  }

  private static SqlDialect.Context context(DatabaseProduct product, String quote) {
    return SqlDialect.EMPTY_CONTEXT
        .withDatabaseProduct(product)
        .withIdentifierQuoteString(quote)
        .withUnquotedCasing(Casing.UNCHANGED)
        .withQuotedCasing(Casing.UNCHANGED);
  }

  private static SqlDialect of(RemoteSystem system) {
    return switch (system) {
      case POSTGRESQL -> POSTGRESQL;
      case MARIADB -> MYSQL;
      case SQLITE, GENERIC -> OTHER;
    };
  }

  /** The text that the source gets. */
  public static String of(SourceQuery query) {
    SqlDialect dialect = of(query.origin().system());
    SqlNode tree = new SourceSql(dialect).visitRoot(query.plan()).asStatement();
    String sql = WarehouseDialect.sql(tree, dialect);
    List<String> given = query.plan().getRowType().getFieldNames();
    List<String> names = query.columns().stream().map(RemoteColumn::name).toList();
    return given.equals(names) ? sql : renamed(sql, given, names, dialect);
  }

  private static String renamed(
      String sql, List<String> given, List<String> names, SqlDialect dialect) {
    String columns =
        IntStream.range(0, names.size())
            .mapToObj(
                i ->
                    dialect.quoteIdentifier(given.get(i))
                        + " AS "
                        + dialect.quoteIdentifier(names.get(i)))
            .collect(Collectors.joining(", "));
    return "SELECT " + columns + " FROM (" + sql + ") AS named";
  }

  @Override
  public Result visit(TableScan scan) {
    RawSql from = scan.getTable().unwrapOrThrow(Relation.class).sql();
    String alias =
        SqlValidatorUtil.uniquify(from.alias(), aliasSet, SqlValidatorUtil.EXPR_SUGGESTER);
    return result(
        from, List.of(Clause.FROM), alias, scan.getRowType(), Map.of(alias, scan.getRowType()));
  }
}
