package io.auspex.udf.onnx;

import ai.onnxruntime.OrtException;
import java.util.regex.Pattern;

/** What ONNX Runtime's messages say, without where in its source they come from. */
public final class RuntimeMessage {
  /** What precedes the reason: codes, paths, places in the source. */
  private static final Pattern NOISE =
      Pattern.compile(
          "Error code - \\w+ - message:"
              + "|Load model from .*? failed:"
              + "|Exception during initialization:"
              + "|(?:Fatal error|This is an invalid model)[.:]"
              + "|In Node, .*? , Error(?= \\w)"
              + "|[\\w/\\\\-]*\\.(?:cc|h|cpp):\\d+ (?:[\\w:~]+(?:\\(.*?\\)(?: const)?)? )?");

  private static final int LONGEST_REASON = 300;

  private RuntimeMessage() {}

  /** The reason in one line, ready to stand before a full stop. */
  public static String reason(OrtException failure) {
    String line = failure.getMessage().replaceAll("[\\s\\p{Cntrl}]+", " ");
    String reason = NOISE.matcher(line).replaceAll(" ").replaceAll(" +", " ").strip();
    if (reason.length() > LONGEST_REASON) {
      reason = reason.substring(0, LONGEST_REASON) + "…";
    }
    return reason.endsWith(".") ? reason.substring(0, reason.length() - 1) : reason;
  }
}
