package io.auspex.engine.source.write;

import io.auspex.engine.source.SourceSystem;
import java.util.List;
import java.util.stream.Collectors;

/** One statement's rows on their way: where they are put first, and where they go. Immutable. */
record Staging(StagingName name, SourceTarget target, List<StagedColumn> columns) {

  SourceSystem system() {
    return SourceSystem.of(target.source());
  }

  /** The quoted name of the table that takes the rows. */
  String rows() {
    return system().quote(name.schema(), name.rows());
  }

  /** The quoted name of the target. */
  String table() {
    return system().quote(target.schema(), target.table());
  }

  String quote(String column) {
    return system().quote(column);
  }

  /** Names of columns, quoted, between commas. */
  String list(List<String> names) {
    return names.stream().map(this::quote).collect(Collectors.joining(", "));
  }

  List<String> names() {
    return columns.stream().map(StagedColumn::name).toList();
  }
}
