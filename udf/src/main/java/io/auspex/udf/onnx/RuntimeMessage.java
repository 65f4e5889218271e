package io.auspex.udf.onnx;

import ai.onnxruntime.OrtException;
import java.util.regex.Pattern;

/** What ONNX Runtime's messages say, without where in its source they come from. */
public final class RuntimeMessage {
  /** A C++ function's name, with its parameters where they are told. */
  private static final String FUNCTION =
      "[\\w:~]+(?:\\((?:[^()]|\\([^()]*\\))*\\)(?: const)?(?:::<lambda\\(\\)>)?)?";

  /** What precedes the reason: codes, paths, places in the source. */
  private static final Pattern NOISE =
      Pattern.compile(
          "Error code - \\w+ - message:"
              + "|Load model from .*? failed:"
              + "|Exception during initialization:"
              + "|Exception during loading:"
              + "|Non-zero status code returned while running \\w+ node\\. Name:'[^']*' Status Message:"
              + "|(?:Fatal error|This is an invalid model)[.:]"
              + "|In Node, .*? , Error(?= \\w)"
              + "|[\\w/\\\\-]*\\.(?:cc|h|cpp):\\d+ (?:"
              + FUNCTION
              + " )?");

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
