package io.auspex.engine.source;

import io.auspex.engine.source.type.BatchBuilder;
import io.auspex.engine.source.type.DuckType;
import io.auspex.engine.source.type.PostgresReaders;
import io.auspex.engine.source.type.PostgresTypes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A query as PostgreSQL is to run it: columns whose binary form is not read as what they are to be
 * are cast by the server.
 */
record PostgresPlan(String sql, PostgresReaders.Reader[] readers) {

  /**
   * Asks the server what the query gives.
   *
   * @param types what its columns are to be
   * @param condition on the columns {@code c1}, {@code c2}, …; empty where all rows are wanted
   */
  static PostgresPlan of(
      Connection connection,
      String sql,
      List<DuckType> types,
      Optional<String> condition,
      BatchBuilder batch)
      throws SQLException {
    List<String> names = resultTypes(connection, sql, types.size());
    PostgresReaders.Reader[] readers = new PostgresReaders.Reader[types.size()];
    List<String> outputs = new ArrayList<>();
    boolean isCast = false;
    for (int i = 0; i < readers.length; i++) {
      DuckType type = types.get(i);
      String column = "c" + (i + 1);
      Optional<PostgresReaders.Reader> direct =
          PostgresReaders.of(names.get(i), type, batch.column(i));
      if (direct.isPresent()) {
        readers[i] = direct.get();
        outputs.add(column);
      } else {
        isCast = true;
        readers[i] = PostgresReaders.of(castName(type), type, batch.column(i)).orElseThrow();
        outputs.add("CAST(" + column + " AS " + PostgresTypes.cast(type) + ")");
      }
    }
    if (!isCast && condition.isEmpty()) {
      return new PostgresPlan(sql, readers);
    }
    String columns =
        IntStream.rangeClosed(1, types.size())
            .mapToObj(i -> "c" + i)
            .collect(Collectors.joining(", "));
    String wrapped =
        "SELECT "
            + String.join(", ", outputs)
            + " FROM ("
            + sql
            + "\n) AS t("
            + columns
            + ")"
            + condition.map(text -> " WHERE " + text).orElse("");
    return new PostgresPlan(wrapped, readers);
  }

  private static String castName(DuckType type) {
    String cast = PostgresTypes.cast(type);
    return cast.endsWith("[]")
        ? "_" + withoutParameters(cast.substring(0, cast.length() - 2))
        : withoutParameters(cast);
  }

  private static String withoutParameters(String type) {
    int parameters = type.indexOf('(');
    return parameters < 0 ? type : type.substring(0, parameters);
  }

  private static List<String> resultTypes(Connection connection, String sql, int expected)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      ResultSetMetaData described = statement.getMetaData();
      int found = described == null ? 0 : described.getColumnCount();
      if (found != expected) {
        throw new SQLException(
            "it gives " + found + " columns where " + expected + " are expected");
      }
      List<String> names = new ArrayList<>();
      for (int i = 1; i <= found; i++) {
        names.add(
            switch (described.getColumnTypeName(i)) {
              // What the driver calls columns with a sequence.
              case "smallserial" -> "int2";
              case "serial" -> "int4";
              case "bigserial" -> "int8";
              default -> described.getColumnTypeName(i);
            });
      }
      return names;
    }
  }
}
