package io.auspex.sql.statement;

import io.auspex.catalog.Names;
import io.auspex.sql.lexer.Token.Kind;
import io.auspex.sql.lexer.Tokens;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The parameters of a statement.
 *
 * @param names the name of each, in order; for {@code ?} and {@code $1} their number, from 1
 * @param ordinals for each parameter token of the text, in order, the 0-based parameter it is
 */
public record Parameters(List<String> names, List<Integer> ordinals) {
  public Parameters {
    names = List.copyOf(names);
    ordinals = List.copyOf(ordinals);
  }

  public int count() {
    return names.size();
  }

  /**
   * Finds the parameters as DuckDB numbers them: a {@code ?} is the next one, {@code $n} and {@code
   * ?n} the n-th, and each {@code $name} the next one at its first place.
   */
  public static Parameters of(Tokens tokens) {
    Map<String, Integer> named = new LinkedHashMap<>();
    List<Integer> ordinals = new ArrayList<>();
    int next = 0;
    int count = 0;
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.kind(i) == Kind.PARAMETER) {
        String name = Names.fold(tokens.spelling(i).substring(1));
        int ordinal =
            name.isEmpty()
                ? next++
                : isNumber(name)
                    ? Integer.parseInt(name) - 1
                    : named.computeIfAbsent(name, added -> named.size());
        ordinals.add(ordinal);
        count = Math.max(count, ordinal + 1);
      }
    }
    return new Parameters(names(count, new ArrayList<>(named.keySet())), ordinals);
  }

  /** The statement with numbers in place of names, which DuckDB's driver cannot bind. */
  public static String numbered(String sql) {
    Tokens tokens = Tokens.of(sql);
    List<Integer> ordinals = of(tokens).ordinals();
    StringBuilder text = new StringBuilder();
    int from = 0;
    int parameter = 0;
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.kind(i) == Kind.PARAMETER) {
        String number = "$" + (ordinals.get(parameter++) + 1);
        boolean named = tokens.spelling(i).matches("\\$\\D.*");
        text.append(sql, from, tokens.start(i)).append(named ? number : tokens.spelling(i));
        from = tokens.end(i);
      }
    }
    return text.append(sql, from, sql.length()).toString();
  }

  private static List<String> names(int count, List<String> named) {
    List<String> names = new ArrayList<>(named);
    for (int number = names.size() + 1; number <= count; number++) {
      names.add(Integer.toString(number));
    }
    return names;
  }

  /** Up to 65535, which DuckDB allows at most. */
  private static boolean isNumber(String name) {
    return name.matches("[1-9]\\d{0,4}");
  }
}
