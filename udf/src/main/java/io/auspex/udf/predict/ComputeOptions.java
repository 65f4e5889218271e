package io.auspex.udf.predict;

/**
 * What computes a model.
 *
 * @param device {@code auto}, {@code cpu} or {@code cuda}
 * @param mayBeKernel whether a kernel of our own may, where there is one; otherwise ONNX Runtime
 */
public record ComputeOptions(String device, boolean mayBeKernel) {
  /** Whatever is fastest. */
  public static final ComputeOptions AUTO = new ComputeOptions("auto", true);

  /** ONNX Runtime on the CPU. */
  public static final ComputeOptions ONNX_RUNTIME = new ComputeOptions("cpu", false);

  boolean isCuda() {
    return device.equals("cuda");
  }
}
