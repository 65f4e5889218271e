package io.auspex.udf.domain;

import io.auspex.catalog.Input;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is known of the features of the rows that a model is given. Two that say the same are equal
 * and print the same. Immutable.
 *
 * @param known by feature; of others nothing is
 */
public record Domains(Map<String, Domain> known) {
  /** Where nothing is known. */
  public static final Domains NONE = new Domains(Map.of());

  public Domains {
    known = Map.copyOf(known);
  }

  /** Collects what is known. */
  public static final class Builder {
    private final Map<String, Domain> known = new TreeMap<>();

    public Builder() {}

    /** Beginning with what is known already. */
    public Builder(Domains known) {
      this.known.putAll(known.known());
    }

    public void add(Input input, int slot, Domain domain) {
      known.put(name(input, slot), domain);
    }

    public Domains build() {
      return new Domains(known);
    }
  }

  private static String name(Input input, int slot) {
    return slot + " of " + input.name();
  }

  public boolean isEmpty() {
    return known.isEmpty();
  }

  /** What is known of the value at a place of an input's row. */
  public Optional<Domain> of(Input input, int slot) {
    return Optional.ofNullable(known.get(name(input, slot)));
  }

  /** What is known of features of which others do not say the same. */
  public Domains beyond(Domains others) {
    Map<String, Domain> news = new TreeMap<>(known);
    news.entrySet().removeAll(others.known.entrySet());
    return new Domains(news);
  }

  /** Whether a feature is neither NULL nor NaN. */
  public boolean areAllThere(Input input, int slot) {
    return of(input, slot).filter(domain -> !domain.mayBeMissing()).isPresent();
  }

  @Override
  public String toString() {
    return new TreeMap<>(known).toString();
  }
}
