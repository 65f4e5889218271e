package io.auspex.catalog;

import java.util.List;

/**
 * The element types of tensors and, for each, the DuckDB type that carries it: the one type-mapping
 * table. Codes are {@code TensorProto.DataType} of the ONNX specification.
 */
public enum ElementType {
  FLOAT(1, "FLOAT", 4),
  UINT8(2, "UTINYINT", 1),
  INT8(3, "TINYINT", 1),
  UINT16(4, "USMALLINT", 2),
  INT16(5, "SMALLINT", 2),
  INT32(6, "INTEGER", 4),
  INT64(7, "BIGINT", 8),
  STRING(8, "VARCHAR", 0),
  BOOL(9, "BOOLEAN", 1),
  FLOAT16(10, "FLOAT", 2),
  DOUBLE(11, "DOUBLE", 8),
  UINT32(12, "UINTEGER", 4),
  UINT64(13, "UBIGINT", 8),
  BFLOAT16(16, "FLOAT", 2);

  private final int onnxCode;
  private final String sqlType;
  private final int bytes;

  ElementType(int onnxCode, String sqlType, int bytes) {
    this.onnxCode = onnxCode;
    this.sqlType = sqlType;
    this.bytes = bytes;
  }

  /** {@code TensorProto.DataType}. */
  public int onnxCode() {
    return onnxCode;
  }

  /** The DuckDB type whose values are this type's, exactly (16-bit floats travel as FLOAT). */
  public String sqlType() {
    return sqlType;
  }

  /**
   * The DuckDB type of arrays and, where a dimension is dynamic or 0, lists of such elements.
   *
   * @param shape the outermost dimension first; DuckDB writes the innermost first
   */
  public String arrayOf(List<Long> shape) {
    return arrayOf(sqlType, shape);
  }

  /** The same of elements of any DuckDB type. */
  public static String arrayOf(String element, List<Long> shape) {
    StringBuilder sql = new StringBuilder(element);
    for (int i = shape.size() - 1; i >= 0; i--) {
      sql.append('[').append(shape.get(i) < 1 ? "" : shape.get(i).toString()).append(']');
    }
    return sql.toString();
  }

  /** Bytes an element takes in a tensor; 0 for strings. */
  public int bytes() {
    return bytes;
  }

  /** Whether NULL can be told to the model as NaN. */
  public boolean isFloatingPoint() {
    return this == FLOAT || this == DOUBLE || this == FLOAT16 || this == BFLOAT16;
  }

  /** The type of this code, or null where Auspex has none (complex, sub-byte, …). */
  public static ElementType ofOnnx(int code) {
    for (ElementType type : values()) {
      if (type.onnxCode == code) {
        return type;
      }
    }
    return null;
  }
}
