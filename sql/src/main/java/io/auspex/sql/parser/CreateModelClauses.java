package io.auspex.sql.parser;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;
import io.auspex.catalog.Names;
import io.auspex.catalog.Position;
import io.auspex.sql.statement.Statement;
import io.auspex.sql.statement.Statement.OptionValue;
import io.auspex.sql.statement.Statement.OutputName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.parser.SqlParserPos;

/** The clauses of a {@code CREATE MODEL}, collected by the grammar: in any order, each once. */
public final class CreateModelClauses {
  private final Set<String> seen = new HashSet<>();
  private final List<OutputName> outputs = new ArrayList<>();
  private final Map<String, OptionValue> options = new LinkedHashMap<>();
  private String location;
  private SqlParserPos locationPlace;
  private List<String> features = List.of();
  private Optional<String> comment = Optional.empty();

  /** Says that a clause begins; an error if it was there before. */
  public void begin(String clause, SqlParserPos place) {
    if (!seen.add(clause)) {
      throw syntax(clause + " was given twice; CREATE MODEL takes it once.", place);
    }
  }

  public void location(String fileOrUrl, SqlParserPos place) {
    location = fileOrUrl;
    locationPlace = place;
  }

  public void features(List<String> names) {
    features = List.copyOf(names);
  }

  public void output(SqlIdentifier output, Optional<SqlIdentifier> column) {
    outputs.add(
        new OutputName(
            output.getSimple(),
            column.map(SqlIdentifier::getSimple),
            position(output.getParserPosition())));
  }

  public void comment(String text) {
    comment = Optional.of(text);
  }

  /** An option's name is kept in lower case: names are case-insensitive. */
  public void option(String key, String value, SqlParserPos place) {
    if (options.put(Names.fold(key), new OptionValue(value, position(place))) != null) {
      throw syntax("The option " + key + " was given twice; WITH takes it once.", place);
    }
  }

  public Statement statement(boolean orReplace, boolean ifNotExists, SqlIdentifier model) {
    if (orReplace && ifNotExists) {
      throw syntax(
          "OR REPLACE makes a new version of what exists, IF NOT EXISTS keeps it: take one of"
              + " them.",
          model.getParserPosition());
    }
    return new Statement.CreateModel(
        orReplace,
        ifNotExists,
        model.getSimple(),
        location,
        features,
        List.copyOf(outputs),
        comment,
        options,
        position(model.getParserPosition()),
        position(locationPlace));
  }

  public static Position position(SqlParserPos place) {
    return new Position(place.getLineNum(), place.getColumnNum());
  }

  private static AuspexException syntax(String sentence, SqlParserPos place) {
    return new AuspexException(ErrorCode.SYNTAX, sentence).at(position(place));
  }
}
