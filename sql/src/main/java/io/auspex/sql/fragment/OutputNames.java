package io.auspex.sql.fragment;

import io.auspex.catalog.ModelVersion;
import io.auspex.catalog.Names;
import io.auspex.catalog.Output;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Names of a model's outputs beside the columns of its input. */
public final class OutputNames {
  private OutputNames() {}

  /**
   * A name for each of the model's outputs: its own, or, where the input has a column of that name,
   * with the model's name before it.
   *
   * @param columns the names of the input's columns
   */
  public static List<String> of(ModelVersion model, List<String> columns) {
    Set<String> taken = new HashSet<>();
    columns.forEach(name -> taken.add(Names.fold(name)));
    List<String> names = new ArrayList<>();
    for (Output output : model.signature().outputs()) {
      String name = output.column();
      while (!taken.add(Names.fold(name))) {
        name = model.model() + "_" + name;
      }
      names.add(name);
    }
    return names;
  }
}
