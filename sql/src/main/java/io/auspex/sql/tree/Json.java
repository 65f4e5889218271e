package io.auspex.sql.tree;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/** Small steps through the JSON that a tree is made of. */
public final class Json {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  static ObjectNode read(String text) {
    return (ObjectNode) readAny(text);
  }

  static JsonNode readAny(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  public static ArrayNode array(Collection<? extends JsonNode> items) {
    return JsonNodeFactory.instance.arrayNode().addAll(items);
  }

  /** The text of a field; empty where there is none. */
  public static String text(JsonNode node, String field) {
    return node.path(field).asText("");
  }

  /** Whether a field has one of these texts. */
  public static boolean is(JsonNode node, String field, String... texts) {
    return List.of(texts).contains(text(node, field));
  }

  /** The object in a field; empty where there is none, or null. */
  public static Optional<ObjectNode> child(JsonNode node, String field) {
    return node.path(field) instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
  }

  /** The objects of an array in a field. */
  public static List<ObjectNode> children(JsonNode node, String field) {
    List<ObjectNode> children = new ArrayList<>();
    node.path(field).forEach(child -> children.add((ObjectNode) child));
    return children;
  }

  /** The texts of an array in a field. */
  public static List<String> texts(JsonNode node, String field) {
    List<String> texts = new ArrayList<>();
    node.path(field).forEach(text -> texts.add(text.asText()));
    return texts;
  }

  /** Whether there is something in a field. */
  public static boolean has(JsonNode node, String field) {
    JsonNode found = node.path(field);
    return !found.isMissingNode()
        && !found.isNull()
        && !(found.isContainerNode() && found.isEmpty());
  }

  /** Whether the predicate holds for an object in the tree. */
  public static boolean any(JsonNode node, Predicate<ObjectNode> predicate) {
    if (node instanceof ObjectNode object && predicate.test(object)) {
      return true;
    }
    for (JsonNode child : node) {
      if (any(child, predicate)) {
        return true;
      }
    }
    return false;
  }

  /** Shows every object in the tree. */
  public static void forEach(JsonNode node, Consumer<ObjectNode> visitor) {
    if (node instanceof ObjectNode object) {
      visitor.accept(object);
    }
    node.forEach(child -> forEach(child, visitor));
  }

  /** A copy in which objects are replaced, from the top down; what is put in is not looked at. */
  public static JsonNode replaced(
      JsonNode node, Function<ObjectNode, Optional<? extends JsonNode>> replacement) {
    if (node instanceof ObjectNode object) {
      Optional<? extends JsonNode> other = replacement.apply(object);
      if (other.isPresent()) {
        return other.get();
      }
      ObjectNode copy = object();
      for (Map.Entry<String, JsonNode> field : object.properties()) {
        copy.set(field.getKey(), replaced(field.getValue(), replacement));
      }
      return copy;
    } else if (node instanceof ArrayNode array) {
      List<JsonNode> items = new ArrayList<>();
      array.forEach(item -> items.add(replaced(item, replacement)));
      return array(items);
    }
    return node;
  }
}
