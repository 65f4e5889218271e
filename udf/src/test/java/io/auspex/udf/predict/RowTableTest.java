package io.auspex.udf.predict;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.junit.jupiter.api.Test;

class RowTableTest {
  private static final int ROWS = 20_000;
  private static final int DISTINCT = 3000;

  /**
   * Narrow and wide types in turn, each of three values and NULL; some differ in high bits only.
   */
  private static final Map<String, IntFunction<Object>> TYPES =
      Map.of(
          "BOOLEAN", value -> value > 0,
          "TINYINT", value -> (byte) -value,
          "SMALLINT", value -> (short) (value << 14),
          "INTEGER", value -> value << 30,
          "BIGINT", value -> (long) value << 62,
          "FLOAT", value -> (float) value,
          "DOUBLE", value -> (double) value);

  @Test
  void rowsHaveTheSameNumberWhereAllTheirValuesAreEqual() {
    Random random = new Random(7);
    for (int features : List.of(1, 2, 3, 7, 70)) {
      List<String> types =
          random
              .ints(features, 0, TYPES.size())
              .mapToObj(List.copyOf(TYPES.keySet())::get)
              .toList();
      int[] picked = random.ints(ROWS, 0, DISTINCT).toArray();
      List<List<Object>> values = types.stream().map(type -> values(type, picked, random)).toList();
      try (BufferAllocator allocator = new RootAllocator()) {
        List<FieldVector> columns = new ArrayList<>();
        for (int i = 0; i < features; i++) {
          columns.add(Tables.column(types.get(i), values.get(i), allocator));
        }
        checkNumbers(columns, values);
        columns.forEach(FieldVector::close);
      }
    }
  }

  /** Rows repeat one of some thousand, however many features they have. */
  private static List<Object> values(String type, int[] picked, Random random) {
    int[] ofPicked = random.ints(DISTINCT, 0, 4).toArray();
    List<Object> values = new ArrayList<>();
    for (int pick : picked) {
      int value = ofPicked[pick];
      values.add(value == 3 ? null : TYPES.get(type).apply(value));
    }
    return values;
  }

  private static void checkNumbers(List<FieldVector> columns, List<List<Object>> values) {
    RowLayout layout = RowLayout.of(columns);
    RowTable table = new RowTable(layout.width(), ROWS);
    RowBlock block = new RowBlock(layout, ROWS);
    Map<List<Object>, Integer> numbers = new HashMap<>();
    for (int start = 0; start < ROWS; start += RowBlock.ROWS) {
      block.read(columns, start, Math.min(RowBlock.ROWS, ROWS - start));
      checkBlock(block, table, values, start, numbers);
    }
    assertThat(table.count()).isEqualTo(numbers.size());
  }

  private static void checkBlock(
      RowBlock block,
      RowTable table,
      List<List<Object>> values,
      int start,
      Map<List<Object>, Integer> numbers) {
    int[] found = new int[ROWS];
    table.find(block, found, start, new RowTable.Search());
    for (int row = 0; row < block.rows(); row++) {
      List<Object> key = key(values, start + row);
      assertThat(found[start + row]).isEqualTo(numbers.getOrDefault(key, -1));
    }
    for (int row = 0; row < block.rows(); row++) {
      List<Object> key = key(values, start + row);
      int known = numbers.getOrDefault(key, -1);
      assertThat(table.find(block, row)).isEqualTo(known);
      if (known < 0) {
        numbers.put(key, table.add(block, row));
      }
    }
    table.find(block, found, start, new RowTable.Search());
    for (int row = 0; row < block.rows(); row++) {
      assertThat(found[start + row]).isEqualTo(numbers.get(key(values, start + row)));
    }
  }

  private static List<Object> key(List<List<Object>> values, int row) {
    List<Object> key = new ArrayList<>();
    for (List<Object> column : values) {
      key.add(column.get(row));
    }
    return key;
  }

  /** Rows of two words: the second undoes what the first has done to the hash. */
  @Test
  void rowsOfEqualHashesAreTold() {
    List<Object> first = new ArrayList<>();
    List<Object> second = new ArrayList<>();
    for (int row = 0; row < 500; row++) {
      first.add(row);
      second.add(mixed(row));
    }
    try (BufferAllocator allocator = new RootAllocator()) {
      List<FieldVector> columns =
          List.of(
              Tables.column("INTEGER", first, allocator),
              Tables.column("INTEGER", second, allocator));
      RowLayout layout = RowLayout.of(columns);
      RowBlock block = new RowBlock(layout, first.size());
      block.read(columns, 0, first.size());
      assertThat(block.hash(1)).isEqualTo(block.hash(0)).isEqualTo(block.hash(499));
      RowTable table = new RowTable(layout.width(), first.size());
      for (int row = 0; row < first.size(); row += 2) {
        table.add(block, row);
      }
      int[] found = new int[first.size()];
      table.find(block, found, 0, new RowTable.Search());
      for (int row = 0; row < found.length; row++) {
        assertThat(found[row]).isEqualTo(row % 2 == 0 ? row / 2 : -1);
      }
      columns.forEach(FieldVector::close);
    }
  }

  private static int mixed(int word) {
    int mixed = word * 0x9E3779B1;
    return mixed ^ mixed >>> 15;
  }
}
