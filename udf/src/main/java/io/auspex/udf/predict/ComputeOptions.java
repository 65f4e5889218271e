package io.auspex.udf.predict;

/**
 * What computes a model.
 *
 * @param device {@code auto}, {@code cpu} or {@code cuda}
 * @param mayBeKernel whether a kernel of our own may, where there is one; otherwise ONNX Runtime
 * @param mayRemember whether the predictions of rows may be kept for equal rows that come later
 * @param mayExpect whether the best of before may tell which rows are not among the best; then
 *     {@link Predictor#isComplete} is to be asked at the end
 */
public record ComputeOptions(
    String device, boolean mayBeKernel, boolean mayRemember, boolean mayExpect) {
  /** Whatever is fastest. */
  public static final ComputeOptions AUTO = new ComputeOptions("auto", true, false, false);

  /** ONNX Runtime on the CPU. */
  public static final ComputeOptions ONNX_RUNTIME = new ComputeOptions("cpu", false, false, false);

  /** The same, where no predictions are kept. */
  ComputeOptions withoutRemembering() {
    return new ComputeOptions(device, mayBeKernel, false, mayExpect);
  }

  boolean isCuda() {
    return device.equals("cuda");
  }
}
