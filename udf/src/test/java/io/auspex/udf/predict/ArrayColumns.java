package io.auspex.udf.predict;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/** Columns of one value a row, or of one array. */
final class ArrayColumns {
  private ArrayColumns() {}

  /** The values as a column of the type; a value of an array is a list, or null. */
  static FieldVector column(String type, List<?> values, BufferAllocator allocator) {
    if (!type.endsWith("]")) {
      return Tables.column(type, values, allocator);
    }
    String element = type.substring(0, type.indexOf('['));
    String size = type.substring(type.indexOf('[') + 1, type.length() - 1);
    List<Object> flat = new ArrayList<>();
    for (Object row : values) {
      if (row != null) {
        flat.addAll((List<?>) row);
      } else if (!size.isEmpty()) {
        flat.addAll(Collections.nCopies(Integer.parseInt(size), null));
      }
    }
    try (FieldVector cells = Tables.column(element, flat, allocator)) {
      return size.isEmpty()
          ? list(cells, values, allocator)
          : array(cells, values, Integer.parseInt(size), allocator);
    }
  }

  private static FieldVector array(
      FieldVector cells, List<?> values, int size, BufferAllocator allocator) {
    Field field =
        Vectors.field(
            "x",
            new ArrowType.FixedSizeList(size),
            Vectors.field("$data$", cells.getField().getType()));
    FixedSizeListVector array = (FixedSizeListVector) field.createVector(allocator);
    cells.makeTransferPair(array.getDataVector()).transfer();
    array.setValueCount(values.size());
    for (int row = 0; row < values.size(); row++) {
      if (values.get(row) == null) {
        array.setNull(row);
      } else {
        array.setNotNull(row);
      }
    }
    return array;
  }

  private static FieldVector list(FieldVector cells, List<?> values, BufferAllocator allocator) {
    Field field =
        Vectors.field(
            "x", ArrowType.List.INSTANCE, Vectors.field("$data$", cells.getField().getType()));
    ListVector list = (ListVector) field.createVector(allocator);
    list.setInitialCapacity(values.size());
    list.allocateNew();
    for (int row = 0; row < values.size(); row++) {
      if (values.get(row) == null) {
        list.setNull(row);
      } else {
        list.startNewValue(row);
        list.endValue(row, ((List<?>) values.get(row)).size());
      }
    }
    list.setValueCount(values.size());
    cells.makeTransferPair(list.getDataVector()).transfer();
    return list;
  }
}
