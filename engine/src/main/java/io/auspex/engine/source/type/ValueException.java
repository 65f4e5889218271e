package io.auspex.engine.source.type;

/** A value that has no equal in the type it is to be. The reader says of which source it is. */
public final class ValueException extends RuntimeException {
  private final String value;
  private final String type;
  private final String advice;

  /**
   * @param value what it is, as a person would name it
   * @param type what it was to be
   * @param advice a sentence: what to do
   */
  public ValueException(String value, String type, String advice) {
    super(value + " as " + type, null, false, false);
    this.value = value;
    this.type = type;
    this.advice = advice;
  }

  public String value() {
    return value;
  }

  public String type() {
    return type;
  }

  public String advice() {
    return advice;
  }
}
