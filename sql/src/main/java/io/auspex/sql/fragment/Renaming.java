package io.auspex.sql.fragment;

import io.auspex.catalog.Names;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Gives a query's columns other names. */
public final class Renaming {
  private Renaming() {}

  /** A query of the same rows, in their order, with its columns under these names. */
  public static String of(String sql, List<String> names) {
    List<String> columns = IntStream.range(0, names.size()).mapToObj(i -> "c" + i).toList();
    String renamed =
        IntStream.range(0, names.size())
            .mapToObj(i -> columns.get(i) + " AS " + Names.quote(names.get(i)))
            .collect(Collectors.joining(", "));
    return "SELECT "
        + renamed
        + "\nFROM ("
        + sql
        + ") AS named("
        + String.join(", ", columns)
        + ")";
  }
}
