package io.auspex.udf.fuzz;

import java.util.function.LongFunction;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/** Many random models, one after the other. */
public final class Cases {
  private Cases() {}

  /** What is to hold of one. */
  public interface Check {
    void of(Case made, BufferAllocator allocator) throws Exception;
  }

  /** Checks those of some seeds; a failure says how to make its model again. */
  public static void checkAll(LongFunction<Case> generator, long from, long to, Check check) {
    try (BufferAllocator allocator = new RootAllocator()) {
      for (long seed = from; seed < to; seed++) {
        Case made = generator.apply(seed);
        try {
          check.of(made, allocator);
        } catch (Exception | AssertionError failure) {
          throw new AssertionError(made.description(), failure);
        }
      }
    }
  }
}
