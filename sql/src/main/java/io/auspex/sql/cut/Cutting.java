package io.auspex.sql.cut;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;
import io.auspex.catalog.ModelVersion;
import io.auspex.catalog.Names;
import io.auspex.catalog.Position;
import io.auspex.catalog.Setting;
import io.auspex.sql.context.PlanningContext;
import io.auspex.sql.lexer.Token.Kind;
import io.auspex.sql.lexer.Tokens;
import io.auspex.sql.statement.Parameters;
import io.auspex.sql.statement.QueryText;
import io.auspex.sql.statement.Shape;
import io.auspex.sql.statement.Shape.Call;
import io.auspex.sql.statement.Shape.Cte;
import io.auspex.udf.binding.Feature;
import io.auspex.udf.duckdb.InlineFunctions;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What all fragments of one query share. */
final class Cutting {
  private final QueryText query;
  private final PlanningContext context;
  private final Tokens tokens;
  private final Shape shape;
  private final List<Integer> parameterOrdinals;
  private final Set<Cte> written = Collections.newSetFromMap(new IdentityHashMap<>());

  Cutting(QueryText query, PlanningContext context) {
    this.query = query;
    this.context = context;
    this.tokens = Tokens.of(query.text());
    this.shape = Shape.of(tokens, 0, tokens.size());
    this.parameterOrdinals = Parameters.of(tokens).ordinals();
  }

  PlanningContext context() {
    return context;
  }

  Tokens tokens() {
    return tokens;
  }

  Shape shape() {
    return shape;
  }

  /** For each parameter of the text, in order, the statement's parameter it is. */
  List<Integer> parameterOrdinals() {
    return parameterOrdinals;
  }

  boolean isStrategy(String strategy) {
    return context.settings().get(Setting.PREDICT_STRATEGY).equals(strategy);
  }

  /** The place of a token in the statement as written. */
  Position position(int token) {
    return query.position(tokens.start(token));
  }

  ModelVersion model(Call call) {
    Optional<String> version =
        call.version() < 0 ? Optional.empty() : Optional.of(tokens.name(call.version()));
    try {
      return context.model(tokens.name(call.model()), version);
    } catch (AuspexException e) {
      boolean ofVersion = e.code() == ErrorCode.VERSION_NOT_FOUND && call.version() >= 0;
      throw e.at(position(ofVersion ? call.version() : call.model()));
    }
  }

  /**
   * Notes that a fragment computes a CTE. Where another does so too, both must find the same rows.
   */
  void compute(Cte cte) {
    if (written.add(cte)) {
      return;
    }
    for (int i = cte.first(); i < cte.end(); i++) {
      boolean samples = tokens.isWord(i, "TABLESAMPLE") || tokens.isWords(i, "USING", "SAMPLE");
      if (samples || isVolatileCall(i)) {
        throw unsupported(
            i,
            tokens.spelling(i) + " in the CTE " + Names.quote(cte.name()),
            "where both PREDICT and the query around it read the CTE",
            "It would give each other rows: put them into a table first.");
      }
    }
  }

  private boolean isVolatileCall(int i) {
    return tokens.kind(i) == Kind.WORD
        && tokens.is(i + 1, "(")
        && context.functions(tokens.name(i)).stream()
            .anyMatch(PlanningContext.FunctionInfo::isVolatile);
  }

  /** Throws UNSUPPORTED where DuckDB could not hand the features to an inline function. */
  void requireInlineable(Call call, List<Feature> features) {
    if (!InlineFunctions.takes(features)) {
      throw unsupported(
          call.name(),
          "An array of arrays of any size",
          call.table() ? "with predict_strategy = 'inline'" : "in an expression that is cut",
          call.table()
              ? "SET predict_strategy = 'auto'."
              : "Write PREDICT in FROM: PREDICT(MODEL "
                  + tokens.spelling(call.model())
                  + ", (query)).");
    }
  }

  AuspexException unsupported(int token, String what, String where, String instead) {
    return new AuspexException(ErrorCode.UNSUPPORTED, what, where, instead).at(position(token));
  }

  AuspexException syntax(int token, String message) {
    return new AuspexException(ErrorCode.SYNTAX, message).at(position(token));
  }
}
