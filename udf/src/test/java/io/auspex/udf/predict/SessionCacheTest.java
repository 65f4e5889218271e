package io.auspex.udf.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;
import io.auspex.catalog.ModelOptions;
import io.auspex.catalog.ModelVersion;
import io.auspex.catalog.Signature;
import io.auspex.udf.domain.Domains;
import io.auspex.udf.onnx.OnnxGraph;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

final class SessionCacheTest {
  private static final ModelVersion MODEL = Tables.model("matrix_input");

  private final AtomicInteger loads = new AtomicInteger();
  private final SessionCache cache = new SessionCache(1);

  @Test
  void aSessionIsLoadedOnceAndStays() {
    for (int i = 0; i < 3; i++) {
      lease("a").close();
    }
    assertThat(loads).hasValue(1);
    cache.close();
    assertThat(cache.size()).isZero();
  }

  @Test
  void theSessionUnusedTheLongestGoes() {
    lease("a").close();
    lease("b").close();
    assertThat(cache.size()).isEqualTo(1);
    lease("b").close();
    assertThat(loads).hasValue(2);
    lease("a").close();
    assertThat(loads).hasValue(3);
    cache.close();
  }

  @Test
  void whatIsInUseIsNeverClosed() {
    SessionCache.Lease used = lease("a");
    lease("b").close();
    lease("c").close();
    assertThat(cache.size()).isEqualTo(2);
    cache.close();
    assertThat(cache.size()).isEqualTo(1);
    used.close();
    used.close();
    assertThat(cache.size()).isZero();
  }

  @Test
  void aFailedLoadIsTriedAgain() {
    Supplier<LoadedModel> failing =
        () -> {
          throw new AuspexException(ErrorCode.MODEL_REFUSED, "m", "of a reason");
        };
    assertThatThrownBy(() -> cache.lease(key("a"), failing))
        .isInstanceOf(AuspexException.class)
        .hasMessageContaining("of a reason");
    lease("a").close();
    assertThat(loads).hasValue(1);
    cache.close();
  }

  private SessionCache.Lease lease(String digest) {
    return cache.lease(
        key(digest),
        () -> {
          loads.incrementAndGet();
          Path file = Tables.path("matrix_input");
          return ModelSession.open(
              MODEL, OnnxGraph.read(file, "m"), file, MODEL.signature().outputs(), "cpu");
        });
  }

  private static SessionCache.Key key(String digest) {
    return new SessionCache.Key(
        "m",
        new ModelKey(digest, new Signature(List.of(), List.of()), ModelOptions.NONE, List.of("y")),
        "cpu",
        false,
        Domains.NONE);
  }
}
