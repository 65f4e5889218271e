package io.auspex.sql.parser;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;
import io.auspex.catalog.Names;
import io.auspex.catalog.Position;
import io.auspex.sql.statement.Statement.OptionValue;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.sql.parser.SqlParserPos;

/** The clauses of a statement, collected by the grammar: in any order, each once. */
public abstract class Clauses {
  private final String statement;
  private final Set<String> seen = new HashSet<>();
  private final Map<String, OptionValue> options = new LinkedHashMap<>();

  /**
   * @param statement what the statement is called
   */
  Clauses(String statement) {
    this.statement = statement;
  }

  /** Says that a clause begins; an error if it was there before. */
  public void begin(String clause, SqlParserPos place) {
    if (!seen.add(clause)) {
      throw syntax(clause + " was given twice; " + statement + " takes it once.", place);
    }
  }

  /** An option's name is kept in lower case: names are case-insensitive. */
  public void option(String key, String value, SqlParserPos place) {
    if (options.put(Names.fold(key), new OptionValue(value, position(place))) != null) {
      throw syntax("The option " + key + " was given twice; WITH takes it once.", place);
    }
  }

  Map<String, OptionValue> options() {
    return options;
  }

  public static Position position(SqlParserPos place) {
    return new Position(place.getLineNum(), place.getColumnNum());
  }

  static AuspexException syntax(String sentence, SqlParserPos place) {
    return new AuspexException(ErrorCode.SYNTAX, sentence).at(position(place));
  }
}
