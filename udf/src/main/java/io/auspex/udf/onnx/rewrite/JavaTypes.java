package io.auspex.udf.onnx.rewrite;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.auspex.catalog.ElementType;
import io.auspex.udf.onnx.edit.GraphEditor;
import io.auspex.udf.onnx.edit.Nodes;

/**
 * Puts a Cast before inputs and behind outputs whose tensors Java cannot make: unsigned integers
 * travel as signed ones of their width. That keeps every bit, since the cast wraps around. (Not so
 * for 16-bit floats, which travel as they are: ONNX Runtime removes a cast to them and back, and
 * with it the rounding.)
 *
 * <p>An Identity stands there where Java cannot say the name, since the binding cuts it at a
 * character outside the Basic Multilingual Plane, and where an output is an input as it came: ONNX
 * Runtime would not write that where it is told to.
 *
 * <pre>
 * before:  x: uint32 → …          after:  x.java: int32 → Cast → x → …
 * </pre>
 */
final class JavaTypes {
  private JavaTypes() {}

  /** The type in which Java hands over, or receives, a tensor of {@code type}. */
  static ElementType of(ElementType type) {
    return switch (type) {
      case UINT16 -> ElementType.INT16;
      case UINT32 -> ElementType.INT32;
      case UINT64 -> ElementType.INT64;
      default -> type;
    };
  }

  /** The name of the input to feed, in the type that {@link #of} says. */
  static String feed(GraphEditor editor, String input, ElementType type) {
    if (of(type) == type && isSayable(input)) {
      return input;
    }
    String name = editor.fresh(sayable(input) + ".java");
    int ordinal = editor.input(input);
    ValueInfoProto declared = editor.graph().getInput(ordinal);
    editor.graph().setInput(ordinal, retyped(declared, name, of(type)));
    editor.prepend((of(type) == type ? identity(input) : cast(input, type)).addInput(name));
    return name;
  }

  /** The name of the output to read, in the type that {@link #of} says. */
  static String read(GraphEditor editor, String output, ElementType type) {
    if (of(type) == type && isSayable(output) && editor.isComputed(output)) {
      return output;
    }
    String name = editor.fresh(sayable(output) + ".java");
    int ordinal = editor.output(output);
    ValueInfoProto declared = editor.graph().getOutput(ordinal);
    editor.graph().setOutput(ordinal, retyped(declared, name, of(type)));
    editor.append((of(type) == type ? identity(name) : cast(name, of(type))).addInput(output));
    return name;
  }

  static ValueInfoProto retyped(ValueInfoProto value, String name, ElementType type) {
    ValueInfoProto.Builder retyped = value.toBuilder().setName(name);
    retyped.getTypeBuilder().getTensorTypeBuilder().setElemType(type.onnxCode());
    return retyped.build();
  }

  private static boolean isSayable(String name) {
    return sayable(name).equals(name);
  }

  /** The name without what Java's strings and ONNX Runtime's write differently. */
  static String sayable(String name) {
    return name.codePoints()
        .filter(character -> character > 0 && Character.isBmpCodePoint(character))
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static NodeProto.Builder identity(String result) {
    return Nodes.of("Identity").addOutput(result);
  }

  private static NodeProto.Builder cast(String result, ElementType type) {
    return Nodes.of("Cast").addOutput(result).addAttribute(Nodes.attribute("to", type.onnxCode()));
  }
}
