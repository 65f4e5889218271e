package io.auspex.udf.fuzz;

import io.auspex.udf.fuzz.Case.Input;
import io.auspex.udf.fuzz.Ensemble.Kind;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Random tree ensembles over a matrix of features, of every operator for them. */
public final class RandomEnsemble {
  private RandomEnsemble() {}

  /** The same seed makes the same model. */
  public static Case of(long seed) {
    Choice choice = new Choice(seed);
    Set<String> traits = new TreeSet<>();
    Kind kind = Kind.any(choice);
    int features = choice.smallish(1, 40);
    Graph graph = new Graph();
    Ensemble ensemble =
        new Ensemble(choice, kind, Collections.nCopies(features, List.of()), traits);
    ensemble.write(graph, graph.input("X", kind.input(), features));
    Input input = new Input("X", kind.input(), ensemble.used());
    return new Case(seed, graph.model(kind.mlVersion()), List.of(input), new TreeSet<>(traits));
  }
}
