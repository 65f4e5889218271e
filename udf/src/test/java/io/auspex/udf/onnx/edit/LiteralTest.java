package io.auspex.udf.onnx.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.TensorProto;
import io.auspex.catalog.ElementType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LiteralTest {

  @ParameterizedTest
  @CsvSource({
    "FLOAT, 0.1, cdcccc3d",
    "FLOAT, -inf, 000080ff",
    "FLOAT, NaN, 0000c07f",
    "DOUBLE, 1e3, 0000000000408f40",
    "FLOAT16, 1.5, 003e",
    "BFLOAT16, 1.5, c03f",
    "INT64, 16000, 803e000000000000",
    "INT64, 1.6e4, 803e000000000000",
    "INT8, -128, 80",
    "UINT8, 255, ff",
    "UINT64, 18446744073709551615, ffffffffffffffff",
    "INT16, -2, feff",
    "INT32, 7, 07000000",
    "BOOL, true, 01",
    "BOOL, 0, 00"
  })
  void valuesAreAsOnnxWritesThem(ElementType type, String text, String bytes) {
    TensorProto tensor = Literal.of(text, type).tensor(List.of());
    assertThat(tensor.getDataType()).isEqualTo(type.onnxCode());
    assertThat(tensor.getDimsCount()).isZero();
    assertThat(tensor.getRawData().toByteArray()).asHexString().isEqualToIgnoringCase(bytes);
  }

  @ParameterizedTest
  @CsvSource({
    "FLOAT, abc, is no value of type FLOAT",
    "FLOAT, 0x10, is no value of type FLOAT",
    "FLOAT, 1e39, is out of the range of FLOAT",
    "FLOAT, 1f, is no value of type FLOAT",
    "FLOAT16, 70000, is out of the range of FLOAT16",
    "INT64, 1.5, is no value of type INT64",
    "INT64, true, is no value of type INT64",
    "INT64, 1e999999999, is out of the range of INT64",
    "INT8, 128, is out of the range of INT8",
    "UINT8, -1, is out of the range of UINT8",
    "BOOL, 2, is no value of type BOOL",
    "INT32, '[1, \"a\"]', is no value of type INT32",
    "INT32, '[1, null]', its elements must be INT32 values",
    "INT32, '[1, 2', 'it is no list such as [1, 2, 3]'"
  })
  void othersAreRefused(ElementType type, String text, String reason) {
    assertThatThrownBy(() -> Literal.of(text, type))
        .isInstanceOf(Literal.Unfit.class)
        .hasMessageContaining(reason);
  }

  @Test
  void oneValueFillsATensor() {
    TensorProto tensor = Literal.of("3", ElementType.INT32).tensor(List.of(2L, 2L));
    ByteBuffer bytes = ByteBuffer.wrap(tensor.getRawData().toByteArray());
    bytes.order(ByteOrder.LITTLE_ENDIAN);
    assertThat(bytes.remaining()).isEqualTo(16);
    assertThat(bytes.getInt(12)).isEqualTo(3);
  }

  @Test
  void listsHaveAnyDepth() {
    Literal literal = Literal.of("[[1, 2], [3, 4]]", ElementType.FLOAT);
    assertThat(literal.isList()).isTrue();
    assertThat(literal.texts()).containsExactly("1", "2", "3", "4");
  }

  @Test
  void aStringMayLookLikeAList() {
    assertThat(Literal.of("[CLS]", ElementType.STRING))
        .isEqualTo(new Literal(ElementType.STRING, false, List.of("[CLS]")));
    assertThat(Literal.of("[1]", ElementType.STRING).texts()).containsExactly("[1]");
    assertThat(Literal.of("[\"a\", \"é\"]", ElementType.STRING).texts()).containsExactly("a", "é");
  }
}
