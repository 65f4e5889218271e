package io.auspex.udf.trees;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Reads <a href="https://ubjson.org">Universal Binary JSON</a>, in which XGBoost writes its models.
 * Draft 12, numbers big-endian. No library that is still kept reads it.
 */
final class UbjsonReader {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final int DEEPEST = 100;

  private final DataInputStream in;
  private final long bytes;
  private int depth;

  /**
   * @param bytes how many there are: no list can have more elements
   */
  UbjsonReader(DataInputStream in, long bytes) {
    this.in = in;
    this.bytes = bytes;
  }

  JsonNode read() throws IOException {
    return value(marker());
  }

  private JsonNode value(int marker) throws IOException {
    return switch (marker) {
      case 'Z' -> NODES.nullNode();
      case 'T' -> NODES.booleanNode(true);
      case 'F' -> NODES.booleanNode(false);
      case 'i' -> NODES.numberNode(in.readByte());
      case 'U' -> NODES.numberNode(in.readUnsignedByte());
      case 'I' -> NODES.numberNode(in.readShort());
      case 'l' -> NODES.numberNode(in.readInt());
      case 'L' -> NODES.numberNode(in.readLong());
      case 'd' -> NODES.numberNode(in.readFloat());
      case 'D' -> NODES.numberNode(in.readDouble());
      case 'C' -> NODES.textNode(String.valueOf((char) in.readUnsignedByte()));
      case 'S', 'H' -> NODES.textNode(text());
      case '[' -> array();
      case '{' -> object();
      default -> throw new IOException("it has an unknown marker " + marker);
    };
  }

  private ArrayNode array() throws IOException {
    enter();
    ArrayNode array = NODES.arrayNode();
    int next = marker();
    int type = 0;
    if (next == '$') {
      type = marker();
      next = marker();
    }
    if (next == '#') {
      long count = count();
      for (long i = 0; i < count; i++) {
        array.add(value(type == 0 ? marker() : type));
      }
    } else {
      for (; next != ']'; next = marker()) {
        array.add(value(next));
      }
    }
    depth--;
    return array;
  }

  private ObjectNode object() throws IOException {
    enter();
    ObjectNode object = NODES.objectNode();
    int next = marker();
    if (next == '#') {
      long count = count();
      for (long i = 0; i < count; i++) {
        String name = text(marker());
        object.set(name, value(marker()));
      }
    } else {
      for (; next != '}'; next = marker()) {
        String name = text(next);
        object.set(name, value(marker()));
      }
    }
    depth--;
    return object;
  }

  private void enter() throws IOException {
    if (++depth > DEEPEST) {
      throw new IOException("it is nested too deeply");
    }
  }

  /** The next byte that is no filling. */
  private int marker() throws IOException {
    int marker = in.readUnsignedByte();
    while (marker == 'N') {
      marker = in.readUnsignedByte();
    }
    return marker;
  }

  private long count() throws IOException {
    return count(marker());
  }

  private long count(int marker) throws IOException {
    JsonNode count = value(marker);
    if (!count.isIntegralNumber() || count.longValue() < 0 || count.longValue() > bytes) {
      throw new IOException("it has a list or text of length " + count);
    }
    return count.longValue();
  }

  private String text() throws IOException {
    return text(marker());
  }

  private String text(int lengthMarker) throws IOException {
    byte[] text = in.readNBytes((int) Math.min(Integer.MAX_VALUE, count(lengthMarker)));
    return new String(text, StandardCharsets.UTF_8);
  }
}
