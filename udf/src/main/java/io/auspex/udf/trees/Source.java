package io.auspex.udf.trees;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;

/**
 * What messages call a file.
 *
 * @param name the location as the user wrote it
 * @param library whose format it has
 */
record Source(String name, String library) {

  /** More features, classes or targets than any model has. */
  private static final int MOST = 1 << 20;

  /** A number of things; MODEL_DAMAGED where there cannot be so many. */
  int count(int number, String of) {
    if (number < 0 || number > MOST) {
      throw damaged("it has " + number + " " + of);
    }
    return number;
  }

  AuspexException damaged(String why) {
    return new AuspexException(ErrorCode.MODEL_DAMAGED, name, library, why);
  }

  AuspexException unsupported(String found, String advice) {
    return new AuspexException(ErrorCode.MODEL_UNSUPPORTED, name, found, advice);
  }
}
