package io.auspex.engine;

import io.auspex.catalog.Names;
import io.trino.tpch.TpchColumn;
import io.trino.tpch.TpchEntity;
import io.trino.tpch.TpchTable;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.stream.Collectors;

/** The eight tables of TPC-H with the rows its generator gives; numbers with decimals are exact. */
final class Tpch {
  private Tpch() {}

  /**
   * Makes the tables.
   *
   * @param scale 1 is some 8.7 million rows
   * @param folder for files on the way
   */
  static void load(User user, double scale, Path folder) throws SQLException, IOException {
    for (TpchTable<?> table : TpchTable.getTables()) {
      load(user, table, scale, folder);
    }
  }

  private static <E extends TpchEntity> void load(
      User user, TpchTable<E> table, double scale, Path folder) throws SQLException, IOException {
    Path file = folder.resolve(table.getTableName() + ".tbl");
    try (BufferedWriter lines = Files.newBufferedWriter(file)) {
      for (E row : table.createGenerator(scale, 1, 1)) {
        String line = row.toLine();
        // Each value ends with a bar, the last one too.
        lines.append(line, 0, line.length() - 1).append('\n');
      }
    }
    String name = Names.quote(sqlName(table));
    String columns = table.getColumns().stream().map(Tpch::column).collect(Collectors.joining(","));
    user.run(
        "CREATE TABLE " + name + " (" + columns + ")",
        "COPY " + name + " FROM '" + file + "' (FORMAT csv, DELIMITER '|', HEADER false)");
    Files.delete(file);
  }

  /** The generator's name, written as the queries write it. */
  private static String sqlName(TpchTable<?> table) {
    return table.getTableName().replace("_", "");
  }

  private static String column(TpchColumn<?> column) {
    String type =
        switch (column.getType().getBase()) {
          case IDENTIFIER -> "BIGINT";
          case INTEGER -> "INTEGER";
          case DOUBLE -> "DECIMAL(15, 2)";
          case DATE -> "DATE";
          case VARCHAR -> "VARCHAR";
        };
    return Names.quote(column.getColumnName()) + " " + type + " NOT NULL";
  }
}
