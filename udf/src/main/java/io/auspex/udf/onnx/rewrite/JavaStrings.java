package io.auspex.udf.onnx.rewrite;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.GraphProtoOrBuilder;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import io.auspex.udf.onnx.edit.GraphEditor;
import java.io.ByteArrayOutputStream;
import java.util.Set;

/**
 * Writes a model's strings as ONNX Runtime's Java binding writes those it hands over: in JNI's
 * modified UTF-8, where a character outside the Basic Multilingual Plane is two surrogates of three
 * bytes each and NUL is two bytes. Without that such a string equals none in the model, and comes
 * back cut. All other strings are the same in both.
 */
public final class JavaStrings {
  /** Operators to which a string is more than something to compare, copy or concatenate. */
  private static final Set<String> LOOK_INSIDE =
      Set.of("MurmurHash3", "RegexFullMatch", "StringNormalizer", "StringSplit", "Tokenizer");

  /** Domains of operators that are known; what those of a library do with strings is not. */
  private static final Set<String> KNOWN_DOMAINS =
      Set.of("", "ai.onnx", "ai.onnx.ml", "com.microsoft");

  private JavaStrings() {}

  /**
   * Whether the graph has operators to which the two encodings are not the same. Its strings must
   * stay UTF-8 then, and so must those that it is fed.
   */
  static boolean lookInside(GraphProtoOrBuilder graph) {
    return graph.getNodeList().stream()
        .anyMatch(
            node ->
                LOOK_INSIDE.contains(node.getOpType())
                    || !KNOWN_DOMAINS.contains(node.getDomain())
                    || node.getAttributeList().stream()
                        .anyMatch(attribute -> attribute.hasG() && lookInside(attribute.getG())));
  }

  static void apply(GraphEditor editor) {
    rewrite(editor.graph());
  }

  private static void rewrite(GraphProto.Builder graph) {
    graph.getInitializerBuilderList().forEach(JavaStrings::rewrite);
    for (NodeProto.Builder node : graph.getNodeBuilderList()) {
      node.getAttributeBuilderList().forEach(JavaStrings::rewrite);
    }
  }

  private static void rewrite(AttributeProto.Builder attribute) {
    if (attribute.hasS()) {
      attribute.setS(modified(attribute.getS()));
    }
    for (int i = 0; i < attribute.getStringsCount(); i++) {
      attribute.setStrings(i, modified(attribute.getStrings(i)));
    }
    if (attribute.hasT()) {
      rewrite(attribute.getTBuilder());
    }
    attribute.getTensorsBuilderList().forEach(JavaStrings::rewrite);
    if (attribute.hasG()) {
      rewrite(attribute.getGBuilder());
    }
    attribute.getGraphsBuilderList().forEach(JavaStrings::rewrite);
  }

  private static void rewrite(TensorProto.Builder tensor) {
    for (int i = 0; i < tensor.getStringDataCount(); i++) {
      tensor.setStringData(i, modified(tensor.getStringData(i)));
    }
  }

  private static ByteString modified(ByteString utf8) {
    if (!isModified(utf8.toByteArray()) || !utf8.isValidUtf8()) {
      return utf8;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (char unit : utf8.toStringUtf8().toCharArray()) {
      if (unit != 0 && unit < 0x80) {
        bytes.write(unit);
      } else if (unit < 0x800) {
        bytes.write(0xC0 | unit >> 6);
        bytes.write(0x80 | unit & 0x3F);
      } else {
        bytes.write(0xE0 | unit >> 12);
        bytes.write(0x80 | unit >> 6 & 0x3F);
        bytes.write(0x80 | unit & 0x3F);
      }
    }
    return ByteString.copyFrom(bytes.toByteArray());
  }

  /** Whether the two encodings of a text differ: it has a NUL, or the first of four bytes. */
  public static boolean isModified(byte[] utf8) {
    for (byte b : utf8) {
      if (b == 0 || (b & 0xF8) == 0xF0) {
        return true;
      }
    }
    return false;
  }
}
