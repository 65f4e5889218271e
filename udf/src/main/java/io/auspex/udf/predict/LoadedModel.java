package io.auspex.udf.predict;

/** A model that is ready to compute, whatever computes it. Thread-safe. */
sealed interface LoadedModel extends AutoCloseable permits ModelSession, KernelModel {
  @Override
  void close();
}
