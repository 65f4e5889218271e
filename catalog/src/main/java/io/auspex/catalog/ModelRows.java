package io.auspex.catalog;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads and writes models themselves, with the numbers and aliases of their versions. */
final class ModelRows {
  private final Sql sql;

  ModelRows(Sql sql) {
    this.sql = sql;
  }

  /**
   * @param lastVersion the highest number ever given
   */
  record Model(long id, String name, int defaultVersion, int lastVersion) {}

  record Alias(String name, int version) {}

  List<String> names() {
    return sql.query(row -> row.getString(1), "SELECT name FROM auspex.model ORDER BY folded");
  }

  Optional<Model> find(String name) {
    return sql
        .ask(
            row -> new Model(row.getLong(1), row.getString(2), row.getInt(3), row.getInt(4)),
            "SELECT model_id, name, default_version, last_version FROM auspex.model WHERE folded = ?",
            Names.fold(name))
        .stream()
        .findFirst();
  }

  /** Throws MODEL_NOT_FOUND with the nearest name. */
  Model existing(String name) {
    return find(name)
        .orElseThrow(
            () ->
                new AuspexException(
                    ErrorCode.MODEL_NOT_FOUND, name, Names.didYouMean(name, names())));
  }

  Model insert(String name) {
    long id =
        sql.first(row -> row.getLong(1), "SELECT coalesce(max(model_id), 0) + 1 FROM auspex.model")
            .orElseThrow();
    sql.run("INSERT INTO auspex.model VALUES (?, ?, ?, 0, 0)", id, name, Names.fold(name));
    return new Model(id, name, 0, 0);
  }

  void delete(Model model) {
    sql.run("DELETE FROM auspex.model WHERE model_id = ?", model.id());
  }

  void setDefault(Model model, int version) {
    sql.run("UPDATE auspex.model SET default_version = ? WHERE model_id = ?", version, model.id());
  }

  void setLatest(Model model, int version) {
    sql.run("UPDATE auspex.model SET last_version = ? WHERE model_id = ?", version, model.id());
    setDefault(model, version);
  }

  void setAlias(Model model, String alias, int version) {
    sql.run(
        "DELETE FROM auspex.model_alias WHERE model_id = ? AND folded = ?",
        model.id(),
        Names.fold(alias));
    sql.run(
        "INSERT INTO auspex.model_alias VALUES (?, ?, ?, ?)",
        model.id(),
        alias,
        Names.fold(alias),
        version);
  }

  List<Integer> numbers(Model model) {
    return sql.query(
        row -> row.getInt(1),
        "SELECT version FROM auspex.model_version WHERE model_id = ? ORDER BY version",
        model.id());
  }

  List<Alias> aliases(Model model) {
    return sql.query(
        row -> new Alias(row.getString(1), row.getInt(2)),
        "SELECT alias, version FROM auspex.model_alias WHERE model_id = ? ORDER BY folded",
        model.id());
  }

  /** The number that a number or an alias means. Throws VERSION_NOT_FOUND with those there are. */
  int number(Model model, String version) {
    List<Integer> numbers = numbers(model);
    if (isNumber(version)) {
      return numbers.stream()
          .filter(number -> number.toString().equals(version))
          .findFirst()
          .orElseThrow(() -> notFound(model, version, numbers));
    }
    return aliases(model).stream()
        .filter(alias -> Names.fold(alias.name()).equals(Names.fold(version)))
        .map(Alias::version)
        .findFirst()
        .orElseThrow(() -> notFound(model, version, numbers));
  }

  static boolean isNumber(String version) {
    return !version.isEmpty() && version.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private AuspexException notFound(Model model, String version, List<Integer> numbers) {
    String known =
        numbers.stream().map(String::valueOf).collect(Collectors.joining(", "))
            + aliases(model).stream()
                .map(alias -> ", " + alias.name() + " (" + alias.version() + ")")
                .collect(Collectors.joining());
    return new AuspexException(ErrorCode.VERSION_NOT_FOUND, model.name(), version, known);
  }
}
