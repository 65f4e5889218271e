package io.auspex.catalog;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Names as DuckDB treats them: compared without case, quoted where they need it. */
public final class Names {
  private Names() {}

  /** The name in double quotes, so that any name is an identifier in DuckDB's SQL. */
  public static String quote(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /** The name that stands between double quotes. */
  public static String unquote(String quoted) {
    return quoted.substring(1, Math.max(1, quoted.length() - 1)).replace("\"\"", "\"");
  }

  /** A string literal. */
  public static String literal(String value) {
    return '\'' + value.replace("'", "''") + '\'';
  }

  /** What two names that mean the same thing have in common; only ASCII has no case to DuckDB. */
  public static String fold(String name) {
    StringBuilder folded = null;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        folded = folded == null ? new StringBuilder(name) : folded;
        folded.setCharAt(i, (char) (c + ('a' - 'A')));
      }
    }
    return folded == null ? name : folded.toString();
  }

  /** The name, or one like it, that none of those taken is the same as. */
  public static String unused(String name, Collection<String> taken) {
    Set<String> folded = taken.stream().map(Names::fold).collect(Collectors.toSet());
    String candidate = name;
    for (int i = 1; folded.contains(fold(candidate)); i++) {
      candidate = name + "_" + i;
    }
    return candidate;
  }

  /** Of the candidates, the one a mistyped {@code name} most likely meant. */
  public static Optional<String> nearest(String name, Collection<String> candidates) {
    String best = null;
    int bestDistance = Math.max(1, name.length() / 2) + 1;
    for (String candidate : candidates) {
      int distance = distance(fold(name), fold(candidate));
      if (distance < bestDistance) {
        best = candidate;
        bestDistance = distance;
      }
    }
    return Optional.ofNullable(best);
  }

  /** {@code " Did you mean x?"} for the nearest candidate, or nothing. */
  public static String didYouMean(String name, Collection<String> candidates) {
    return nearest(name, candidates).map(found -> " Did you mean " + found + "?").orElse("");
  }

  /** Levenshtein's distance (V. I. Levenshtein, 1966), by rows. */
  private static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substitution = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(substitution, Math.min(previous[j], current[j - 1]) + 1);
      }
      previous = current;
    }
    return previous[b.length()];
  }
}
