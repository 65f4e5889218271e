package io.auspex.catalog;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code WITH (key = value, …)} of {@code CREATE MODEL} said. It is kept with the version, and
 * holds wherever that is used. Immutable.
 *
 * @param values by key, which is in lower case
 */
public record ModelOptions(Map<String, String> values) {
  public static final ModelOptions NONE = new ModelOptions(Map.of());

  /** The options there are: the one registry, from which error messages and checks come. */
  public enum Option {
    /** {@code input.x = 16000}: an input that is the same in every run and needs no column. */
    INPUT("input", true),
    /** {@code pad.x = 0}: what shorter lists of an input are filled up with. */
    PAD("pad", true),
    /** {@code batch.x = 1}: which dimension of an input or output counts the rows, from 0 on. */
    BATCH("batch", true),
    /** {@code library = 'path'}: the native library that has operators ONNX Runtime lacks. */
    LIBRARY("library", false);

    private final String key;
    private final boolean ofTensor;

    Option(String key, boolean ofTensor) {
      this.key = key;
      this.ofTensor = ofTensor;
    }

    /** How it is written; {@code input.x} for the tensor x. */
    public String key(String tensor) {
      return ofTensor ? key + '.' + tensor : key;
    }

    private String prefix() {
      return key(ofTensor ? "" : null);
    }

    private boolean isOf(String given) {
      return ofTensor
          ? given.startsWith(prefix()) && given.length() > prefix().length()
          : given.equals(key);
    }
  }

  public ModelOptions {
    values = Map.copyOf(values);
  }

  /** Throws UNKNOWN_OPTION where there is no option of this key. */
  public static void checkKnown(String key) {
    String given = Names.fold(key);
    if (Arrays.stream(Option.values()).noneMatch(option -> option.isOf(given))) {
      List<String> known =
          Arrays.stream(Option.values())
              .map(option -> option.key(tensor(key).orElse("…")))
              .toList();
      throw new AuspexException(
          ErrorCode.UNKNOWN_OPTION,
          key,
          String.join(", ", known),
          Names.didYouMean(key, known),
          "CREATE MODEL");
    }
  }

  private static Optional<String> tensor(String key) {
    int dot = key.indexOf('.');
    return dot < 0 || dot + 1 == key.length()
        ? Optional.empty()
        : Optional.of(key.substring(dot + 1));
  }

  /** The values of an option that is said of tensors, by the tensor's name in lower case. */
  public Map<String, String> byTensor(Option option) {
    Map<String, String> found = new LinkedHashMap<>();
    values.keySet().stream()
        .filter(option::isOf)
        .sorted()
        .forEach(key -> found.put(key.substring(option.prefix().length()), values.get(key)));
    return found;
  }

  /** The value of an option for a tensor, whatever the case of its name. */
  public Optional<String> of(Option option, String tensor) {
    return Optional.ofNullable(values.get(Names.fold(option.key(tensor))));
  }

  /** The library with the model's own operators. */
  public Optional<Path> library() {
    return Optional.ofNullable(values.get(Option.LIBRARY.key)).map(Path::of);
  }

  /**
   * Throws LIBRARY_NOT_ALLOWED where the model needs a library and the settings allow none.
   *
   * @param model its name
   */
  public void checkLibraryAllowed(String model, Settings settings) {
    if (library().isPresent() && !settings.get(Setting.ALLOW_MODEL_LIBRARIES).equals("true")) {
      throw new AuspexException(ErrorCode.LIBRARY_NOT_ALLOWED, model, library().get());
    }
  }
}
