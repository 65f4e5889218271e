package io.auspex.shell.output;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;

/** The columns of a result: their names, and their rows' values as objects or as text. */
final class Columns {
  private final ResultSet result;
  private final List<String> names = new ArrayList<>();
  private final List<Boolean> numeric = new ArrayList<>();
  private final List<Boolean> json = new ArrayList<>();

  Columns(ResultSet result) throws SQLException {
    this.result = result;
    ResultSetMetaData metaData = result.getMetaData();
    for (int i = 1; i <= metaData.getColumnCount(); i++) {
      String type = metaData.getColumnTypeName(i);
      names.add(metaData.getColumnLabel(i));
      numeric.add(isNumeric(metaData.getColumnType(i), type));
      json.add("JSON".equals(type));
    }
  }

  int count() {
    return names.size();
  }

  List<String> names() {
    return names;
  }

  boolean isNumeric(int column) {
    return numeric.get(column);
  }

  boolean isJson(int column) {
    return json.get(column);
  }

  /** The value of a column (0-based) in the current row. */
  Object value(int column) throws SQLException {
    return result.getObject(column + 1);
  }

  /** The value of a column (0-based) as DuckDB writes it; null for NULL. */
  String text(int column) throws SQLException {
    return result.getString(column + 1);
  }

  /** The current row as text, null where a value is NULL. */
  String[] texts() throws SQLException {
    String[] texts = new String[count()];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = text(i);
    }
    return texts;
  }

  private static boolean isNumeric(int type, String typeName) {
    return switch (type) {
      case Types.TINYINT,
          Types.SMALLINT,
          Types.INTEGER,
          Types.BIGINT,
          Types.FLOAT,
          Types.REAL,
          Types.DOUBLE,
          Types.DECIMAL,
          Types.NUMERIC ->
          true;
      default -> typeName != null && (typeName.endsWith("HUGEINT") || typeName.equals("UBIGINT"));
    };
  }
}
