package io.auspex.catalog;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The sources of a warehouse, in its schema {@code auspex}: other databases whose tables statements
 * may name. What is said of {@link Catalog} of transactions, threads and names holds here, too.
 */
public final class Sources {
  private final Sql sql;
  private final CatalogTransaction transaction;

  Sources(Sql sql, CatalogTransaction transaction) {
    this.sql = sql;
    this.transaction = transaction;
  }

  /** Keeps a source. Throws SOURCE_EXISTS, CATALOG_CHANGED. */
  public void create(Source source) {
    transaction.change(
        () -> {
          find(source.name())
              .ifPresent(
                  existing -> {
                    throw new AuspexException(ErrorCode.SOURCE_EXISTS, existing.name());
                  });
          insert(source);
        });
  }

  /** Keeps a source, in place of one of its name. Throws CATALOG_CHANGED. */
  public void replace(Source source) {
    transaction.change(
        () -> {
          delete(source.name());
          insert(source);
        });
  }

  /** Forgets a source. Throws SOURCE_NOT_FOUND, CATALOG_CHANGED. */
  public void drop(String name) {
    transaction.change(() -> delete(existing(name).name()));
  }

  /** The source of this name, whatever its case. */
  public Optional<Source> find(String name) {
    String folded = Names.fold(name);
    return list().stream().filter(source -> Names.fold(source.name()).equals(folded)).findFirst();
  }

  /** Throws SOURCE_NOT_FOUND with the nearest name. */
  public Source existing(String name) {
    return find(name)
        .orElseThrow(
            () ->
                new AuspexException(
                    ErrorCode.SOURCE_NOT_FOUND,
                    name,
                    Names.didYouMean(name, list().stream().map(Source::name).toList())));
  }

  /** All sources, by name. */
  public List<Source> list() {
    return sql.ask(
        row -> {
          Map<String, String> options = new HashMap<>();
          List<String> keys = Sql.list(String.class, row.getArray("option_keys"));
          List<String> values = Sql.list(String.class, row.getArray("option_values"));
          for (int i = 0; i < keys.size(); i++) {
            options.put(keys.get(i), values.get(i));
          }
          return new Source(
              row.getString("name"),
              row.getString("url"),
              Optional.ofNullable(row.getString("user_name")),
              secret(row.getString("secret_kind"), row.getString("secret")),
              SourceOptions.of(options));
        },
        "SELECT * FROM auspex.source ORDER BY folded");
  }

  private void insert(Source source) {
    Map<String, String> options = source.options().values();
    sql.run(
        "INSERT INTO auspex.source VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        source.name(),
        Names.fold(source.name()),
        source.url(),
        source.user().orElse(null),
        source.password().map(Sources::kind).orElse(null),
        source.password().map(Sources::kept).orElse(null),
        List.copyOf(options.keySet()),
        List.copyOf(options.values()));
  }

  private void delete(String name) {
    sql.run("DELETE FROM auspex.source WHERE folded = ?", Names.fold(name));
  }

  private static String kind(Secret secret) {
    if (secret instanceof Secret.FromEnvironment) {
      return "env";
    }
    return secret instanceof Secret.FromFile ? "file" : "sealed";
  }

  private static String kept(Secret secret) {
    if (secret instanceof Secret.FromEnvironment environment) {
      return environment.variable();
    } else if (secret instanceof Secret.FromFile file) {
      return file.file().toString();
    }
    return ((Secret.Sealed) secret).cipherText();
  }

  private static Optional<Secret> secret(String kind, String kept) {
    if (kind == null) {
      return Optional.empty();
    }
    return Optional.of(
        switch (kind) {
          case "env" -> new Secret.FromEnvironment(kept);
          case "file" -> new Secret.FromFile(Path.of(kept));
          case "sealed" -> new Secret.Sealed(kept);
          default ->
              throw new AuspexException(ErrorCode.INTERNAL_ERROR, "a secret of the kind " + kind);
        });
  }
}
