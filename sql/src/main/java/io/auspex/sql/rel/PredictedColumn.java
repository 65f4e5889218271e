package io.auspex.sql.rel;

import io.auspex.catalog.Names;
import io.auspex.catalog.Output;
import java.util.ArrayList;
import java.util.List;

/** An output of a model under the name it has in a query. */
public record PredictedColumn(String name, Output output) {

  /** The columns, under other names where these are taken. */
  public static List<PredictedColumn> unlike(List<String> names, List<PredictedColumn> columns) {
    List<String> taken = new ArrayList<>(names);
    List<PredictedColumn> renamed = new ArrayList<>();
    for (PredictedColumn column : columns) {
      String name = Names.unused(column.name(), taken);
      taken.add(name);
      renamed.add(new PredictedColumn(name, column.output()));
    }
    return renamed;
  }
}
