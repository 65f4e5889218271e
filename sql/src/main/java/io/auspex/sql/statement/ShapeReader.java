package io.auspex.sql.statement;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;
import io.auspex.sql.lexer.Token.Kind;
import io.auspex.sql.lexer.Tokens;
import io.auspex.sql.statement.Shape.Block;
import io.auspex.sql.statement.Shape.Call;
import io.auspex.sql.statement.Shape.Cte;
import io.auspex.sql.statement.Shape.Item;
import io.auspex.sql.statement.Shape.Nested;
import io.auspex.sql.statement.Shape.Query;
import io.auspex.sql.statement.Shape.Span;
import io.auspex.sql.statement.Shape.TableName;
import io.auspex.sql.statement.Shape.With;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the {@link Shape} of a query. It knows where DuckDB takes a table, and little else. */
final class ShapeReader {
  /** What the tokens that are walked over are. */
  private enum Context {
    QUERY,
    TABLES,
    EXPRESSION
  }

  private static final String[] AFTER_FROM = {
    "SELECT", "WHERE", "GROUP", "HAVING", "WINDOW", "QUALIFY", "ORDER", "LIMIT", "OFFSET"
  };
  private static final String[] SET_OPERATORS = {"UNION", "INTERSECT", "EXCEPT"};
  private static final String[] PIVOTS = {"PIVOT", "UNPIVOT", "PIVOT_WIDER", "PIVOT_LONGER"};
  private static final String[] DESCRIPTIONS = {"DESCRIBE", "DESC", "SHOW", "SUMMARIZE"};

  private final Tokens tokens;
  private boolean rescans;

  ShapeReader(Tokens tokens) {
    this.tokens = tokens;
  }

  Shape read(int first, int end) {
    Query query = query(first, end, false);
    return new Shape(tokens, query, rescans);
  }

  private Query query(int first, int end, boolean amongTables) {
    Optional<With> with =
        tokens.isWord(first, "WITH") ? Optional.of(with(first, end)) : Optional.empty();
    Walk walk = new Walk(Context.QUERY, with.map(With::end).orElse(first), end);
    walk.inFrom = amongTables;
    Span body = walk.run();
    return new Query(first, end, with, body, walk.blocks);
  }

  private With with(int first, int end) {
    boolean recursive = tokens.isWord(first + 1, "RECURSIVE");
    List<Cte> ctes = new ArrayList<>();
    int at = first + (recursive ? 2 : 1);
    while (at < end && tokens.isName(at)) {
      int open = at + 1;
      while (open < end && !(tokens.is(open, "(") && startsBody(open))) {
        open = tokens.opens(open) ? tokens.closing(open) + 1 : open + 1;
      }
      int close = open < end ? Math.min(tokens.closing(open), end) : end;
      int after = Math.min(close + 1, end);
      ctes.add(new Cte(tokens.name(at), at, after, query(Math.min(open + 1, end), close, false)));
      at = after;
      if (!tokens.is(at, ",")) {
        break;
      }
      at++;
    }
    return new With(first, at, recursive, ctes);
  }

  private boolean startsBody(int open) {
    return tokens.isWord(open - 1, "AS", "MATERIALIZED");
  }

  /** Whether a query begins at {@code i}, parentheses around it left aside. */
  boolean startsQuery(int i, boolean asTable) {
    int at = i;
    while (tokens.is(at, "(")) {
      at++;
    }
    return tokens.isWord(at, "SELECT", "FROM", "WITH", "TABLE")
        || (tokens.isWord(at, "VALUES") && tokens.is(at + 1, "("))
        || (tokens.isWord(at, PIVOTS) && (tokens.isName(at + 1) || tokens.is(at + 1, "(")))
        || (asTable && tokens.isWord(at, DESCRIPTIONS));
  }

  /** Whether PREDICT (MODEL name stands at {@code i}, rather than a function of the user's. */
  private boolean startsCall(int i) {
    return tokens.isWord(i, "PREDICT")
        && !tokens.is(i - 1, ".")
        && tokens.is(i + 1, "(")
        && tokens.isWord(i + 2, "MODEL")
        && tokens.isName(i + 3)
        && !tokens.isWord(i + 3, "ISNULL", "NOTNULL")
        && (tokens.is(i + 4, ")") || tokens.is(i + 4, ",") || tokens.isWord(i + 4, "VERSION"));
  }

  private Call call(int first, int name, boolean table, boolean selected) {
    int close = tokens.closing(name + 1);
    boolean wrapped = first < name && tokens.is(name - 1, "(");
    int end = close + (wrapped ? 2 : 1);
    if (close == tokens.size()) {
      throw syntax(name + 1, "The parenthesis after PREDICT is not closed.");
    }
    int at = name + 4;
    int version = -1;
    if (tokens.isWord(at, "VERSION")) {
      version = at + 1;
      if (!tokens.isName(version) && tokens.kind(version) != Kind.NUMBER) {
        throw syntax(at, "VERSION is followed by a number or an alias.");
      }
      at += 2;
    }
    if (at < close && !tokens.is(at, ",")) {
      throw syntax(at, "After the model, PREDICT takes a comma and what the model reads.");
    }
    List<Span> arguments = new ArrayList<>();
    while (at < close) {
      int argument = at + 1;
      at = argument;
      while (at < close && !tokens.is(at, ",")) {
        at = tokens.opens(at) ? tokens.closing(at) + 1 : at + 1;
      }
      if (at == argument) {
        throw syntax(at, "An argument of PREDICT is missing.");
      }
      arguments.add(argument(argument, at, table));
    }
    return new Call(first, end, name, name + 3, version, arguments, table, selected);
  }

  private Span argument(int first, int end, boolean table) {
    if (tokens.isWord(first, "TABLE")) {
      Span tables = new Walk(Context.TABLES, first + 1, end).run();
      return new Span(first, end, tables.items());
    }
    boolean query =
        table
            && tokens.is(first, "(")
            && tokens.closing(first) == end - 1
            && startsQuery(first + 1, true);
    if (query) {
      return new Span(first, end, List.of(new Nested(query(first + 1, end - 1, false), true)));
    }
    return new Walk(Context.EXPRESSION, first, end).run();
  }

  private AuspexException syntax(int token, String message) {
    return new AuspexException(ErrorCode.SYNTAX, message).at(tokens.position(token));
  }

  /** Goes once over the tokens of a part of the text, brackets entered. */
  private final class Walk {
    private final Context context;
    private final int first;
    private final int end;
    private final List<Item> items;
    private final List<Block> blocks = new ArrayList<>();

    /** Whether a comma leads to another table. */
    private boolean inFrom;

    /** Whether a table comes next. */
    private boolean atTable;

    /** Whether an operand of a set operator comes next. */
    private boolean atOperand;

    private boolean inSelect;
    private int lateral = -1;
    private int blockFirst;
    private int fromFirst = -1;
    private int fromEnd = -1;

    Walk(Context context, int first, int end) {
      this(context, first, end, new ArrayList<>());
    }

    private Walk(Context context, int first, int end, List<Item> items) {
      this.context = context;
      this.first = first;
      this.end = end;
      this.items = items;
      this.inFrom = context == Context.TABLES;
      this.atTable = inFrom;
      this.atOperand = context == Context.QUERY;
      this.blockFirst = first;
    }

    Span run() {
      if (context == Context.QUERY && inFrom) {
        atTable = tokens.is(first, "(");
      }
      int at = first;
      while (at < end) {
        at = step(at);
      }
      endBlock(end);
      return new Span(first, end, items);
    }

    private int step(int at) {
      if (tokens.opens(at)) {
        return bracket(at);
      } else if (tokens.is(at, ",")) {
        atTable = inFrom;
        return at + 1;
      } else if (tokens.kind(at) == Kind.WORD && !tokens.is(at - 1, ".")) {
        int after = keyword(at);
        if (after > at) {
          return after;
        }
      }
      return operand(at);
    }

    private int bracket(int open) {
      int close = Math.min(tokens.closing(open), end);
      if (tokens.is(open, "(") && startsQuery(open + 1, atTable)) {
        boolean once = (atTable && lateral < 0) || atOperand;
        items.add(new Nested(query(open + 1, close, atTable), once));
      } else {
        Context inside = atTable && tokens.is(open, "(") ? Context.TABLES : Context.EXPRESSION;
        new Walk(inside, open + 1, close, items).run();
      }
      settle();
      return close + 1;
    }

    /** Follows a keyword; returns {@code at} where there is none that matters. */
    private int keyword(int at) {
      if (tokens.isWord(at, "FROM")) {
        if (context != Context.EXPRESSION && !isDistinctFrom(at)) {
          settle();
          inSelect = false;
          inFrom = true;
          atTable = true;
          fromFirst = at;
          fromEnd = -1;
        }
      } else if (tokens.isWord(at, AFTER_FROM)) {
        settle();
        endFrom(at);
        inSelect = tokens.isWord(at, "SELECT");
      } else if (tokens.isWord(at, SET_OPERATORS) && context == Context.QUERY) {
        settle();
        inSelect = false;
        endBlock(at);
        blockFirst = at + 1;
        atOperand = true;
      } else if (tokens.isWord(at, "JOIN")) {
        atTable = inFrom;
      } else if (tokens.isWord(at, "LATERAL")) {
        lateral = at;
      } else if (tokens.isWord(at, "TABLE") && (atOperand || atTable)) {
        return table(at);
      } else if (tokens.isWord(at, PIVOTS)) {
        rescans |= atOperand || inFrom;
        atTable = atOperand;
        atOperand = false;
      } else if (tokens.isWord(at, DESCRIPTIONS) && (atOperand || atTable)) {
        rescans |= tokens.isWord(at, "SUMMARIZE");
        atTable = !startsQuery(at + 1, false) || tokens.is(at + 1, "(");
        atOperand = !atTable;
      } else if (tokens.isWord(at, "ON", "USING")) {
        settle();
      } else if (!tokens.isWord(at, "ALL", "BY", "NAME", "DISTINCT") || !atOperand) {
        return at;
      }
      return at + 1;
    }

    /** {@code TABLE t} as a query, or {@code TABLE (PREDICT(…))} as a table. */
    private int table(int at) {
      boolean wrapped =
          tokens.is(at + 1, "(")
              && startsCall(at + 2)
              && tokens.closing(at + 3) + 1 == tokens.closing(at + 1);
      if (wrapped) {
        return add(call(lateral < 0 ? at : lateral, at + 2, true, false));
      }
      atTable = true;
      atOperand = false;
      return at + 1;
    }

    private int operand(int at) {
      if (atTable && tokens.isName(at)) {
        return tableName(at);
      } else if (startsCall(at)) {
        boolean selected =
            inSelect && (tokens.is(at - 1, ",") || tokens.isWord(at - 1, "SELECT", "DISTINCT"));
        return add(call(at, at, false, selected));
      }
      settle();
      return at + 1;
    }

    private int tableName(int at) {
      if (tokens.is(at + 1, ":")) {
        return at + 2;
      } else if (startsCall(at)) {
        return add(call(lateral < 0 ? at : lateral, at, true, false));
      }
      List<String> name = new ArrayList<>(List.of(tokens.name(at)));
      int after = at + 1;
      while (tokens.is(after, ".") && tokens.isName(after + 1)) {
        name.add(tokens.name(after + 1));
        after += 2;
      }
      settle();
      if (tokens.is(after, "(")) {
        rescans |= tokens.isWord(at, "query", "query_table");
      } else {
        items.add(new TableName(at, after, name));
      }
      return after;
    }

    private int add(Call call) {
      items.add(call);
      settle();
      return call.end();
    }

    private void settle() {
      atTable = false;
      atOperand = false;
      lateral = -1;
    }

    private void endFrom(int at) {
      inFrom = false;
      if (fromFirst >= 0 && fromEnd < 0) {
        fromEnd = at;
      }
    }

    private void endBlock(int at) {
      endFrom(at);
      blocks.add(new Block(blockFirst, at, fromFirst, fromEnd));
      fromFirst = -1;
      fromEnd = -1;
    }

    /** {@code a IS [NOT] DISTINCT FROM b}. */
    private boolean isDistinctFrom(int at) {
      return tokens.isWord(at - 1, "DISTINCT") && tokens.isWord(at - 2, "IS", "NOT");
    }
  }
}
