package io.auspex.catalog;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was measured, machine by machine: a warehouse's file goes from one to another. */
final class Calibrations {
  private final Sql sql;

  Calibrations(Sql sql) {
    this.sql = sql;
  }

  private record Measured(String constant, double nanos) {}

  /** Empty where nothing was measured on this machine. */
  Optional<CostConstants> find(Machine machine) {
    List<Measured> rows =
        sql.query(
            row -> new Measured(row.getString(1), row.getDouble(2)),
            "SELECT constant, nanos FROM auspex.calibration WHERE machine = ?",
            machine.fingerprint());
    Map<CostConstant, Double> nanos = new EnumMap<>(CostConstant.class);
    for (Measured row : rows) {
      CostConstant.named(row.constant()).ifPresent(constant -> nanos.put(constant, row.nanos()));
    }
    return nanos.isEmpty() ? Optional.empty() : Optional.of(new CostConstants(nanos));
  }

  void replace(Machine machine, CostConstants constants, Instant now) {
    delete(machine);
    constants
        .nanos()
        .forEach(
            (constant, nanos) ->
                sql.run(
                    "INSERT INTO auspex.calibration VALUES (?, ?, ?, ?)",
                    machine.fingerprint(),
                    constant.sqlName(),
                    nanos,
                    now.atOffset(ZoneOffset.UTC)));
  }

  void delete(Machine machine) {
    sql.run("DELETE FROM auspex.calibration WHERE machine = ?", machine.fingerprint());
  }
}
