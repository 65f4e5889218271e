package io.auspex.sql.unparse;

import io.auspex.catalog.Names;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.config.NullCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.type.RelDataTypeSystem;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDialect;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.SqlWriterConfig;
import org.apache.calcite.sql.dialect.DuckDBSqlDialect;
import org.apache.calcite.sql.pretty.SqlPrettyWriter;
import org.apache.calcite.sql.validate.SqlConformance;
import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.checkerframework.checker.nullness.qual.Nullable;

/** How SQL is printed for DuckDB: as it was parsed, every name quoted. */
public final class WarehouseDialect extends DuckDBSqlDialect {
  private static final SqlDialect.Context CONTEXT =
      SqlDialect.EMPTY_CONTEXT
          .withDatabaseProduct(DatabaseProduct.DUCKDB)
          .withIdentifierQuoteString("\"")
          .withUnquotedCasing(Casing.UNCHANGED)
          .withQuotedCasing(Casing.UNCHANGED)
          .withNullCollation(NullCollation.LAST)
          .withDataTypeSystem(RelDataTypeSystem.DEFAULT);

  public static final WarehouseDialect INSTANCE = new WarehouseDialect(false);

  /** Writes the table of every column, even where there is only one. */
  static final WarehouseDialect QUALIFYING = new WarehouseDialect(true);

  private static final SqlWriterConfig CONFIG =
      SqlPrettyWriter.config()
          .withDialect(INSTANCE)
          .withAlwaysUseParentheses(true)
          .withSelectListItemsOnSeparateLines(false)
          .withClauseStartsLine(true)
          .withIndentation(2);

  private final boolean isQualifying;

  private WarehouseDialect(boolean isQualifying) {
    super(CONTEXT);
    this.isQualifying = isQualifying;
  }

  @Override
  public boolean hasImplicitTableAlias() {
    return !isQualifying;
  }

  /** The text of a tree. Operators in operators stand in parentheses. */
  public static String sql(SqlNode node) {
    return new Writer(INSTANCE).format(node);
  }

  /** The same in another dialect. */
  static String sql(SqlNode node, SqlDialect dialect) {
    return new Writer(dialect).format(node);
  }

  /** As written: what the dialect would translate was DuckDB's already. */
  @Override
  public void unparseCall(SqlWriter writer, SqlCall call, int leftPrecedence, int rightPrecedence) {
    call.getOperator().unparse(writer, call, leftPrecedence, rightPrecedence);
  }

  @Override
  public void quoteStringLiteral(StringBuilder text, @Nullable String charset, String value) {
    text.append(Names.literal(value));
  }

  @Override
  public void unparseOffsetFetch(SqlWriter writer, SqlNode offset, SqlNode fetch) {
    unparseFetchUsingLimit(writer, offset, fetch);
  }

  /** DuckDB gives the columns of a join other names than Calcite, where two have the same. */
  @Override
  public boolean supportGenerateSelectStar(RelNode node) {
    return !(node instanceof Join);
  }

  @Override
  public SqlConformance getConformance() {
    return SqlConformanceEnum.STRICT_2003;
  }

  private static final class Writer extends SqlPrettyWriter {
    private boolean afterKeyword;

    Writer(SqlDialect dialect) {
      super(CONFIG.withDialect(dialect).withClauseStartsLine(dialect == INSTANCE));
    }

    @Override
    public void keyword(String word) {
      super.keyword(word);
      afterKeyword = !word.isEmpty() && Character.isLetter(word.charAt(word.length() - 1));
    }

    /** Calcite forgets the space after WHERE, AND, … where a list of conditions begins. */
    @Override
    public void print(String text) {
      if (afterKeyword) {
        setNeedWhitespace(true);
        afterKeyword = false;
      }
      super.print(text);
    }

    @Override
    public void dynamicParam(int index) {
      print(ParameterMarks.value(index, "BIGINT"));
      setNeedWhitespace(true);
    }
  }
}
