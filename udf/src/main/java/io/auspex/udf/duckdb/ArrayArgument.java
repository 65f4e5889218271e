package io.auspex.udf.duckdb;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBReadableVector;

/**
 * Arguments of an array a row. DuckDB hands no arrays to functions in Java, so they come as text:
 * numbers as DuckDB writes lists of them, which is exact, strings as JSON. Nested arrays become
 * flat ones.
 */
record ArrayArgument(ScalarArgument element) implements ArgumentReader {
  private static final JsonFactory JSON = new JsonFactory();

  /** The text to hand over, as SQL. */
  static String text(String array, String elementType) {
    return elementType.equals(ScalarArgument.VARCHAR.name())
        ? "CAST(to_json(" + array + ") AS VARCHAR)"
        : "CAST(" + array + " AS VARCHAR)";
  }

  @Override
  public DuckDBColumnType columnType() {
    return DuckDBColumnType.VARCHAR;
  }

  @Override
  public FieldVector allocate(BufferAllocator allocator, int rows) {
    ListVector list = ListVector.empty("argument", allocator);
    try (FieldVector pattern = element.vector(allocator)) {
      list.addOrGetVector(FieldType.nullable(pattern.getField().getType()));
      list.setInitialCapacity(rows);
      list.allocateNew();
      return list;
    } catch (RuntimeException failed) {
      list.close();
      throw failed;
    }
  }

  @Override
  public void read(DuckDBReadableVector argument, FieldVector vector, int rows) {
    ListVector list = (ListVector) vector;
    FieldVector values = list.getDataVector();
    int at = 0;
    for (int row = 0; row < rows; row++) {
      if (argument.isNull(row)) {
        list.setNull(row);
        continue;
      }
      List<String> elements = elements(argument.getString(row));
      list.startNewValue(row);
      for (String text : elements) {
        if (text == null) {
          values.setNull(at++);
        } else {
          element.parse(text, at++, values);
        }
      }
      list.endValue(row, elements.size());
    }
    list.setValueCount(rows);
    values.setValueCount(at);
  }

  /** The elements' texts, null for NULL. */
  private List<String> elements(String array) {
    if (element == ScalarArgument.VARCHAR) {
      return strings(array);
    }
    String flat = array.replaceAll("[\\[\\] ]", "");
    List<String> texts = new ArrayList<>();
    if (!flat.isEmpty()) {
      Arrays.stream(flat.split(",")).forEach(text -> texts.add(text.equals("NULL") ? null : text));
    }
    return texts;
  }

  private static List<String> strings(String json) {
    List<String> strings = new ArrayList<>();
    try (JsonParser parser = JSON.createParser(json)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token.isScalarValue()) {
          strings.add(token == JsonToken.VALUE_NULL ? null : parser.getText());
        }
      }
      return strings;
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
