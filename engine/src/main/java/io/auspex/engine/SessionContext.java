package io.auspex.engine;

import io.auspex.catalog.Artifacts;
import io.auspex.catalog.Catalog;
import io.auspex.catalog.Column;
import io.auspex.catalog.CostConstants;
import io.auspex.catalog.ModelVersion;
import io.auspex.catalog.Names;
import io.auspex.catalog.Output;
import io.auspex.catalog.Questions;
import io.auspex.catalog.Settings;
import io.auspex.engine.stream.WarehouseErrors;
import io.auspex.sql.context.PlanningContext;
import io.auspex.sql.context.RemoteTable;
import io.auspex.sql.context.TableKeys;
import io.auspex.sql.lexer.Token;
import io.auspex.sql.lexer.Tokens;
import io.auspex.sql.statement.Parameters;
import io.auspex.sql.tree.PhysicalTree;
import io.auspex.udf.domain.Domain.Numbers;
import io.auspex.udf.domain.Domains;
import io.auspex.udf.predict.ModelProfile;
import io.auspex.udf.predict.OutputBound;
import io.auspex.udf.predict.Predictors;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.duckdb.DuckDBConnection;

/** Answers the planner on the session's own connection, so that it sees what the session sees. */
final class SessionContext implements PlanningContext {
  private static final String ORDERS_BY_DEFAULT =
      "SELECT current_setting('default_order') ILIKE 'ASC%'"
          + " AND current_setting('default_null_order') ILIKE 'NULLS_LAST'";

  private final DuckDBConnection connection;
  private final Questions questions;
  private final Catalog catalog;
  private final Artifacts artifacts;
  private final Predictors predictors;
  private final Settings settings;
  private final FunctionNames functions;
  private final TreeTexts texts;
  private final RemoteTables sources;
  private final NameLookup names;
  private final TableColumns columns = new TableColumns(query -> describe(query, List.of()));
  private Map<String, List<FunctionInfo>> ownFunctions;
  private final List<Object> parameters;
  private final List<String> parameterTypes;

  SessionContext(
      DuckDBConnection connection,
      Questions questions,
      Catalog catalog,
      Artifacts artifacts,
      Predictors predictors,
      Settings settings,
      FunctionNames functions,
      TreeTexts texts,
      RemoteTables sources,
      List<Object> parameters) {
    this.connection = connection;
    this.questions = questions;
    this.catalog = catalog;
    this.artifacts = artifacts;
    this.predictors = predictors;
    this.settings = settings;
    this.functions = functions;
    this.texts = texts;
    this.sources = sources;
    this.names = new NameLookup(questions);
    this.parameters = parameters;
    this.parameterTypes = ParameterTypes.of(parameters);
  }

  @Override
  public List<Column> describe(String sql, List<String> types) {
    List<Column> columns = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("DESCRIBE " + withTypedNulls(sql, types))) {
      while (rows.next()) {
        columns.add(new Column(rows.getString(1), rows.getString(2)));
      }
      return columns;
    } catch (SQLException e) {
      throw WarehouseErrors.of(e).withoutPosition();
    }
  }

  @Override
  public long rows(String sql, List<String> types) {
    try (Statement statement = connection.createStatement();
        ResultSet plan =
            statement.executeQuery("EXPLAIN (FORMAT JSON) " + withTypedNulls(sql, types))) {
      while (plan.next()) {
        // The setting explain_output may have it give other plans too.
        if (plan.getString(1).equals("physical_plan")) {
          return PhysicalTree.rows(plan.getString(2));
        }
      }
      return -1;
    } catch (SQLException refused) {
      return -1;
    }
  }

  @Override
  public Sample sample(String sql, List<String> types, int most) {
    String first = "SELECT * FROM (" + withTypedNulls(sql, types) + ") LIMIT " + most;
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT count(*), count(DISTINCT hash(first)) FROM (" + first + ") AS first")) {
      row.next();
      return new Sample(row.getLong(1), row.getLong(2));
    } catch (SQLException refused) {
      return new Sample(0, 0);
    }
  }

  @Override
  public List<Optional<Range>> ranges(List<String> table, List<String> columns) {
    String asked =
        columns.stream()
            .map(Names::quote)
            .map(
                column ->
                    "CAST(stats(?).min AS VARCHAR), CAST(stats(?).max AS VARCHAR), CAST(stats(?).has_null AS BOOLEAN)"
                        .replace("?", column))
            .collect(Collectors.joining(", "));
    String name = table.stream().map(Names::quote).collect(Collectors.joining("."));
    List<Optional<Range>> ranges =
        new ArrayList<>(Collections.nCopies(columns.size(), Optional.empty()));
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT " + asked + " FROM " + name + " LIMIT 1")) {
      boolean isThere = row.next();
      for (int i = 0; isThere && i < columns.size(); i++) {
        ranges.set(
            i,
            range(row.getString(3 * i + 1), row.getString(3 * i + 2), row.getBoolean(3 * i + 3)));
      }
      return ranges;
    } catch (SQLException refused) {
      return Collections.nCopies(columns.size(), Optional.empty());
    }
  }

  /** Nothing where there is no value, or one is no finite number. */
  private static Optional<Range> range(String low, String high, boolean hasNulls) {
    try {
      return low == null || high == null
          ? Optional.empty()
          : Optional.of(new Range(new BigDecimal(low), new BigDecimal(high), hasNulls));
    } catch (NumberFormatException other) {
      return Optional.empty();
    }
  }

  /** DuckDB describes no statement whose parameters have no values; their types are what counts. */
  private static String withTypedNulls(String sql, List<String> types) {
    if (types.isEmpty()) {
      return sql;
    }
    Tokens tokens = Tokens.of(sql);
    List<Integer> ordinals = Parameters.of(tokens).ordinals();
    StringBuilder text = new StringBuilder();
    int from = 0;
    int parameter = 0;
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.kind(i) == Token.Kind.PARAMETER) {
        text.append(sql, from, tokens.start(i))
            .append("CAST(NULL AS ")
            .append(types.get(ordinals.get(parameter++)))
            .append(')');
        from = tokens.end(i);
      }
    }
    return text.append(sql.substring(from)).toString();
  }

  @Override
  public Constant constant(String sql) {
    try {
      return questions
          .ask(
              row -> new Constant(row.getString(1), row.getString(2)),
              "SELECT typeof(x), CAST(x AS VARCHAR) FROM (SELECT " + sql + ") AS t(x)")
          .get(0);
    } catch (SQLException e) {
      throw WarehouseErrors.of(e).withoutPosition();
    }
  }

  @Override
  public String parse(String sql) {
    Tokens tokens = Tokens.of(sql);
    names.expect(
        IntStream.range(0, tokens.size()).filter(tokens::isName).mapToObj(tokens::name).toList());
    return texts.tree(sql, questions);
  }

  @Override
  public String print(String tree) {
    return texts.text(tree, questions);
  }

  @Override
  public Optional<Table> table(List<String> name) {
    return names.find(name).map(this::table);
  }

  private Table table(NameLookup.Entry entry) {
    return new Table(entry.name(), columns.of(entry.name(), names.tables()), entry.rows());
  }

  @Override
  public RemoteTable remoteTable(List<String> name) {
    return sources.table(name);
  }

  @Override
  public TableKeys keys(List<String> name) {
    return new KeyLookup(connection).of(name);
  }

  @Override
  public List<FunctionInfo> functions(String name) {
    if (ownFunctions == null) {
      ownFunctions = functions.own(connection);
    }
    List<FunctionInfo> own = ownFunctions.get(Names.fold(name));
    return own == null ? functions.builtIn(name, connection) : own;
  }

  @Override
  public ModelVersion model(String name, Optional<String> version) {
    ModelVersion found = catalog.find(name, version);
    // Proves that its file is there, while there is a place in the statement to tell of.
    artifacts.path(found);
    found.options().checkLibraryAllowed(found.model(), settings);
    return found;
  }

  @Override
  public ModelProfile profile(ModelVersion model, List<Output> outputs, Domains domains) {
    return predictors.profile(model, artifacts.path(model), outputs, domains);
  }

  @Override
  public Map<ModelProfile.Slot, Numbers> necessary(
      ModelVersion model, List<Output> outputs, OutputBound bound) {
    return predictors.necessary(model, artifacts.path(model), outputs, bound);
  }

  @Override
  public CostConstants costs() {
    return catalog.calibration().orElse(CostConstants.STANDARD);
  }

  @Override
  public Settings settings() {
    return settings;
  }

  @Override
  public boolean ordersByDefault() {
    try {
      return questions.ask(row -> row.getBoolean(1), ORDERS_BY_DEFAULT).get(0);
    } catch (SQLException e) {
      throw WarehouseErrors.of(e);
    }
  }

  @Override
  public Optional<Constant> parameter(int ordinal) {
    return ParameterTypes.text(parameters.get(ordinal))
        .map(text -> new Constant(parameterTypes.get(ordinal), text));
  }

  @Override
  public List<String> parameterTypes() {
    return parameterTypes;
  }
}
