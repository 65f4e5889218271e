package io.auspex.jdbc;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.complex.LargeListVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.MapVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.complex.UnionVector;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.types.pojo.Field;

/** Readers of vectors that hold other vectors. */
final class NestedReaders {
  private NestedReaders() {}

  static VectorReader of(FieldVector vector, String type, DictionaryProvider dictionaries) {
    if (vector instanceof MapVector map) {
      return ofMap(map, dictionaries);
    } else if (vector instanceof StructVector struct) {
      return ofStruct(struct, type, dictionaries);
    } else if (vector instanceof UnionVector union) {
      return ofUnion(union, dictionaries);
    }
    return ofList(vector, type, dictionaries);
  }

  /** The dictionary comes with the first batch, and is looked up anew since it may change. */
  static VectorReader ofDictionary(FieldVector codes, long id, DictionaryProvider dictionaries) {
    return row -> {
      int code = (int) ((BaseIntVector) codes).getValueAsLong(row);
      byte[] name = ((VarCharVector) dictionaries.lookup(id).getVector()).get(code);
      return new String(name, StandardCharsets.UTF_8);
    };
  }

  private static VectorReader ofList(
      FieldVector vector, String type, DictionaryProvider dictionaries) {
    String elementType = JdbcType.element(type);
    FieldVector elements = vector.getChildrenFromFields().get(0);
    VectorReader reader = VectorReader.of(elements, elementType, dictionaries);
    return row -> {
      int start = start(vector, row);
      int end = end(vector, row);
      List<Object> values = new ArrayList<>(end - start);
      for (int i = start; i < end; i++) {
        values.add(reader.read(i));
      }
      return new ArrayValue(elementType, values);
    };
  }

  private static int start(FieldVector vector, int row) {
    if (vector instanceof ListVector list) {
      return list.getElementStartIndex(row);
    } else if (vector instanceof LargeListVector list) {
      return Math.toIntExact(list.getElementStartIndex(row));
    }
    return ((FixedSizeListVector) vector).getElementStartIndex(row);
  }

  private static int end(FieldVector vector, int row) {
    if (vector instanceof ListVector list) {
      return list.getElementEndIndex(row);
    } else if (vector instanceof LargeListVector list) {
      return Math.toIntExact(list.getElementEndIndex(row));
    }
    return ((FixedSizeListVector) vector).getElementEndIndex(row);
  }

  private static VectorReader ofMap(MapVector vector, DictionaryProvider dictionaries) {
    List<FieldVector> entry = vector.getDataVector().getChildrenFromFields();
    VectorReader key = VectorReader.of(entry.get(0), "", dictionaries);
    VectorReader value = VectorReader.of(entry.get(1), "", dictionaries);
    return row -> {
      Map<Object, Object> entries = new LinkedHashMap<>();
      for (int i = vector.getElementStartIndex(row); i < vector.getElementEndIndex(row); i++) {
        entries.put(key.read(i), value.read(i));
      }
      return new MapValue(entries);
    };
  }

  private static VectorReader ofStruct(
      StructVector vector, String type, DictionaryProvider dictionaries) {
    List<String> names = vector.getField().getChildren().stream().map(Field::getName).toList();
    List<VectorReader> fields =
        vector.getChildrenFromFields().stream()
            .map(child -> VectorReader.of(child, "", dictionaries))
            .toList();
    boolean named = !type.startsWith("TUPLE(");
    return row -> {
      List<Object> values = new ArrayList<>(fields.size());
      for (VectorReader field : fields) {
        values.add(field.read(row));
      }
      return new StructValue(type, names, values, named);
    };
  }

  private static VectorReader ofUnion(UnionVector vector, DictionaryProvider dictionaries) {
    List<VectorReader> members =
        vector.getChildrenFromFields().stream()
            .map(child -> VectorReader.of(child, "", dictionaries))
            .toList();
    return row -> {
      int member = vector.getTypeValue(row);
      if (member < 0 || member >= members.size()) {
        throw new AuspexException(ErrorCode.INTERNAL_ERROR, "a union without member " + member);
      }
      return members.get(member).read(row);
    };
  }
}
