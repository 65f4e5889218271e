package io.auspex.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.engine.ChaosSource.Kind;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever ends while rows are read from a source, or written into one (its server, the connection,
 * or Auspex itself): all rows have arrived, or none; nothing is left behind; and the statement can
 * be repeated.
 */
class SourceChaosTest {
  private static final int FEW = 40_000;
  private static final int MANY = 150_000;

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  @Timeout(120)
  void aFewFaults(Kind kind) throws Exception {
    int each = kind == Kind.SQLITE ? 1 : 4;
    chaos(kind, ChaosStatement.reading(), each, FEW, 20_26);
    chaos(kind, ChaosStatement.writing(), each, FEW, 20_26);
  }

  @ParameterizedTest
  @EnumSource
  @Tag("full")
  void aHundredReads(Kind kind) throws Exception {
    chaosOfHundred(kind, ChaosStatement.reading());
  }

  @ParameterizedTest
  @EnumSource
  @Tag("full")
  void aHundredWrites(Kind kind) throws Exception {
    chaosOfHundred(kind, ChaosStatement.writing());
  }

  private void chaosOfHundred(Kind kind, List<ChaosStatement> statements) throws Exception {
    int stopped = chaos(kind, statements, kind == Kind.SQLITE ? 20 : 40, MANY, System.nanoTime());
    assertThat(stopped).as("statements that a fault has stopped").isPositive();
  }

  private int chaos(Kind kind, List<ChaosStatement> statements, int faults, int rows, long seed)
      throws Exception {
    Path place = folder.resolve(statements.get(0).name());
    place.toFile().mkdir();
    try (ChaosSource source = ChaosSource.start(kind, place);
        ChaosRun run = new ChaosRun(source, rows, place, seed)) {
      run.setUp(statements);
      for (int fault = 0; fault < faults; fault++) {
        run.fault(fault, statements.get(fault % statements.size()));
      }
      System.out.println("[chaos] " + kind + " " + statements + ": " + run.told());
      return run.stopped();
    }
  }
}
