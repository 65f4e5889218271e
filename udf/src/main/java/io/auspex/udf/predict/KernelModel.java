package io.auspex.udf.predict;

import io.auspex.catalog.ElementType;
import io.auspex.catalog.ModelVersion;
import io.auspex.catalog.Output;
import io.auspex.udf.expression.Expression;
import io.auspex.udf.expression.GraphReader;
import io.auspex.udf.kernel.Program;
import io.auspex.udf.onnx.OnnxGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * A model as a program of our own. Immutable, thread-safe.
 *
 * @param targets an entry an output asked for, in that order
 */
record KernelModel(Program program, List<Target> targets) implements LoadedModel {

  /**
   * An output.
   *
   * @param keys of its map; empty where it is none
   * @param first the ordinal of its first value among the program's results
   * @param dimensions of a row
   */
  record Target(
      Output output,
      List<Object> keys,
      List<Program.Result> results,
      int first,
      long[] dimensions) {}

  /**
   * Nothing where the model computes something that a program does not, or that ONNX Runtime
   * computes faster.
   */
  static Optional<KernelModel> of(ModelVersion model, OnnxGraph graph, List<Output> outputs) {
    return read(model, graph, outputs).flatMap(read -> of(read, outputs));
  }

  /** The outputs as expressions; nothing where only ONNX Runtime knows what they are. */
  static Optional<GraphReader.Read> read(
      ModelVersion model, OnnxGraph graph, List<Output> outputs) {
    if (model.options().library().isPresent()) {
      return Optional.empty();
    }
    return GraphReader.read(graph.with(model.options(), model.model()), model.signature(), outputs);
  }

  static Optional<KernelModel> of(GraphReader.Read read, List<Output> outputs) {
    List<Expression> values = new ArrayList<>();
    for (Output output : outputs) {
      values.addAll(read.columns().get(output));
    }
    Optional<Program> program = Program.of(values);
    if (program.isEmpty()) {
      return Optional.empty();
    }
    List<Target> targets = new ArrayList<>();
    int first = 0;
    for (Output output : outputs) {
      int count = read.columns().get(output).size();
      List<Program.Result> results = program.get().results().subList(first, first + count);
      long[] dimensions = output.isScalar() ? new long[0] : new long[] {count};
      Target target = new Target(output, read.keys().get(output), results, first, dimensions);
      if (!fits(target)) {
        return Optional.empty();
      }
      targets.add(target);
      first += count;
    }
    return Optional.of(new KernelModel(program.get(), targets));
  }

  private static boolean fits(Target target) {
    ElementType declared = target.output().type();
    long values = LongStream.of(target.dimensions()).reduce(1, (a, b) -> a * b);
    boolean isKnown =
        switch (declared) {
          case FLOAT, DOUBLE, INT64, INT32, STRING -> true;
          default -> false;
        };
    return isKnown
        && target.output().axis() == 0
        && values == target.results().size()
        && target.results().stream().allMatch(result -> result.type() == declared)
        && new ColumnShape(target.output(), target.keys()).accepts(target.dimensions());
  }

  @Override
  public void close() {
    // It holds nothing but memory of the heap.
  }
}
