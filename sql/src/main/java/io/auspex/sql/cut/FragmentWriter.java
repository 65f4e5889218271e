package io.auspex.sql.cut;

import io.auspex.catalog.Column;
import io.auspex.catalog.Names;
import io.auspex.catalog.Output;
import io.auspex.sql.fragment.Fragment;
import io.auspex.sql.fragment.InlineFunction;
import io.auspex.sql.fragment.NamedRows;
import io.auspex.sql.fragment.PredictStream;
import io.auspex.sql.fragment.Prediction;
import io.auspex.sql.fragment.Strategy;
import io.auspex.sql.lexer.Token.Kind;
import io.auspex.sql.lexer.Tokens;
import io.auspex.sql.statement.Shape.Call;
import io.auspex.sql.statement.Shape.Cte;
import io.auspex.sql.statement.Shape.Item;
import io.auspex.sql.statement.Shape.Nested;
import io.auspex.sql.statement.Shape.Query;
import io.auspex.sql.statement.Shape.Span;
import io.auspex.sql.statement.Shape.TableName;
import io.auspex.sql.statement.Shape.With;
import io.auspex.sql.statement.SourceName;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes one fragment: the user's text, except where a PREDICT stands. */
final class FragmentWriter {
  /** Statements that give rows but take no WITH. */
  private static final String[] NO_CTES = {"DESCRIBE", "DESC", "SHOW", "SUMMARIZE"};

  private final Cutting cutting;
  private final FragmentWriter outer;
  private final Tokens tokens;
  private final boolean probing;

  /** The statement's parameters that the fragment reads, as {@code $1}, {@code $2}, … */
  private final List<Integer> parameters = new ArrayList<>();

  private final Map<PredictStream, Place> streams = new LinkedHashMap<>();
  private final SourceReads sources;
  private final Map<String, InlineFunction> functions = new LinkedHashMap<>();
  private final Deque<Cte> open = new ArrayDeque<>();

  FragmentWriter(Cutting cutting, FragmentWriter outer) {
    this(cutting, outer, false);
  }

  private FragmentWriter(Cutting cutting, FragmentWriter outer, boolean probing) {
    this.cutting = cutting;
    this.outer = outer;
    this.tokens = cutting.tokens();
    this.sources = new SourceReads(cutting);
    this.probing = probing;
  }

  /** Whether what is written is only described and never run. */
  boolean isProbing() {
    return probing;
  }

  Cutting cutting() {
    return cutting;
  }

  /** A writer of the input of something in this fragment. */
  FragmentWriter input() {
    return new FragmentWriter(cutting, this, probing);
  }

  /** A writer of what is only described and never run. */
  FragmentWriter probe() {
    return new FragmentWriter(cutting, this, true);
  }

  /** Outside all queries, with the names of {@code scope}. */
  Place place(Scope scope) {
    return new Place(Scope.anew(scope), cutting.shape().query(), null, true);
  }

  void add(PredictStream stream, Place place) {
    streams.put(stream, place);
  }

  void add(InlineFunction function) {
    functions.put(function.name(), function);
  }

  /** By the names of streams, the tables of other databases that they stand for. */
  Map<String, String> sourceNames() {
    return sources.written();
  }

  Fragment fragment(String sql) {
    List<PredictStream> read = new ArrayList<>();
    streams.forEach((stream, place) -> read.add(isReadOnce(place) ? stream : stream.asLanded()));
    List<InlineFunction> called = List.copyOf(functions.values());
    return new Fragment(
        sql,
        parameters,
        read,
        sources.streams(),
        called,
        called.stream().map(FragmentWriter::prediction).toList());
  }

  private static Prediction prediction(InlineFunction function) {
    int features = function.features().size();
    List<String> outputs = function.outputs().stream().map(Output::column).toList();
    return new Prediction(
        function.model(), Strategy.INLINE, features, features, -1, outputs, 0, "", "");
  }

  private boolean isReadOnce(Place place) {
    return place.times() < 2 && !cutting.shape().rescans();
  }

  /** The columns of what stands in FROM, without this fragment's streams being there. */
  List<Column> describe(Sql from) {
    return describeQuery(Sql.of("SELECT * FROM ").append(from));
  }

  /** The columns of a query, without this fragment's streams being there. */
  List<Column> describeQuery(Sql query) {
    List<NamedRows> named = new ArrayList<>(streams.keySet());
    named.addAll(sources.streams());
    String stand = named.stream().map(FragmentWriter::empty).collect(Collectors.joining(", "));
    List<String> types = cutting.context().parameterTypes();
    return cutting
        .context()
        .describe(
            stand.isEmpty() ? query.typed() : withFirst(stand, query.typed()),
            parameters.stream().map(types::get).toList());
  }

  /** The query with CTEs before those it has. */
  private static String withFirst(String ctes, String query) {
    Tokens tokens = Tokens.of(query);
    if (tokens.isWord(0, NO_CTES)) {
      return "WITH " + ctes + " SELECT * FROM (" + query + ")";
    } else if (!tokens.isWord(0, "WITH")) {
      return "WITH " + ctes + " " + query;
    }
    int first = tokens.start(tokens.isWord(1, "RECURSIVE") ? 2 : 1);
    return query.substring(0, first) + ctes + ", " + query.substring(first);
  }

  /** A CTE with the columns of a stream. */
  private static String empty(NamedRows stream) {
    return Names.quote(stream.name()) + " AS (" + stream.nulls() + ")";
  }

  Sql query(Query query, Place place) {
    Place inside = place.in(query);
    if (query.with().isEmpty()) {
      return span(query.body(), inside);
    }
    With with = query.with().get();
    Scope scope = Scope.of(place.scope(), with);
    Sql body = span(query.body(), inside.with(scope));
    Map<Cte, Sql> ctes = ctes(scope, false);
    Sql sql = new Sql();
    if (ctes.size() == with.ctes().size()) {
      int at = tokens.start(with.first());
      for (Cte cte : with.ctes()) {
        copy(sql, at, tokens.start(cte.first()));
        sql.append(ctes.get(cte));
        at = tokens.end(cte.end() - 1);
      }
      copy(sql, at, tokens.start(query.body().first()));
    } else if (!ctes.isEmpty()) {
      sql.append(withClause(with, ctes)).append(" ");
    }
    return sql.append(body);
  }

  /**
   * A table, given as what follows FROM, together with the CTEs from outside the fragment that it
   * has been found to read.
   */
  Sql carrying(Sql table, Scope scope) {
    Sql sql = table;
    for (Scope at = scope; at != null; at = at.outer()) {
      Map<Cte, Sql> ctes = ctes(at, true);
      if (!ctes.isEmpty()) {
        Sql carried = Sql.of("(").append(withClause(at.with(), ctes));
        sql = carried.append(" SELECT * FROM ").append(sql).append(")");
      }
    }
    return sql;
  }

  private static Sql withClause(With with, Map<Cte, Sql> ctes) {
    Sql sql = Sql.of(with.recursive() ? "WITH RECURSIVE " : "WITH ");
    boolean first = true;
    for (Cte cte : with.ctes()) {
      if (ctes.containsKey(cte)) {
        sql.append(first ? "" : ", ").append(ctes.get(cte));
        first = false;
      }
    }
    return sql;
  }

  /**
   * The CTEs of a scope that are to be written: those that are read, and the user's own that cost
   * nothing. A CTE reads only those before it, so they are written from the last to the first.
   */
  private Map<Cte, Sql> ctes(Scope scope, boolean onlyRead) {
    Map<Cte, Sql> written = new LinkedHashMap<>();
    for (int k = scope.visible() - 1; k >= 0; k--) {
      Cte cte = scope.with().ctes().get(k);
      CteUse use = scope.use(cte);
      if (use.isRead() && !probing) {
        cutting.compute(cte);
      }
      boolean stays = !onlyRead && (!hasTableCall(cte) || cutting.shape().rescans());
      if (use.isRead() || stays) {
        boolean once = !(scope.with().recursive() && namesItself(cte));
        written.put(cte, cte(cte, new Place(scope.inside(k), cte.query(), use, once)));
      }
    }
    return written;
  }

  private boolean namesItself(Cte cte) {
    for (int i = cte.query().first(); i < cte.query().end(); i++) {
      if (tokens.isName(i) && tokens.name(i).equalsIgnoreCase(cte.name())) {
        return true;
      }
    }
    return false;
  }

  private boolean hasTableCall(Cte cte) {
    return cutting.shape().calls().stream()
        .anyMatch(call -> call.table() && call.name() > cte.first() && call.name() < cte.end());
  }

  private Sql cte(Cte cte, Place place) {
    open.push(cte);
    Sql sql = new Sql();
    copy(sql, tokens.start(cte.first()), tokens.start(cte.query().first()));
    sql.append(query(cte.query(), place));
    copy(sql, tokens.end(cte.query().end() - 1), tokens.end(cte.end() - 1));
    open.pop();
    return sql;
  }

  /** A part of the text, with what stands for the calls in it. */
  Sql span(Span span, Place place) {
    Sql sql = new Sql();
    if (span.first() >= span.end()) {
      return sql;
    }
    int at = tokens.start(span.first());
    for (Item item : span.items()) {
      if (tokens.start(item.first()) < at || item.first() >= span.end()) {
        continue;
      }
      copy(sql, at, tokens.start(item.first()));
      at = tokens.end(item(sql, item, place) - 1);
    }
    copy(sql, at, tokens.end(span.end() - 1));
    return sql;
  }

  /** Writes an item; returns the token after it. */
  private int item(Sql sql, Item item, Place place) {
    if (item instanceof Nested nested) {
      sql.append(query(nested.query(), place.once(nested.once())));
    } else if (item instanceof TableName table && SourceName.of(table.name()).isPresent()) {
      sql.append(sources.name(SourceName.of(table.name()).get(), table, place));
    } else if (item instanceof TableName table) {
      copy(sql, tokens.start(table.first()), tokens.end(table.end() - 1));
      read(table, place);
    } else if (item instanceof Call call && call.table()) {
      sql.append(new TableCall(this, call, place).write());
    } else if (item instanceof Call call) {
      return new ScalarCall(this, call, place).write(sql);
    }
    return item.end();
  }

  private void read(TableName table, Place place) {
    if (table.name().size() > 1) {
      return;
    }
    Scope.find(place.scope(), table.name().get(0))
        .ifPresent(
            use -> {
              if (outer != null && outer.isOpen(use.cte())) {
                throw cutting.unsupported(
                    table.first(),
                    "The CTE " + tokens.spelling(table.first(), table.end()),
                    "in a PREDICT within itself",
                    "Use PREDICT as an expression there.");
              }
              use.readAt(place);
            });
  }

  private boolean isOpen(Cte cte) {
    return open.contains(cte) || (outer != null && outer.isOpen(cte));
  }

  /** Copies the user's text, its parameters renumbered. */
  private void copy(Sql sql, int from, int to) {
    int at = from;
    int seen = 0;
    for (int i = 0; i < tokens.size() && tokens.start(i) < to; i++) {
      if (tokens.kind(i) != Kind.PARAMETER) {
        continue;
      }
      int ordinal = cutting.parameterOrdinals().get(seen++);
      if (tokens.start(i) >= from) {
        sql.append(tokens.text().substring(at, tokens.start(i))).append("$" + number(ordinal));
        at = tokens.end(i);
      }
    }
    sql.append(tokens.text().substring(at, Math.max(at, to)));
  }

  private int number(int ordinal) {
    if (!parameters.contains(ordinal)) {
      parameters.add(ordinal);
    }
    return parameters.indexOf(ordinal) + 1;
  }
}
