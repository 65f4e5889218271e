package io.auspex.udf.predict;

import io.auspex.catalog.Input;
import io.auspex.catalog.ModelVersion;
import io.auspex.udf.binding.Feature;
import io.auspex.udf.fuzz.Case;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;

/**
 * A random model's rows as columns, one a feature.
 *
 * @param values what is in the vectors
 */
record CaseColumns(List<Feature> features, List<FieldVector> vectors, List<List<Object>> values)
    implements AutoCloseable {

  /** What a column has in place of its random values. */
  interface Change {
    List<Object> of(Input input, int slot, List<Object> values);
  }

  /**
   * @param rows by input, one after the other
   */
  static CaseColumns of(
      ModelVersion model,
      Case made,
      Map<String, List<Object>> rows,
      Change change,
      BufferAllocator allocator) {
    CaseColumns columns = new CaseColumns(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    try {
      for (Case.Input input : made.inputs()) {
        Input known = input(model, input.name());
        for (int slot = 0; slot < input.width(); slot++) {
          List<Object> random = column(rows.get(input.name()), slot, input.width());
          List<Object> values = change.of(known, slot, random);
          String type = input.type().sqlType();
          columns
              .features()
              .add(
                  new Feature(
                      known, slot, columns.features().size(), known.type().sqlType(), false));
          columns.values().add(values);
          columns.vectors().add(Tables.column(type, values, allocator));
        }
      }
      return columns;
    } catch (RuntimeException | Error failed) {
      columns.close();
      throw failed;
    }
  }

  private static Input input(ModelVersion model, String name) {
    return model.signature().inputs().stream()
        .filter(found -> found.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static List<Object> column(List<Object> values, int slot, int width) {
    List<Object> column = new ArrayList<>();
    for (int at = slot; at < values.size(); at += width) {
      column.add(values.get(at));
    }
    return column;
  }

  @Override
  public void close() {
    vectors.forEach(FieldVector::close);
  }
}
