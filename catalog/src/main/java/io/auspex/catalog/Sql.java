package io.auspex.catalog;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The catalog's SQL over one connection. Statements name tables as {@code auspex.model}; they are
 * meant in the warehouse's own database, whichever the session uses at the moment. Values go in as
 * parameters only.
 */
final class Sql {
  private static final Pattern SCHEMA = Pattern.compile("\\bauspex\\.");

  private final Connection connection;
  private final String schema;
  private final Questions questions;

  Sql(Connection connection, String database) {
    this.connection = connection;
    this.questions = new Questions(connection);
    this.schema = Matcher.quoteReplacement(Names.quote(database) + ".auspex.");
  }

  /** What is asked for each statement that names a model; its text is kept prepared. */
  <T> List<T> ask(Questions.Row<T> row, String sql, Object... parameters) {
    try {
      return questions.ask(row, inWarehouse(sql), parameters);
    } catch (SQLException failure) {
      throw failed(failure);
    }
  }

  <T> List<T> query(Questions.Row<T> row, String sql, Object... parameters) {
    try (PreparedStatement statement = prepare(sql, parameters);
        ResultSet rows = statement.executeQuery()) {
      List<T> read = new ArrayList<>();
      while (rows.next()) {
        read.add(row.read(rows));
      }
      return read;
    } catch (SQLException failure) {
      throw failed(failure);
    }
  }

  <T> Optional<T> first(Questions.Row<T> row, String sql, Object... parameters) {
    return query(row, sql, parameters).stream().findFirst();
  }

  void run(String sql, Object... parameters) {
    try (PreparedStatement statement = prepare(sql, parameters)) {
      statement.execute();
    } catch (SQLException failure) {
      throw failed(failure);
    }
  }

  /** Runs a statement whose names are not to be understood in the warehouse's own database. */
  void runAsWritten(String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException failure) {
      throw failed(failure);
    }
  }

  private PreparedStatement prepare(String sql, Object... parameters) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(inWarehouse(sql));
    try {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, questions.bindable(parameters[i]));
      }
      return statement;
    } catch (SQLException failure) {
      statement.close();
      throw failure;
    }
  }

  private String inWarehouse(String sql) {
    return SCHEMA.matcher(sql).replaceAll(schema);
  }

  static <T> List<T> list(Class<T> element, Array array) throws SQLException {
    List<T> list = new ArrayList<>();
    for (Object value : (Object[]) array.getArray()) {
      list.add(element.cast(value));
    }
    return list;
  }

  private static AuspexException failed(SQLException failure) {
    String sentence = failure.getMessage().lines().findFirst().orElse("");
    return new AuspexException(ErrorCode.WAREHOUSE, sentence).causedBy(failure);
  }
}
