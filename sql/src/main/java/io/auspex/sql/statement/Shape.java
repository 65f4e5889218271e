package io.auspex.sql.statement;

import io.auspex.sql.lexer.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What matters of a query to those who do not parse it: its subqueries, the tables it names, and
 * its PREDICT calls, found by their tokens. Everything is given as ordinals of {@link Tokens}, ends
 * exclusive.
 *
 * @param rescans whether something in it (PIVOT, SUMMARIZE, a query in a string, …) may read a
 *     table more often than it names it
 */
public record Shape(Tokens tokens, Query query, boolean rescans) {

  /** The shape of the query that the tokens from {@code first} to {@code end} are. */
  public static Shape of(Tokens tokens, int first, int end) {
    return new ShapeReader(tokens).read(first, end);
  }

  public static Shape of(String text) {
    Tokens tokens = Tokens.of(text);
    return of(tokens, 0, tokens.size());
  }

  /** A query: its WITH clause, what follows, and the SELECTs that makes. */
  public record Query(int first, int end, Optional<With> with, Span body, List<Block> blocks) {
    public Query {
      blocks = List.copyOf(blocks);
    }
  }

  /** A part of the text with what was found in it, in order. */
  public record Span(int first, int end, List<Item> items) {
    public Span {
      items = List.copyOf(items);
    }
  }

  /**
   * One SELECT among those that set operators connect.
   *
   * @param fromFirst where its FROM clause begins; −1 if it has none
   */
  public record Block(int first, int end, int fromFirst, int fromEnd) {}

  /** A WITH clause. */
  public record With(int first, int end, boolean recursive, List<Cte> ctes) {
    public With {
      ctes = List.copyOf(ctes);
    }
  }

  /** {@code name [(columns)] AS [[NOT] MATERIALIZED] (query)}. */
  public record Cte(String name, int first, int end, Query query) {}

  /** Something found in a part of the text. */
  public sealed interface Item {
    int first();

    int end();
  }

  /** A table, view or CTE, named where a table is read. */
  public record TableName(int first, int end, List<String> name) implements Item {
    public TableName {
      name = List.copyOf(name);
    }
  }

  /**
   * A query in parentheses.
   *
   * @param once whether it is read once for each time the query around it is: it stands where a
   *     table does, or as the operand of a set operator, not in an expression
   */
  public record Nested(Query query, boolean once) implements Item {
    @Override
    public int first() {
      return query.first();
    }

    @Override
    public int end() {
      return query.end();
    }
  }

  /**
   * {@code PREDICT(MODEL …)}.
   *
   * @param first its first token, {@code LATERAL} and {@code TABLE (} around it included
   * @param name the token PREDICT
   * @param model the token of the model's name
   * @param version the token of the version; −1 if there is none
   * @param arguments what follows the model
   * @param table whether it stands where a table does
   * @param selected whether it begins an item of a SELECT list
   */
  public record Call(
      int first,
      int end,
      int name,
      int model,
      int version,
      List<Span> arguments,
      boolean table,
      boolean selected)
      implements Item {
    public Call {
      arguments = List.copyOf(arguments);
    }
  }

  /** All PREDICT calls, in the order of the text. */
  public List<Call> calls() {
    List<Call> calls = new ArrayList<>();
    collect(query, calls);
    return calls;
  }

  private static void collect(Query query, List<Call> calls) {
    query.with().ifPresent(with -> with.ctes().forEach(cte -> collect(cte.query(), calls)));
    collect(query.body(), calls);
  }

  private static void collect(Span span, List<Call> calls) {
    for (Item item : span.items()) {
      if (item instanceof Nested nested) {
        collect(nested.query(), calls);
      } else if (item instanceof Call call) {
        calls.add(call);
        call.arguments().forEach(argument -> collect(argument, calls));
      }
    }
  }
}
