package io.auspex.catalog;

/** Who has to act on an error. */
public enum ErrorKind {
  /** The statement, or what it names, is wrong: whoever wrote it. */
  USER,
  /** Data or a database outside the warehouse failed. */
  SOURCE,
  /** The model file or the computation of a model failed. */
  MODEL,
  /** Time, memory, disk, a device or a lock was not to be had. */
  RESOURCES,
  /** A defect of Auspex. */
  INTERNAL
}
