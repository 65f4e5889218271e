package io.auspex.sql.context;

import io.auspex.catalog.Column;
import io.auspex.catalog.CostConstants;
import io.auspex.catalog.ModelVersion;
import io.auspex.catalog.Output;
import io.auspex.catalog.Settings;
import io.auspex.udf.domain.Domain.Numbers;
import io.auspex.udf.domain.Domains;
import io.auspex.udf.predict.ModelProfile;
import io.auspex.udf.predict.OutputBound;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Asks the warehouse nothing twice: within one statement, the answers are the same. Not
 * thread-safe.
 */
public final class AskedOnce implements PlanningContext {
  private final PlanningContext warehouse;
  private final Map<List<Object>, Object> answers = new HashMap<>();

  public AskedOnce(PlanningContext warehouse) {
    this.warehouse = warehouse;
  }

  @Override
  public List<Column> describe(String sql, List<String> parameterTypes) {
    return once(
        List.of("describe", sql, parameterTypes), () -> warehouse.describe(sql, parameterTypes));
  }

  @Override
  public long rows(String sql, List<String> parameterTypes) {
    return once(List.of("rows", sql, parameterTypes), () -> warehouse.rows(sql, parameterTypes));
  }

  @Override
  public Sample sample(String sql, List<String> parameterTypes, int most) {
    return once(
        List.of("sample", sql, parameterTypes, most),
        () -> warehouse.sample(sql, parameterTypes, most));
  }

  @Override
  public List<Optional<Range>> ranges(List<String> table, List<String> columns) {
    return once(List.of("ranges", table, columns), () -> warehouse.ranges(table, columns));
  }

  @Override
  public Constant constant(String sql) {
    return once(List.of("constant", sql), () -> warehouse.constant(sql));
  }

  @Override
  public String parse(String sql) {
    return once(List.of("parse", sql), () -> warehouse.parse(sql));
  }

  @Override
  public String print(String tree) {
    return once(List.of("print", tree), () -> warehouse.print(tree));
  }

  @Override
  public Optional<Table> table(List<String> name) {
    return once(List.of("table", name), () -> warehouse.table(name));
  }

  @Override
  public RemoteTable remoteTable(List<String> name) {
    return once(List.of("remoteTable", name), () -> warehouse.remoteTable(name));
  }

  @Override
  public TableKeys keys(List<String> name) {
    return once(List.of("keys", name), () -> warehouse.keys(name));
  }

  @Override
  public List<FunctionInfo> functions(String name) {
    return once(List.of("functions", name), () -> warehouse.functions(name));
  }

  @Override
  public ModelVersion model(String name, Optional<String> version) {
    return once(List.of("model", name, version), () -> warehouse.model(name, version));
  }

  @Override
  public ModelProfile profile(ModelVersion model, List<Output> outputs, Domains domains) {
    return warehouse.profile(model, outputs, domains);
  }

  @Override
  public Map<ModelProfile.Slot, Numbers> necessary(
      ModelVersion model, List<Output> outputs, OutputBound bound) {
    return warehouse.necessary(model, outputs, bound);
  }

  @Override
  public CostConstants costs() {
    return once(List.of("costs"), warehouse::costs);
  }

  @Override
  public Settings settings() {
    return warehouse.settings();
  }

  @Override
  public boolean ordersByDefault() {
    return once(List.of("ordersByDefault"), warehouse::ordersByDefault);
  }

  @Override
  public Optional<Constant> parameter(int ordinal) {
    return warehouse.parameter(ordinal);
  }

  @Override
  public List<String> parameterTypes() {
    return warehouse.parameterTypes();
  }

  /** Each kind of question has answers of one type; what fails is asked again. */
  @SuppressWarnings("unchecked")
  private <T> T once(List<Object> question, Supplier<T> answer) {
    T known = (T) answers.get(question);
    if (known == null) {
      known = answer.get();
      answers.put(question, known);
    }
    return known;
  }
}
