package io.auspex.catalog;

import java.util.List;

/**
 * What {@code CREATE MODEL} asks the catalog to keep; the catalog adds the version and the time.
 *
 * @param name the model's name as written
 * @param digest SHA-256 of the file, in lower-case hexadecimal
 * @param data the digests of its other files, with weights; empty where it has none
 * @param bytes the size of all of its files
 * @param opset the version of the default operator set; 0 where the model uses none of it
 * @param producer what wrote the file; empty where it does not say
 * @param comment empty where there is none
 * @param signature inputs and outputs after {@code FEATURES} and {@code OUTPUTS} were applied
 * @param options what {@code WITH (…)} said
 */
public record Registration(
    String name,
    String digest,
    List<String> data,
    long bytes,
    long opset,
    String producer,
    String comment,
    Signature signature,
    ModelOptions options) {

  public Registration {
    data = List.copyOf(data);
  }

  /** What happens where the model exists already. */
  public enum IfExists {
    /** MODEL_EXISTS. */
    FAIL,
    /** It stays as it is. */
    KEEP,
    /** It gets a further version, which becomes its default. */
    ADD_VERSION
  }
}
