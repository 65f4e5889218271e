package io.auspex.sql.tree;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.auspex.sql.context.NotUnderstood;
import io.auspex.sql.context.PlanningContext;
import io.auspex.sql.lexer.Token;
import io.auspex.sql.lexer.Tokens;
import io.auspex.sql.statement.Parameters;
import io.auspex.sql.statement.Shape;
import io.auspex.sql.statement.Shape.Call;
import io.auspex.sql.statement.SourceName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A query as DuckDB's own parser reads it, so that nothing in it can be read otherwise. A PREDICT
 * is a call of a function {@link #PREDICT} there, whose first argument is its ordinal among {@link
 * #calls}; what stood after the model follows, a table as a subquery.
 *
 * @param root the query's node, in the JSON of DuckDB's {@code json_serialize_sql}
 */
public record QueryTree(ObjectNode root, List<ModelName> calls) {
  private static final String PREDICT = "__auspex_predict";

  /**
   * The model a call names.
   *
   * @param version a number or an alias; empty for the default
   */
  public record ModelName(String name, Optional<String> version) {}

  public QueryTree {
    calls = List.copyOf(calls);
  }

  /**
   * Parses a query.
   *
   * @throws NotUnderstood where DuckDB cannot hand out its tree, as of a PIVOT at the top
   */
  public static QueryTree of(String query, PlanningContext context) {
    Tokens tokens = Tokens.of(query);
    List<Call> calls = Shape.of(tokens, 0, tokens.size()).calls();
    JsonNode parsed = Json.read(context.parse(plain(query, tokens, calls)));
    if (parsed.path("error").asBoolean()) {
      throw new NotUnderstood(Json.text(parsed, "error_message"));
    }
    List<ObjectNode> statements = Json.children(parsed, "statements");
    ObjectNode root =
        statements.stream()
            .findFirst()
            .flatMap(statement -> Json.child(statement, "node"))
            .orElseThrow(() -> new NotUnderstood("no query"));
    return new QueryTree(root, calls.stream().map(call -> model(call, tokens)).toList());
  }

  private static ModelName model(Call call, Tokens tokens) {
    return new ModelName(
        tokens.name(call.model()),
        call.version() < 0 ? Optional.empty() : Optional.of(tokens.name(call.version())));
  }

  /** The ordinal of the PREDICT that a function's call is. */
  public static Optional<Integer> predict(ObjectNode node) {
    return Json.is(node, "class", "FUNCTION") && Json.is(node, "function_name", PREDICT)
        ? Optional.of(
            node.path("arguments").path(0).path("expression").path("literal").path("text").asInt())
        : Optional.empty();
  }

  /** What is in a field of a node, without the ordinal that a PREDICT has. */
  public static JsonNode withoutOrdinal(ObjectNode node, String field) {
    return field.equals("arguments") && predict(node).isPresent()
        ? Json.array(Json.children(node, field).stream().skip(1).toList())
        : node.path(field);
  }

  /** The table of another database that a node of FROM is. */
  public static Optional<SourceName> source(ObjectNode node) {
    return Json.is(node, "type", "BASE_TABLE")
        ? SourceName.of(Trees.tableName(node))
        : Optional.empty();
  }

  /** Whether there is a PREDICT in it. */
  public static boolean predicts(JsonNode node) {
    return Json.any(node, object -> predict(object).isPresent());
  }

  private record Edit(int start, int end, String text) {}

  /** The query with calls of a function for each PREDICT, and all parameters numbered. */
  private static String plain(String query, Tokens tokens, List<Call> calls) {
    List<Edit> edits = new ArrayList<>();
    for (Call call : calls) {
      edits.addAll(edits(call, calls.indexOf(call), tokens));
    }
    int parameter = 0;
    List<Integer> ordinals = Parameters.of(tokens).ordinals();
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.kind(i) == Token.Kind.PARAMETER) {
        String number = "$" + (ordinals.get(parameter++) + 1);
        edits.add(new Edit(tokens.start(i), tokens.end(i), number));
      }
    }
    edits.sort(Comparator.comparingInt(Edit::start).thenComparing(Edit::end));
    StringBuilder text = new StringBuilder();
    int from = 0;
    for (Edit edit : edits) {
      text.append(query, from, edit.start()).append(edit.text());
      from = edit.end();
    }
    return text.append(query.substring(from)).toString();
  }

  private static List<Edit> edits(Call call, int ordinal, Tokens tokens) {
    List<Edit> edits = new ArrayList<>();
    int modelEnd = (call.version() < 0 ? call.model() : call.version()) + 1;
    edits.add(
        new Edit(tokens.start(call.first()), tokens.end(modelEnd - 1), PREDICT + '(' + ordinal));
    if (call.table() && !call.arguments().isEmpty()) {
      Shape.Span table = call.arguments().get(0);
      if (!tokens.is(table.first(), "(")) {
        int start = tokens.start(table.first());
        int end = tokens.end(table.end() - 1);
        edits.add(new Edit(start, start, "("));
        edits.add(new Edit(end, end, ")"));
      }
    }
    int close = tokens.closing(call.name() + 1);
    if (call.end() > close + 1) {
      // TABLE(…) around it.
      edits.add(new Edit(tokens.start(close + 1), tokens.end(call.end() - 1), ""));
    }
    return edits;
  }
}
