package io.auspex.udf.onnx;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.auspex.catalog.Input;
import io.auspex.catalog.Names;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The names of a model's columns, where its producer noted them in the metadata. */
final class FeatureNames {
  private static final List<String> KEYS =
      List.of(
          "feature_names",
          "feature_names_in",
          "feature_names_in_",
          "features",
          "input_features",
          "columns");

  /** Python writes its lists with single quotes. */
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(JsonReadFeature.ALLOW_SINGLE_QUOTES).build();

  private FeatureNames() {}

  /**
   * The inputs, the only one of several values named from the metadata if that has as many names as
   * it takes, or says how many where the width is open.
   */
  static List<Input> fromMetadata(Map<String, String> metadata, List<Input> inputs) {
    List<Input> wide =
        inputs.stream()
            .filter(input -> input.features().isEmpty() && input.rowShape().size() == 1)
            .toList();
    if (wide.size() != 1) {
      return inputs;
    }
    Input unnamed = wide.get(0);
    Optional<List<String>> names =
        noted(metadata)
            .filter(found -> unnamed.width() < 0 || unnamed.width() == found.size())
            .findFirst();
    return inputs.stream()
        .map(input -> input == unnamed && names.isPresent() ? input.taking(names.get()) : input)
        .toList();
  }

  private static Stream<List<String>> noted(Map<String, String> metadata) {
    return KEYS.stream()
        .flatMap(
            key ->
                metadata.entrySet().stream()
                    .filter(entry -> Names.fold(entry.getKey().strip()).equals(key)))
        .map(entry -> names(entry.getValue().strip()))
        .filter(FeatureNames::areNames);
  }

  /** A JSON array of strings, or names between commas; nothing usable becomes an empty list. */
  private static List<String> names(String text) {
    if (!text.startsWith("[")) {
      return Stream.of(text.split(",")).map(String::strip).toList();
    }
    List<String> names = new ArrayList<>();
    try (JsonParser json = JSON.createParser(text)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.VALUE_STRING) {
        names.add(json.getText());
      }
      return json.currentToken() == JsonToken.END_ARRAY ? names : List.of();
    } catch (IOException notJson) {
      return List.of();
    }
  }

  private static boolean areNames(List<String> found) {
    Set<String> folded = new HashSet<>();
    return !found.isEmpty()
        && found.stream().allMatch(name -> !name.isEmpty() && folded.add(Names.fold(name)));
  }
}
