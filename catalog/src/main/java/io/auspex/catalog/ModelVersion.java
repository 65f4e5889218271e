package io.auspex.catalog;

import java.time.Instant;
import java.util.List;

/**
 * One version of a model, as it is stored.
 *
 * @param model the model's name, as it was first written
 * @param version 1 and up
 * @param digest SHA-256 of the file, in lower-case hexadecimal; names the artifact
 * @param data the digests of its other files, with weights; empty where it has none
 * @param bytes the size of all of its files
 * @param opset the version of the default operator set it was written for
 * @param signature inputs with their features and outputs with their columns, after {@code
 *     FEATURES} and {@code OUTPUTS} were applied
 * @param options what {@code WITH (…)} said
 */
public record ModelVersion(
    String model,
    int version,
    String digest,
    List<String> data,
    long bytes,
    Instant createdAt,
    long opset,
    String producer,
    String comment,
    Signature signature,
    ModelOptions options) {
  public ModelVersion {
    data = List.copyOf(data);
  }

  /** The same version with its tensors read in another way. */
  public ModelVersion with(Signature other) {
    return new ModelVersion(
        model, version, digest, data, bytes, createdAt, opset, producer, comment, other, options);
  }
}
