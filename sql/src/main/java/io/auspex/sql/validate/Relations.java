package io.auspex.sql.validate;

import io.auspex.sql.rel.Relation;
import java.util.HashMap;
import java.util.Map;
import org.apache.calcite.schema.Table;
import org.apache.calcite.schema.impl.AbstractSchema;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.parser.SqlParserPos;

/** What one statement reads: tables, views, and queries that stay DuckDB's own text. */
final class Relations {
  private final Map<String, Table> tables = new HashMap<>();

  /** Makes a relation known to the validator, under the name that is returned. */
  SqlIdentifier add(Relation relation, SqlParserPos position) {
    String name = "relation " + tables.size();
    tables.put(name, relation);
    return new SqlIdentifier(name, position);
  }

  AbstractSchema schema() {
    return new AbstractSchema() {
      @Override
      protected Map<String, Table> getTableMap() {
        return tables;
      }
    };
  }
}
