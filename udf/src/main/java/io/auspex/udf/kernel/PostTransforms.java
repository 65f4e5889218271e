package io.auspex.udf.kernel;

import io.auspex.udf.ensemble.Ensemble.PostTransform;

/**
 * What is done to the scores of a row, in floats as ONNX Runtime does it
 * (core/providers/cpu/ml/ml_common.h).
 */
final class PostTransforms {
  /** What SOFTMAX_ZERO takes for zero. */
  private static final float ZERO = 0.0000001f;

  private PostTransforms() {}

  /** Of two scores or more. */
  static void apply(PostTransform transform, double[] values, boolean isDouble) {
    switch (transform) {
      case NONE -> {}
      case LOGISTIC -> {
        for (int i = 0; i < values.length; i++) {
          values[i] = logistic((float) values[i]);
        }
      }
      case SOFTMAX -> softmax(values);
      case SOFTMAX_ZERO -> softmaxZero(values, isDouble);
      case PROBIT -> throw new IllegalArgumentException("PROBIT is ONNX Runtime's");
    }
  }

  static float exp(float value) {
    return (float) Math.exp(value);
  }

  static float logistic(float value) {
    float positive = 1 / (1 + exp(-Math.abs(value)));
    return value < 0 ? 1 - positive : positive;
  }

  private static float greatest(double[] values) {
    float greatest = -Float.MAX_VALUE;
    for (double value : values) {
      if ((float) value > greatest) {
        greatest = (float) value;
      }
    }
    return greatest;
  }

  private static void softmax(double[] values) {
    float greatest = greatest(values);
    float sum = 0;
    for (int i = 0; i < values.length; i++) {
      float power = exp((float) values[i] - greatest);
      values[i] = power;
      sum += power;
    }
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) values[i] / sum;
    }
  }

  private static void softmaxZero(double[] values, boolean isDouble) {
    float greatest = greatest(values);
    float ofZero = exp(-greatest);
    float sum = 0;
    for (int i = 0; i < values.length; i++) {
      float value = (float) values[i];
      if (value > ZERO || value < -ZERO) {
        float power = exp(value - greatest);
        values[i] = power;
        sum += power;
      } else {
        values[i] = isDouble ? values[i] * ofZero : (float) values[i] * ofZero;
      }
    }
    for (int i = 0; i < values.length; i++) {
      values[i] = isDouble ? values[i] / sum : (float) values[i] / sum;
    }
  }
}
