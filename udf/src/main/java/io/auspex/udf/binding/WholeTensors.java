package io.auspex.udf.binding;

import io.auspex.catalog.Batching;
import io.auspex.catalog.Column;
import io.auspex.catalog.Input;
import io.auspex.catalog.ModelVersion;
import io.auspex.catalog.Names;
import io.auspex.catalog.Output;
import io.auspex.catalog.Signature;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Of a model that always takes k rows, decides by the columns whether a row of the table is one of
 * the k, or has the whole tensor: {@code FLOAT[4]} is a row of {@code [3,4]}, {@code FLOAT[4][3]}
 * all of it. In the second case each row is a run of its own, and gets all that comes out.
 */
public final class WholeTensors {
  private WholeTensors() {}

  /**
   * The model as it is used over these columns.
   *
   * @param byPosition whether the columns are bound by their order, not their names
   */
  public static ModelVersion fit(ModelVersion model, List<Column> columns, boolean byPosition) {
    Signature signature = model.signature();
    boolean isFixed = signature.batching().hasDimension() && !signature.batching().isOpen();
    boolean hasMaps = signature.outputs().stream().anyMatch(output -> output.keyType().isPresent());
    if (!isFixed || hasMaps || signature.inputs().isEmpty()) {
      return model;
    }
    long rows = signature.batching().rows();
    for (int i = 0; i < signature.inputs().size(); i++) {
      Input input = whole(signature.inputs().get(i), rows);
      Optional<Column> column = byPosition ? at(columns, i) : named(columns, input);
      if (column.isEmpty() || !ColumnType.of(column.get().type()).isNestedAs(input)) {
        return model;
      }
    }
    return model.with(
        new Signature(
            signature.inputs().stream().map(input -> whole(input, rows)).toList(),
            signature.outputs().stream().map(output -> whole(output, rows)).toList(),
            Batching.NONE));
  }

  private static Optional<Column> at(List<Column> columns, int ordinal) {
    return columns.stream().skip(ordinal).findFirst();
  }

  private static Optional<Column> named(List<Column> columns, Input input) {
    String name = input.features().isEmpty() ? input.name() : input.features().get(0);
    return columns.stream()
        .filter(column -> Names.fold(column.name()).equals(Names.fold(name)))
        .findFirst();
  }

  private static Input whole(Input input, long rows) {
    List<Long> shape = whole(input.shape(), input.axis(), rows);
    boolean hasName = input.features().size() == 1 && shape.size() > 2;
    return new Input(input.name(), input.type(), shape, hasName ? input.features() : List.of());
  }

  private static Output whole(Output output, long rows) {
    List<Long> shape = whole(output.shape(), output.axis(), rows);
    return new Output(output.name(), output.column(), output.type(), shape, Optional.empty());
  }

  /** The graph's own dimensions, after one of the table's rows. */
  private static List<Long> whole(List<Long> rowsFirst, int axis, long rows) {
    List<Long> shape = new ArrayList<>(rowsFirst);
    shape.add(1 + axis, rows);
    return shape;
  }
}
