package io.auspex.udf.trees;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** A part of a JSON document that must have what is asked of it; MODEL_DAMAGED otherwise. */
record Part(JsonNode node, String where, Source source) {

  static Part root(JsonNode node, Source source) {
    return new Part(node, "", source);
  }

  boolean has(String name) {
    return node.hasNonNull(name);
  }

  Part part(String name) {
    JsonNode found = node.get(name);
    if (found == null || found.isNull()) {
      throw source.damaged("it has no " + path(name));
    }
    return new Part(found, path(name), source);
  }

  private String path(String name) {
    return where.isEmpty() ? name : where + "." + name;
  }

  List<Part> parts(String name) {
    return part(name).parts();
  }

  List<Part> parts() {
    List<Part> parts = new ArrayList<>();
    Iterator<JsonNode> elements = elements();
    while (elements.hasNext()) {
      parts.add(new Part(elements.next(), where + "[" + parts.size() + "]", source));
    }
    return parts;
  }

  String text(String name) {
    Part text = part(name);
    if (!text.node.isValueNode()) {
      throw source.damaged(text.where + " is no text");
    }
    return text.node.asText();
  }

  /** Also of a number written as text. */
  double number(String name) {
    return part(name).number();
  }

  int integer(String name) {
    double number = number(name);
    if (number != Math.rint(number) || Math.abs(number) > Integer.MAX_VALUE) {
      throw source.damaged(path(name) + " is " + number);
    }
    return (int) number;
  }

  double number() {
    try {
      return node.isNumber() ? node.doubleValue() : Double.parseDouble(node.asText());
    } catch (NumberFormatException noNumber) {
      throw source.damaged(where + " is no number");
    }
  }

  double[] numbers(String name) {
    Part list = part(name);
    double[] numbers = new double[list.size()];
    Iterator<JsonNode> elements = list.elements();
    for (int i = 0; i < numbers.length; i++) {
      JsonNode element = elements.next();
      numbers[i] =
          element.isBoolean()
              ? (element.booleanValue() ? 1 : 0)
              : new Part(element, list.where + "[" + i + "]", source).number();
    }
    return numbers;
  }

  int[] integers(String name) {
    double[] numbers = numbers(name);
    int[] integers = new int[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      integers[i] = (int) numbers[i];
    }
    return integers;
  }

  List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    part(name).elements().forEachRemaining(element -> texts.add(element.asText()));
    return texts;
  }

  private int size() {
    elements();
    return node.size();
  }

  private Iterator<JsonNode> elements() {
    if (!node.isArray()) {
      throw source.damaged(where + " is no list");
    }
    return node.elements();
  }
}
