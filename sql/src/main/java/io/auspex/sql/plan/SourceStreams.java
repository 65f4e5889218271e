package io.auspex.sql.plan;

import io.auspex.sql.fragment.SourceStream;
import io.auspex.sql.fragment.StreamNames;
import io.auspex.sql.rel.OpaqueQuery;
import io.auspex.sql.rel.SourceQuery;
import io.auspex.sql.rel.SourceScan;
import io.auspex.sql.unparse.SourceSql;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Sort;

/**
 * What a fragment reads of other databases. DuckDB takes a stream for one row, by which it chooses
 * the order and the sides of joins; of a temporary table it knows how large it is. So what is
 * joined is landed first, unless it is one small stream, of which a hash table may be made anyway.
 */
final class SourceStreams {
  private static final long FEW = 50_000;

  /** How often each is read. */
  private final Map<SourceStream, Integer> read = new LinkedHashMap<>();

  private final List<SourceStream> joined = new ArrayList<>();

  private SourceStreams() {}

  /** The reading of a query's rows. */
  static SourceScan scan(SourceQuery query) {
    SourceStream stream =
        new SourceStream(
            StreamNames.next(),
            query.origin().source(),
            query.origin().system(),
            SourceSql.of(query),
            query.columns(),
            query.rows(),
            splits(query.plan()),
            query.origin().pushdown(),
            Optional.empty(),
            false);
    return new SourceScan(query.getCluster(), stream);
  }

  /** A part of the first rows, or of the groups, is no part of the work. */
  private static boolean splits(RelNode plan) {
    return !(plan instanceof Sort)
        && !(plan instanceof Aggregate)
        && plan.getInputs().stream().allMatch(SourceStreams::splits);
  }

  /** The plan with one stream in place of those that ask a source for the same. */
  static RelNode shared(RelNode plan) {
    Set<String> awaited =
        in(plan).stream()
            .flatMap(stream -> stream.keys().stream())
            .flatMap(keys -> keys.after().stream())
            .collect(Collectors.toSet());
    return shared(plan, awaited, new HashMap<>());
  }

  private static RelNode shared(
      RelNode node, Set<String> awaited, Map<List<Object>, SourceScan> known) {
    if (node instanceof SourceScan scan) {
      SourceStream stream = scan.stream();
      boolean isFree = stream.keys().isEmpty() && !awaited.contains(stream.name());
      List<Object> asked = List.of(stream.source(), stream.sql(), stream.columns());
      return isFree ? known.computeIfAbsent(asked, first -> scan) : scan;
    }
    List<RelNode> inputs =
        node.getInputs().stream().map(input -> shared(input, awaited, known)).toList();
    return inputs.equals(node.getInputs()) ? node : node.copy(node.getTraitSet(), inputs);
  }

  /** The streams that a plan reads, as often as it does. */
  static List<SourceStream> in(RelNode plan) {
    List<SourceStream> streams = new ArrayList<>();
    collect(plan, streams);
    return streams;
  }

  private static void collect(RelNode node, List<SourceStream> streams) {
    if (node instanceof SourceScan scan) {
      streams.add(scan.stream());
    }
    node.getInputs().forEach(input -> collect(input, streams));
  }

  /** All streams of sources in a fragment's plan. */
  static List<SourceStream> of(RelNode plan) {
    SourceStreams streams = new SourceStreams();
    streams.collect(plan, false);
    boolean isSmall =
        streams.joined.size() == 1
            && streams.joined.get(0).rows() >= 0
            && streams.joined.get(0).rows() <= FEW;
    List<SourceStream> all = new ArrayList<>();
    for (SourceStream stream : streams.read.keySet()) {
      boolean isOften = streams.read.get(stream) > 1;
      boolean isLanded = isOften || streams.joined.contains(stream) && !isSmall;
      all.add(isLanded ? stream.asLanded() : stream);
    }
    return ordered(all);
  }

  /** Each after those that have its keys. */
  private static List<SourceStream> ordered(List<SourceStream> streams) {
    List<SourceStream> ordered = new ArrayList<>();
    List<SourceStream> left = new ArrayList<>(streams);
    while (!left.isEmpty()) {
      List<String> missing = left.stream().map(SourceStream::name).toList();
      List<SourceStream> next =
          left.stream()
              .filter(
                  stream ->
                      stream.keys().stream()
                          .flatMap(keys -> keys.after().stream())
                          .noneMatch(missing::contains))
              .toList();
      ordered.addAll(next);
      left.removeAll(next);
    }
    return ordered;
  }

  private void collect(RelNode node, boolean isJoined) {
    if (node instanceof SourceScan scan) {
      read.merge(scan.stream(), 1, Integer::sum);
      if (isJoined) {
        joined.add(scan.stream());
      }
    }
    boolean joins =
        isJoined
            || node instanceof Join
            || node instanceof OpaqueQuery query && !query.getInputs().isEmpty();
    node.getInputs().forEach(input -> collect(input, joins));
  }
}
