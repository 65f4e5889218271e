package io.auspex.sql.parser;

import io.auspex.sql.statement.Statement;
import io.auspex.sql.statement.Statement.OutputName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.parser.SqlParserPos;

/** The clauses of a {@code CREATE MODEL}, collected by the grammar: in any order, each once. */
public final class CreateModelClauses extends Clauses {
  private final List<OutputName> outputs = new ArrayList<>();
  private String location;
  private SqlParserPos locationPlace;
  private List<String> features = List.of();
  private Optional<String> comment = Optional.empty();

  public CreateModelClauses() {
    super("CREATE MODEL");
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
        options(),
        position(model.getParserPosition()),
        position(locationPlace));
  }
}
