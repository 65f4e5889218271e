package io.auspex.catalog;

import java.sql.Connection;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The models of a warehouse, its sources, its views over predictions, and what was measured of
 * machines, in its own schema {@code auspex}.
 *
 * <p>It keeps what {@link #find} found while the catalog stays as it is, in {@link Findings}, and
 * nothing else: it sees what its connection's transaction sees, and what it changes is kept or lost
 * with that transaction. Outside a transaction each change is all or nothing. As thread-safe as its
 * connection. A failure of DuckDB is WAREHOUSE with its message.
 *
 * <p>Model and alias names are compared without case and shown as they were first written.
 */
public final class Catalog {
  /** Of creating the schema, which others may be doing at the same time. */
  private static final int TRIES = 20;

  private final Sql sql;
  private final CatalogTransaction transaction;
  private final CatalogSchema schema;
  private final ModelRows models;
  private final VersionRows versions;
  private final Sources sources;
  private final Calibrations calibrations;
  private final Findings findings;

  /**
   * @param database the warehouse's own database, which need not be the one the session uses
   */
  public Catalog(Connection connection, String database) {
    this(connection, database, new Findings());
  }

  /**
   * @param findings what other connections to the same warehouse have found
   */
  public Catalog(Connection connection, String database, Findings findings) {
    this.findings = findings;
    this.sql = new Sql(connection, database);
    this.transaction = new CatalogTransaction(sql);
    this.schema = new CatalogSchema(sql, database);
    this.models = new ModelRows(sql);
    this.versions = new VersionRows(sql);
    this.sources = new Sources(sql, transaction);
    this.calibrations = new Calibrations(sql);
  }

  /**
   * Creates the schema where it is not there yet, or brings an older one up to date; other
   * connections may do so at the same time.
   *
   * @throws AuspexException WAREHOUSE_UNREADABLE where a newer Auspex wrote it
   */
  public void initialize() {
    for (int attempt = 1; !schema.exists(); attempt++) {
      try {
        transaction.atomically(schema::create);
      } catch (AuspexException anotherIsAtIt) {
        if (attempt == TRIES) {
          throw anotherIsAtIt;
        }
        CatalogTransaction.pause();
      }
    }
    if (schema.isOld()) {
      transaction.atomically(schema::upgrade);
    }
  }

  /**
   * For a warehouse that cannot be written to.
   *
   * @throws AuspexException WAREHOUSE_UNREADABLE where another Auspex wrote the schema
   */
  public void requireCurrent() {
    if (schema.exists() && schema.isOld()) {
      throw schema.isTooOld();
    }
  }

  /**
   * Keeps a model's version and makes it the default, also where {@link #setDefault} chose another:
   * who replaces a model wants the new one read.
   *
   * @return the new version, or the default one where the model was kept
   * @throws AuspexException MODEL_EXISTS, CATALOG_CHANGED
   */
  public ModelVersion create(Registration registration, Registration.IfExists ifExists) {
    return transaction.change(
        () -> {
          Optional<ModelRows.Model> existing = models.find(registration.name());
          if (existing.isEmpty()) {
            return addVersion(models.insert(registration.name()), registration);
          }
          return switch (ifExists) {
            case FAIL -> throw new AuspexException(ErrorCode.MODEL_EXISTS, existing.get().name());
            case KEEP -> version(existing.get(), Optional.empty());
            case ADD_VERSION -> addVersion(existing.get(), registration);
          };
        });
  }

  private ModelVersion addVersion(ModelRows.Model model, Registration registration) {
    int number = model.lastVersion() + 1;
    Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    versions.insert(model.id(), number, registration, now);
    models.setLatest(model, number);
    return version(model.id(), number);
  }

  public boolean exists(String name) {
    return models.find(name).isPresent();
  }

  /** Names of all models, in order. */
  public List<String> names() {
    return models.names();
  }

  /**
   * A version of a model.
   *
   * @param version a number, an alias, or empty for the default
   * @throws AuspexException MODEL_NOT_FOUND, VERSION_NOT_FOUND
   */
  public ModelVersion find(String name, Optional<String> version) {
    return found(
        Findings.Revision::models,
        List.of(name, version),
        () -> version(models.existing(name), version));
  }

  /** What was found already, or is now. */
  private <K, V> V found(Function<Findings.Revision, Map<K, V>> kept, K key, Supplier<V> find) {
    long revision = revision();
    Map<K, V> known = kept.apply(findings.at(revision));
    V found = known.get(key);
    if (found == null) {
      found = find.get();
      // Outside of a transaction the catalog may have become another meanwhile.
      if (revision() == revision) {
        known.put(key, found);
      }
    }
    return found;
  }

  /** A number that is another whenever other models, or times, are seen. */
  private long revision() {
    return sql.ask(row -> row.getLong(1), "SELECT changes FROM auspex.revision").get(0);
  }

  /** Makes a version the default. Throws MODEL_NOT_FOUND, VERSION_NOT_FOUND, CATALOG_CHANGED. */
  public ModelVersion setDefault(String name, String version) {
    return transaction.change(
        () -> {
          ModelRows.Model model = models.existing(name);
          int number = models.number(model, version);
          models.setDefault(model, number);
          return version(model.id(), number);
        });
  }

  /**
   * Gives a version a further name, taking it from another version that has it.
   *
   * @throws AuspexException MODEL_NOT_FOUND, VERSION_NOT_FOUND, CATALOG_CHANGED; UNSUPPORTED for an
   *     alias that could be a version's number
   */
  public ModelVersion setAlias(String name, String alias, String version) {
    if (ModelRows.isNumber(alias)) {
      throw new AuspexException(
          ErrorCode.UNSUPPORTED, "The number " + alias, "as an alias", "Choose a name.");
    }
    return transaction.change(
        () -> {
          ModelRows.Model model = models.existing(name);
          int number = models.number(model, version);
          models.setAlias(model, alias, number);
          return version(model.id(), number);
        });
  }

  /** Drops a model with all its versions. Throws MODEL_NOT_FOUND, CATALOG_CHANGED. */
  public void drop(String name) {
    transaction.change(() -> dropWhole(models.existing(name)));
  }

  /**
   * Drops a version, and the model with its only one. The number is never given again while the
   * model lives.
   *
   * @throws AuspexException MODEL_NOT_FOUND, VERSION_NOT_FOUND, CATALOG_CHANGED; VERSION_IN_USE
   *     where others remain and it is the default or has an alias
   */
  public void drop(String name, String version) {
    transaction.change(
        () -> {
          ModelRows.Model model = models.existing(name);
          int number = models.number(model, version);
          if (models.numbers(model).size() == 1) {
            dropWhole(model);
          } else {
            checkUnused(model, number);
            versions.delete(model.id(), number);
          }
        });
  }

  private void dropWhole(ModelRows.Model model) {
    versions.deleteAll(model.id());
    models.delete(model);
  }

  private void checkUnused(ModelRows.Model model, int version) {
    if (model.defaultVersion() == version) {
      throw inUse(model, version, "the default", "SET DEFAULT VERSION …");
    }
    for (ModelRows.Alias alias : models.aliases(model)) {
      if (alias.version() == version) {
        throw inUse(
            model, version, "called " + alias.name(), "SET ALIAS " + alias.name() + " = VERSION …");
      }
    }
  }

  private static AuspexException inUse(ModelRows.Model model, int version, String why, String way) {
    return new AuspexException(
        ErrorCode.VERSION_IN_USE,
        model.name(),
        version,
        why,
        "First run ALTER MODEL " + model.name() + " " + way + " for another version.");
  }

  /** The digests of all files of all versions: the artifacts that are needed. */
  public Set<String> digests() {
    return Set.copyOf(
        sql.query(
            row -> row.getString(1),
            "SELECT digest FROM auspex.model_version UNION SELECT digest FROM auspex.model_data"));
  }

  /** The other databases it knows. */
  public Sources sources() {
    return sources;
  }

  /** Keeps a view over a prediction, in place of one with its id. */
  public void putView(PredictView view) {
    transaction.atomically(
        () -> {
          dropView(view.id());
          sql.run(
              "INSERT INTO auspex.predict_view VALUES (?, ?, ?, ?, ?, ?)",
              view.id(),
              view.database(),
              view.schema(),
              view.name(),
              view.columns(),
              view.sql());
        });
  }

  /** All views over predictions. */
  public List<PredictView> views() {
    return sql.ask(
        row ->
            new PredictView(
                row.getString("id"),
                row.getString("database_name"),
                row.getString("schema_name"),
                row.getString("name"),
                Sql.list(String.class, row.getArray("columns")),
                row.getString("sql")),
        "SELECT * FROM auspex.predict_view ORDER BY database_name, schema_name, name");
  }

  /** Forgets a view over a prediction; does nothing where there is none of this id. */
  public void dropView(String id) {
    sql.run("DELETE FROM auspex.predict_view WHERE id = ?", id);
  }

  /** What was measured on this machine; empty where nothing was, and the defaults hold. */
  public Optional<CostConstants> calibration() {
    Machine machine = Machine.current();
    return found(Findings.Revision::calibrations, machine, () -> calibrations.find(machine));
  }

  /** Keeps what was measured on this machine, in place of what was before. */
  public void calibrate(CostConstants measured) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    transaction.change(() -> calibrations.replace(Machine.current(), measured, now));
  }

  /** Forgets what was measured on this machine, so that the defaults hold. */
  public void forgetCalibration() {
    transaction.change(() -> calibrations.delete(Machine.current()));
  }

  private ModelVersion version(ModelRows.Model model, Optional<String> version) {
    int number = version.map(given -> models.number(model, given)).orElse(model.defaultVersion());
    return version(model.id(), number);
  }

  private ModelVersion version(long modelId, int number) {
    return versions
        .read(modelId, number)
        .orElseThrow(
            () ->
                new AuspexException(
                    ErrorCode.INTERNAL_ERROR, "version " + number + " of a model has no row"));
  }
}
