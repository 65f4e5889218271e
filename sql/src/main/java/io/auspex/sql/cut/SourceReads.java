package io.auspex.sql.cut;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.Names;
import io.auspex.sql.context.RemoteTable;
import io.auspex.sql.fragment.SourceStream;
import io.auspex.sql.fragment.StreamNames;
import io.auspex.sql.source.SourceDialect;
import io.auspex.sql.statement.Shape.TableName;
import io.auspex.sql.statement.SourceName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tables of other databases that one fragment names: each is read whole, under a name. */
final class SourceReads {
  private final Cutting cutting;
  private final Map<RemoteTable, Read> reads = new LinkedHashMap<>();

  private record Read(SourceName name, SourceStream stream, List<Place> places) {}

  SourceReads(Cutting cutting) {
    this.cutting = cutting;
  }

  /** The name under which the fragment reads the table that is named at this place. */
  String name(SourceName name, TableName written, Place place) {
    RemoteTable table;
    try {
      table = cutting.context().remoteTable(name.parts());
    } catch (AuspexException e) {
      throw e.at(cutting.position(written.first()));
    }
    Read read =
        reads.computeIfAbsent(table, found -> new Read(name, whole(found), new ArrayList<>()));
    read.places().add(place);
    return Names.quote(read.stream().name());
  }

  private static SourceStream whole(RemoteTable table) {
    return new SourceStream(
        StreamNames.next(),
        table.source(),
        table.system(),
        SourceDialect.of(table.system()).whole(table),
        table.columns(),
        table.rows(),
        true,
        false,
        Optional.empty(),
        false);
  }

  /** By the names of streams, the tables as the query names them. */
  Map<String, String> written() {
    Map<String, String> written = new HashMap<>();
    reads.values().forEach(read -> written.put(read.stream().name(), read.name().toString()));
    return written;
  }

  /** All that is read; what is read more than once from a temporary table. */
  List<SourceStream> streams() {
    return reads.values().stream()
        .map(read -> isReadOnce(read.places()) ? read.stream() : read.stream().asLanded())
        .toList();
  }

  private boolean isReadOnce(List<Place> places) {
    int times = places.stream().mapToInt(Place::times).sum();
    return times < 2 && !cutting.shape().rescans();
  }
}
