package io.auspex.udf.duckdb;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.UInt1Vector;
import org.apache.arrow.vector.UInt2Vector;
import org.apache.arrow.vector.UInt4Vector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.ValueVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.MapVector;

/**
 * Writes a row in the notation that DuckDB's cast from VARCHAR to STRUCT reads back exactly:
 * strings in double quotes, in which a backslash escapes the quote and itself; numbers as Java
 * writes them, which is the shortest text that gives the same number again; NULL unquoted.
 */
final class RowText {
  private final StringBuilder text = new StringBuilder();

  private RowText() {}

  static String of(List<FieldVector> columns, int row) {
    RowText writer = new RowText();
    writer.text.append('(');
    for (FieldVector column : columns) {
      writer.separate('(');
      writer.append(column, row);
    }
    return writer.text.append(')').toString();
  }

  private void append(ValueVector vector, int row) {
    if (vector.isNull(row)) {
      text.append("NULL");
    } else if (vector instanceof VarCharVector strings) {
      appendQuoted(new String(strings.get(row), StandardCharsets.UTF_8));
    } else if (vector instanceof MapVector map) {
      appendMap(map, row);
    } else if (vector instanceof ListVector list) {
      appendList(
          list.getDataVector(), list.getElementStartIndex(row), list.getElementEndIndex(row));
    } else if (vector instanceof FixedSizeListVector list) {
      appendList(list.getDataVector(), row * list.getListSize(), (row + 1) * list.getListSize());
    } else {
      appendScalar(vector, row);
    }
  }

  private void appendScalar(ValueVector vector, int row) {
    if (vector instanceof UInt1Vector bytes) {
      text.append(Byte.toUnsignedInt(bytes.get(row)));
    } else if (vector instanceof UInt2Vector shorts) {
      text.append((int) shorts.get(row));
    } else if (vector instanceof UInt4Vector ints) {
      text.append(Integer.toUnsignedLong(ints.get(row)));
    } else if (vector instanceof UInt8Vector longs) {
      text.append(Long.toUnsignedString(longs.get(row)));
    } else {
      text.append(vector.getObject(row));
    }
  }

  private void appendList(ValueVector values, int start, int end) {
    text.append('[');
    for (int i = start; i < end; i++) {
      separate('[');
      append(values, i);
    }
    text.append(']');
  }

  private void appendMap(MapVector map, int row) {
    List<FieldVector> entries = map.getDataVector().getChildrenFromFields();
    text.append('{');
    for (int i = map.getElementStartIndex(row); i < map.getElementEndIndex(row); i++) {
      separate('{');
      append(entries.get(0), i);
      text.append('=');
      append(entries.get(1), i);
    }
    text.append('}');
  }

  private void appendQuoted(String value) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char unit = value.charAt(i);
      if (unit == '"' || unit == '\\') {
        text.append('\\');
      }
      text.append(unit);
    }
    text.append('"');
  }

  /** A comma, unless the bracket was opened just now. */
  private void separate(char bracket) {
    if (text.charAt(text.length() - 1) != bracket) {
      text.append(',');
    }
  }
}
