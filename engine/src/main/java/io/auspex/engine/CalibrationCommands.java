package io.auspex.engine;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.Catalog;
import io.auspex.catalog.CostConstant;
import io.auspex.catalog.CostConstants;
import io.auspex.catalog.ErrorCode;
import io.auspex.udf.predict.Cancellation;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** The statements about what predictions take on this machine. */
final class CalibrationCommands {
  /** Two at a time would measure each other. */
  private static final Semaphore ONE = new Semaphore(1);

  private final Catalog catalog;
  private final Warehouse warehouse;

  CalibrationCommands(Catalog catalog, Warehouse warehouse) {
    this.catalog = catalog;
    this.warehouse = warehouse;
  }

  /**
   * {@code CALIBRATE}: measures, which takes some ten seconds, and keeps what it found. In a
   * transaction that is kept or lost with it.
   *
   * @throws AuspexException UNSUPPORTED where nothing can be kept, or another session measures
   */
  void calibrate(Cancellation cancellation) {
    checkWritable();
    // An aborted transaction says so now, and not after all the work.
    catalog.calibration();
    if (!ONE.tryAcquire()) {
      throw new AuspexException(
          ErrorCode.UNSUPPORTED,
          "CALIBRATE",
          "while another session of this process runs it",
          "Wait until that is done.");
    }
    try {
      catalog.calibrate(Calibration.measure(cancellation));
    } finally {
      ONE.release();
    }
  }

  /** {@code CALIBRATE RESET}: the defaults hold again. */
  void reset() {
    checkWritable();
    catalog.forgetCalibration();
  }

  private void checkWritable() {
    if (warehouse.isReadOnly()) {
      throw new AuspexException(
          ErrorCode.UNSUPPORTED,
          "CALIBRATE",
          "in a warehouse that is opened for reading only",
          "Open it for writing, since it keeps what is measured.");
    }
  }

  /** {@code SHOW CALIBRATION}, as a query: a row a constant. */
  String show() {
    Optional<CostConstants> measured = catalog.calibration();
    Rows rows = new Rows("constant", "unit", "default", "measured");
    for (CostConstant constant : CostConstant.values()) {
      rows.add(
          constant.sqlName(),
          constant.unit(),
          String.valueOf(constant.standard()),
          measured.map(known -> String.valueOf(known.of(constant))).orElse(null));
    }
    return "SELECT * REPLACE (\"default\"::DOUBLE AS \"default\", measured::DOUBLE AS measured) FROM ("
        + rows.sql()
        + ")";
  }
}
