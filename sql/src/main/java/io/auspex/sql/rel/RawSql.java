package io.auspex.sql.rel;

import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/** A piece of SQL that is printed as it stands. To Calcite it is an identifier. */
public final class RawSql extends SqlIdentifier {
  private final String sql;

  /**
   * @param alias what a FROM clause calls it where the query gives it no other name
   */
  public RawSql(String sql, String alias) {
    super(List.of(alias), SqlParserPos.ZERO);
    this.sql = sql;
  }

  public String sql() {
    return sql;
  }

  /** Whether it is a query in parentheses. */
  public boolean isQuery() {
    return sql.startsWith("(");
  }

  /** The query without its parentheses. */
  public String query() {
    return sql.substring(1, sql.length() - 1);
  }

  /** What a FROM clause calls it where the query gives it no other name. */
  public String alias() {
    return names.get(0);
  }

  @Override
  public SqlNode clone(SqlParserPos position) {
    return this;
  }

  @Override
  public void unparse(SqlWriter writer, int leftPrecedence, int rightPrecedence) {
    writer.print(sql);
    writer.setNeedWhitespace(true);
  }
}
