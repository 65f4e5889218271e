package io.auspex.shell.output;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.PrettyPrinter;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.core.util.Separators.Spacing;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Struct;
import java.util.List;
import java.util.Map;

/**
 * JSON, row by row: an array of objects, or one object a line. Lists are arrays; structs and maps
 * are objects; numbers are numbers, and NaN and the infinities, which JSON lacks, are strings.
 */
record JsonPrinter(Page page, boolean array) implements Printer {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(JsonWriteFeature.WRITE_NAN_AS_STRINGS).build();

  @Override
  public Printed print(ResultSet result) throws IOException, SQLException {
    Columns columns = new Columns(result);
    JsonGenerator json = FACTORY.createGenerator(page.out());
    json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    json.disable(JsonGenerator.Feature.AUTO_CLOSE_JSON_CONTENT);
    json.setPrettyPrinter(lines());
    long rows = 0;
    if (array) {
      json.writeStartArray();
    }
    while (result.next()) {
      writeRow(json, columns);
      rows++;
    }
    if (array) {
      json.writeEndArray();
    }
    json.flush();
    page.out().write(array || rows > 0 ? "\n" : "");
    page.out().flush();
    return new Printed(rows, rows);
  }

  private static void writeRow(JsonGenerator json, Columns columns)
      throws IOException, SQLException {
    json.writeStartObject();
    for (int i = 0; i < columns.count(); i++) {
      json.writeFieldName(columns.names().get(i));
      Object value = columns.value(i);
      if (value == null || isStructured(value)) {
        write(json, value);
      } else if (columns.isJson(i)) {
        json.writeRawValue(columns.text(i));
      } else {
        json.writeString(columns.text(i));
      }
    }
    json.writeEndObject();
  }

  /** Whether JSON has more for it than a string. */
  private static boolean isStructured(Object value) {
    return value instanceof Number || value instanceof Boolean || Nested.isNested(value);
  }

  private static void write(JsonGenerator json, Object value) throws IOException, SQLException {
    if (value == null) {
      json.writeNull();
    } else if (value instanceof Boolean flag) {
      json.writeBoolean(flag);
    } else if (value instanceof Number number) {
      writeNumber(json, number);
    } else if (value instanceof Struct struct) {
      writeObject(json, Nested.fields(struct));
    } else if (value instanceof Map<?, ?> map) {
      writeObject(json, map);
    } else if (Nested.isNested(value)) {
      writeArray(json, Nested.elements(value));
    } else {
      json.writeString(value.toString());
    }
  }

  private static void writeArray(JsonGenerator json, List<?> elements)
      throws IOException, SQLException {
    json.writeStartArray();
    for (Object element : elements) {
      write(json, element);
    }
    json.writeEndArray();
  }

  private static void writeNumber(JsonGenerator json, Number number) throws IOException {
    if (number instanceof Double value) {
      json.writeNumber(value);
    } else if (number instanceof Float value) {
      json.writeNumber(value);
    } else if (number instanceof BigDecimal value) {
      json.writeNumber(value.toPlainString());
    } else if (number instanceof BigInteger value) {
      json.writeNumber(value);
    } else {
      json.writeNumber(number.longValue());
    }
  }

  private static void writeObject(JsonGenerator json, Map<?, ?> entries)
      throws IOException, SQLException {
    json.writeStartObject();
    for (Map.Entry<?, ?> entry : entries.entrySet()) {
      json.writeFieldName(String.valueOf(entry.getKey()));
      write(json, entry.getValue());
    }
    json.writeEndObject();
  }

  /** Every row on a line of its own, without other white space. */
  private static PrettyPrinter lines() {
    Separators separators =
        Separators.createDefaultInstance()
            .withRootSeparator("\n")
            .withObjectFieldValueSpacing(Spacing.NONE)
            .withArrayEmptySeparator("")
            .withObjectEmptySeparator("");
    DefaultPrettyPrinter lines = new DefaultPrettyPrinter(separators);
    lines.indentObjectsWith(DefaultPrettyPrinter.NopIndenter.instance);
    lines.indentArraysWith(new OuterArray());
    return lines;
  }

  private static final class OuterArray extends DefaultPrettyPrinter.NopIndenter {
    @Override
    public void writeIndentation(JsonGenerator json, int level) throws IOException {
      json.writeRaw(level <= 1 && json.getOutputContext().getParent().inRoot() ? "\n" : "");
    }
  }
}
