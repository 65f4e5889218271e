package io.auspex.sql.parser;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.Secret;
import io.auspex.catalog.SourceUrl;
import io.auspex.sql.statement.Statement;
import io.auspex.sql.statement.Statement.Password;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.parser.SqlParserPos;

/** The clauses of a {@code CREATE SOURCE}. */
public final class CreateSourceClauses extends Clauses {
  private String url;
  private SqlParserPos urlPlace;
  private Optional<String> user = Optional.empty();
  private Optional<Password> password = Optional.empty();

  public CreateSourceClauses() {
    super("CREATE SOURCE");
  }

  public void url(String text, SqlParserPos place) {
    url = text;
    urlPlace = place;
  }

  public void user(String name) {
    user = Optional.of(name);
  }

  /** As it stands in the statement. */
  public void password(String text) {
    password = Optional.of(new Password.Literal(text));
  }

  public void password(Secret secret) {
    password = Optional.of(new Password.At(secret));
  }

  /** Throws INVALID_SOURCE where the URL is none, or has a password in it. */
  public Statement statement(boolean orReplace, SqlIdentifier source) {
    try {
      SourceUrl.check(source.getSimple(), url);
    } catch (AuspexException unusable) {
      throw unusable.at(position(urlPlace));
    }
    return new Statement.CreateSource(
        orReplace,
        source.getSimple(),
        url,
        user,
        password,
        options(),
        position(source.getParserPosition()));
  }
}
