package io.auspex.engine;

import io.auspex.engine.stream.DuckStream;
import io.auspex.engine.stream.QueryState;
import io.auspex.engine.stream.RowStream;
import io.auspex.sql.lexer.Tokens;
import io.auspex.sql.statement.Parameters;
import java.sql.SQLException;
import java.util.List;
import org.duckdb.DuckDBConnection;

/** Runs the user's own text in DuckDB, on the session's connection. */
final class Verbatim {
  private static final String[] READS = {
    "SELECT",
    "FROM",
    "WITH",
    "VALUES",
    "TABLE",
    "SHOW",
    "DESCRIBE",
    "DESC",
    "SUMMARIZE",
    "PIVOT",
    "UNPIVOT"
  };
  private static final String[] WRITES = {"INSERT", "UPDATE", "DELETE", "MERGE", "TRUNCATE"};

  /** First words of statements that commit something others may read. */
  private static final String[] CHANGES = {
    "INSERT", "UPDATE", "DELETE", "MERGE", "TRUNCATE", "CREATE", "ALTER", "DROP", "COPY"
  };

  private final DuckDBConnection connection;
  private final Transaction transaction;
  private final StreamingMode streaming;
  private final LocalState localState;
  private final FunctionNames functions;

  Verbatim(
      DuckDBConnection connection,
      Transaction transaction,
      StreamingMode streaming,
      LocalState localState,
      FunctionNames functions) {
    this.connection = connection;
    this.functions = functions;
    this.localState = localState;
    this.streaming = streaming;
    this.transaction = transaction;
  }

  /**
   * Rows of a query are streamed. What changes data has done so when this returns, whether or not
   * its rows are read.
   */
  Result run(String text, List<Object> parameters, QueryState state) throws SQLException {
    Tokens tokens = Tokens.of(text);
    localState.observe(tokens);
    functions.observe(tokens);
    boolean writes = contains(tokens, WRITES);
    boolean streams = !writes && (tokens.isWord(0, READS) || tokens.is(0, "("));
    streaming.set(streams);
    state.scans(connection);
    return tokens.isWord(0, CHANGES)
        ? transaction.change(() -> result(text, parameters, streams, state))
        : result(text, parameters, streams, state);
  }

  private Result result(String text, List<Object> parameters, boolean streams, QueryState state) {
    DuckStream.Outcome outcome =
        DuckStream.run(
            connection,
            Parameters.numbered(text),
            parameters,
            state,
            Execution.CLIENT_BATCH_ROWS,
            !transaction.isOpen());
    if (outcome.rows() == null) {
      state.close();
      return Result.count(outcome.updateCount(), state.progress());
    }
    if (!streams) {
      // All rows are there; a COMMIT may be next.
      outcome.rows().settle();
    }
    return Result.rows(state, new RowStream(state, outcome.rows()), () -> {});
  }

  private static boolean contains(Tokens tokens, String[] words) {
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.isWord(i, words)) {
        return true;
      }
    }
    return false;
  }
}
