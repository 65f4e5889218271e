package io.auspex.udf.onnx.edit;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnxruntime.platform.Fp16Conversions;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.google.protobuf.ByteString;
import io.auspex.catalog.ElementType;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * The value of an option as elements of a tensor: one, or a list of them, however nested, written
 * {@code [1, 2, 3]}. Immutable.
 *
 * @param isList whether it was written as a list
 * @param texts the elements, as they were written
 */
public record Literal(ElementType type, boolean isList, List<String> texts) {
  private static final JsonFactory JSON = new JsonFactory();

  /** Why a text is no value of a type: a clause for an error's sentence. */
  public static final class Unfit extends RuntimeException {
    private Unfit(String reason) {
      super(reason);
    }
  }

  /** Throws {@link Unfit} where the text is no value of the type. */
  public static Literal of(String text, ElementType type) {
    List<String> elements = new ArrayList<>();
    boolean isList = text.strip().startsWith("[") && readList(text, type, elements);
    Literal literal = new Literal(type, isList, isList ? elements : List.of(text));
    literal.texts().forEach(literal::bytes);
    return literal;
  }

  /** False where it is no list: so that a string may be {@code [CLS]}. */
  private static boolean readList(String text, ElementType type, List<String> elements) {
    int depth = 0;
    try (JsonParser json = JSON.createParser(text)) {
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        if (token == JsonToken.VALUE_NULL || token == JsonToken.START_OBJECT) {
          throw new Unfit("its elements must be " + type + " values");
        } else if (token.isScalarValue()) {
          if (type == ElementType.STRING && token != JsonToken.VALUE_STRING) {
            return false;
          }
          elements.add(json.getText());
        }
        depth += token == JsonToken.START_ARRAY ? 1 : token == JsonToken.END_ARRAY ? -1 : 0;
      }
      return depth == 0;
    } catch (IOException noList) {
      if (type == ElementType.STRING) {
        return false;
      }
      throw new Unfit("it is no list such as [1, 2, 3]");
    }
  }

  /** The tensor of this shape, one value filling it. */
  public TensorProto tensor(List<Long> shape) {
    int count = Math.toIntExact(shape.stream().reduce(1L, Math::multiplyExact));
    List<String> all = isList ? texts : Collections.nCopies(count, texts.get(0));
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setDataType(type.onnxCode()).addAllDims(shape);
    if (type == ElementType.STRING) {
      all.forEach(text -> tensor.addStringData(ByteString.copyFromUtf8(text)));
      return tensor.build();
    }
    ByteString.Output raw = ByteString.newOutput(count * type.bytes());
    for (String text : all) {
      byte[] element = bytes(text);
      raw.write(element, 0, element.length);
    }
    return tensor.setRawData(raw.toByteString()).build();
  }

  /** The only element as it lies in a tensor, in the machine's byte order. */
  public byte[] element() {
    byte[] bytes = bytes(texts.get(0));
    if (ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN) {
      byte[] turned = new byte[bytes.length];
      for (int i = 0; i < bytes.length; i++) {
        turned[i] = bytes[bytes.length - 1 - i];
      }
      return turned;
    }
    return bytes;
  }

  /** An element as ONNX files have it: little-endian. */
  private byte[] bytes(String text) {
    ByteBuffer bytes = ByteBuffer.allocate(type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    switch (type) {
      case STRING -> {}
      case BOOL -> bytes.put((byte) (truth(text) ? 1 : 0));
      case DOUBLE -> bytes.putDouble(finite(text, Double.parseDouble(number(text))));
      case FLOAT -> bytes.putFloat((float) finite(text, Float.parseFloat(number(text))));
      case FLOAT16 -> {
        float value = Float.parseFloat(number(text));
        short half = Fp16Conversions.floatToFp16(value);
        finite(text, Fp16Conversions.fp16ToFloat(half));
        bytes.putShort(half);
      }
      case BFLOAT16 -> {
        short half = Fp16Conversions.floatToBf16(Float.parseFloat(number(text)));
        finite(text, Fp16Conversions.bf16ToFloat(half));
        bytes.putShort(half);
      }
      default -> {
        BigInteger value = integer(text);
        for (int i = 0; i < type.bytes(); i++) {
          bytes.put(value.shiftRight(Byte.SIZE * i).byteValue());
        }
      }
    }
    return bytes.array();
  }

  private boolean truth(String text) {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "true", "1" -> true;
      case "false", "0" -> false;
      default -> throw unfit(text);
    };
  }

  /** A decimal number, or one of IEEE 754's that are none, as Java writes it. */
  private String number(String text) {
    String given = text.strip().toLowerCase(Locale.ROOT);
    switch (given) {
      case "nan":
        return "NaN";
      case "inf", "infinity", "+inf":
        return "Infinity";
      case "-inf", "-infinity":
        return "-Infinity";
      default:
        return decimal(text).toString();
    }
  }

  private double finite(String text, double value) {
    if (Double.isInfinite(value) && !text.toLowerCase(Locale.ROOT).contains("inf")) {
      throw new Unfit(text + " is out of the range of " + type);
    }
    return value;
  }

  private BigInteger integer(String text) {
    BigInteger value;
    try {
      value = decimal(text).toBigIntegerExact();
    } catch (ArithmeticException fraction) {
      throw unfit(text);
    }
    int bits = type.bytes() * Byte.SIZE;
    boolean fits =
        type.name().startsWith("U")
            ? value.signum() >= 0 && value.bitLength() <= bits
            : value.bitLength() < bits;
    if (!fits) {
      throw new Unfit(text + " is out of the range of " + type);
    }
    return value;
  }

  private BigDecimal decimal(String text) {
    try {
      BigDecimal value = new BigDecimal(text.strip());
      if (Math.abs((long) value.precision() - value.scale()) > 1000) {
        throw new Unfit(text + " is out of the range of " + type);
      }
      return value;
    } catch (NumberFormatException noNumber) {
      throw unfit(text);
    }
  }

  private Unfit unfit(String text) {
    return new Unfit("'" + text + "' is no value of type " + type);
  }
}
