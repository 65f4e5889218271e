package io.auspex.udf.predict;

import io.auspex.udf.onnx.rewrite.SessionGraph;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * How a row's lists are cut back: those as long as the longest row of a run was filled up to, to
 * what the row had itself. Immutable.
 *
 * @param filled by level of the output's lists, the length that is cut; −1 for none
 * @param own by level, the length it is cut to
 */
record Trim(int[] filled, int[] own) {
  static final Trim NONE = new Trim(new int[0], new int[0]);

  /** How many of {@code size} elements of a list are the row's own. */
  int size(int level, int size) {
    return level < filled.length && filled[level] == size ? own[level] : size;
  }

  /**
   * A dimension of an input, which a dimension of an output is called the same as.
   *
   * @param level among those of a row
   */
  record Source(String input, int level) {}

  /** Of each dimension of a row of the output, the input's that it follows. */
  static List<Optional<Source>> sources(SessionGraph.Read read, List<SessionGraph.Feed> feeds) {
    List<Optional<Source>> sources = new ArrayList<>();
    for (String symbol : read.symbols()) {
      sources.add(
          feeds.stream()
              .filter(feed -> !symbol.isEmpty() && feed.symbols().contains(symbol))
              .findFirst()
              .map(feed -> new Source(feed.input().name(), feed.symbols().indexOf(symbol))));
    }
    return sources;
  }

  /**
   * How a row of an output is cut.
   *
   * @param inputs whose rows may have been filled up
   * @param longest of each of them, the sizes in the row's group
   */
  static Trim of(
      List<Optional<Source>> sources, List<RowSizes> inputs, List<int[]> longest, int row) {
    int[] filled = new int[sources.size()];
    int[] own = new int[sources.size()];
    Arrays.fill(filled, -1);
    for (int level = 0; level < filled.length; level++) {
      for (int i = 0; i < inputs.size() && sources.get(level).isPresent(); i++) {
        Source source = sources.get(level).get();
        RowSizes input = inputs.get(i);
        boolean follows = input.padded() && input.input().name().equals(source.input());
        if (follows && input.of(row).length > source.level()) {
          filled[level] = longest.get(i)[source.level()];
          own[level] = input.of(row)[source.level()];
        }
      }
    }
    return new Trim(filled, own);
  }
}
