package io.auspex.sql.statement;

import io.auspex.sql.lexer.Tokens;
import java.util.function.Function;

/**
 * Tells by its tokens what a statement is, so that everything that names nothing of ours reaches
 * DuckDB as it was written. Thread-safe.
 */
public final class Statements {
  private final Function<String, Statement> catalogStatements;

  /**
   * @param catalogStatements parses {@code CREATE MODEL}, {@code CREATE SOURCE} and their like,
   *     from the statement's text
   */
  public Statements(Function<String, Statement> catalogStatements) {
    this.catalogStatements = catalogStatements;
  }

  /**
   * What the text, one statement without its semicolon, is. Views it names are put into its query.
   *
   * @param views the views over predictions, by what names mean
   * @param everyQuery whether a query is a {@link Statement.Query} even if it names nothing of ours
   * @throws io.auspex.catalog.AuspexException SYNTAX, UNSUPPORTED, UNKNOWN_SETTING, with the place
   */
  public Statement route(String text, ViewNames views, boolean everyQuery) {
    Tokens tokens = Tokens.of(text);
    tokens.requireTerminated();
    Router router = new Router(tokens, new Views(views), everyQuery);
    return router.isCatalogStatement() ? catalogStatements.apply(text) : router.route(0);
  }

  /** The parameters of a statement. */
  public static Parameters parameters(String text) {
    return Parameters.of(Tokens.of(text));
  }
}
