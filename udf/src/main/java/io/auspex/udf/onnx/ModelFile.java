package io.auspex.udf.onnx;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ModelOptions;
import io.auspex.catalog.Signature;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A model file that can be scored over tables, read for {@code CREATE MODEL}. Immutable; holds the
 * whole model in memory, but nothing native.
 */
public final class ModelFile {
  private final String name;
  private final OnnxGraph graph;
  private final Signature signature;
  private final ModelOptions options;

  private ModelFile(String name, OnnxGraph graph, Signature signature, ModelOptions options) {
    this.options = options;
    this.name = name;
    this.graph = graph;
    this.signature = signature;
  }

  /**
   * Reads a file, and proves that ONNX Runtime can load it.
   *
   * @param name what messages call it: the location as the user wrote it
   * @param outputs the names of those that will be used, whatever their case; empty for all
   * @throws AuspexException FILE_NOT_FOUND, NOT_ONNX; OPTION_TENSOR, INVALID_OPTION; MODEL_REFUSED
   *     where ONNX Runtime cannot load it, as when it lacks an operator; MODEL_UNSUPPORTED where it
   *     does not compute from columns
   */
  public static ModelFile read(Path path, String name, Set<String> outputs, ModelOptions options) {
    OnnxGraph file = OnnxGraph.read(path, name);
    OnnxGraph graph = file.with(options, name);
    Declarations declarations = new Declarations(name);
    DeclaredAxes declaredAxes = new DeclaredAxes(options, name);
    declaredAxes.checkNames(file);
    RowAxes axes = RowAxes.of(graph.inputs(), declaredAxes);
    Optional<byte[]> altered =
        graph == file ? Optional.empty() : Optional.of(graph.model().toByteArray());
    try (TrialSession session = new TrialSession(path, altered, options.library(), axes, name)) {
      OutputReader reader = new OutputReader(graph, declarations, session, axes);
      Signature signature = new SignatureReader(graph, reader, axes, declarations).read(outputs);
      session.load();
      return new ModelFile(name, graph, signature, options);
    }
  }

  /** As {@link #read(Path, String, Set, ModelOptions)}, all outputs used, without options. */
  public static ModelFile read(Path path, String name) {
    return read(path, name, Set.of(), ModelOptions.NONE);
  }

  /** As {@link #read(Path, String)}, called by its path in messages. */
  public static ModelFile read(Path path) {
    return read(path, path.toString());
  }

  public OnnxGraph graph() {
    return graph;
  }

  /**
   * What it takes and gives by itself: every output under its own name; features where inputs are
   * one column each, or the metadata names them.
   */
  public Signature signature() {
    return signature;
  }

  /**
   * What it takes and gives under {@code FEATURES (…)} and {@code OUTPUTS (…)}.
   *
   * @param features columns in the order of the inputs, as many as each takes; empty for the
   *     model's own
   * @param outputs the outputs to keep, in this order; empty for all
   * @throws AuspexException FEATURES_COUNT, FEATURES_NOT_APPLICABLE, NAMED_TWICE, OUTPUT_NOT_FOUND;
   *     OPTION_TENSOR, INVALID_OPTION where {@code pad.x} does not fit
   */
  public Signature signature(List<String> features, List<OutputChoice> outputs) {
    SignatureClauses clauses = new SignatureClauses(name, signature);
    Signature named =
        new Signature(clauses.inputs(features), clauses.outputs(outputs), signature.batching());
    Paddings.of(options, named, name);
    return named;
  }
}
