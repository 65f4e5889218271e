package io.auspex.catalog;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The one exception of Auspex: a stable code, a sentence for the user, and where in the statement.
 *
 * <p>The message is made from the code's template in {@link ErrorCode}, so that every text a user
 * can meet stands in one place.
 */
public final class AuspexException extends RuntimeException {
  private final ErrorCode code;
  private final transient Position position;
  private final transient Object[] arguments;

  public AuspexException(ErrorCode code, Object... arguments) {
    this(code, null, null, arguments);
  }

  private AuspexException(ErrorCode code, Position position, Throwable cause, Object... arguments) {
    super(code.message(arguments), cause);
    this.code = code;
    this.position = position;
    this.arguments = arguments;
  }

  /** The same error, said of a place in the statement; an error that has a place keeps it. */
  public AuspexException at(Position place) {
    return position != null || place == null ? this : copy(place, getCause());
  }

  /** The same error without its place, which is one in a text that the user has not written. */
  public AuspexException withoutPosition() {
    return copy(null, getCause());
  }

  /** The same error with what brought it about. */
  public AuspexException causedBy(Throwable cause) {
    return copy(position, cause);
  }

  /** The same error with other words for what it names, and without what brought it about. */
  public AuspexException reworded(UnaryOperator<String> words) {
    Object[] other =
        Arrays.stream(arguments).map(argument -> words.apply(String.valueOf(argument))).toArray();
    AuspexException reworded = new AuspexException(code, position, null, other);
    reworded.setStackTrace(getStackTrace());
    return reworded;
  }

  private AuspexException copy(Position place, Throwable cause) {
    AuspexException copy = new AuspexException(code, place, cause, arguments);
    copy.setStackTrace(getStackTrace());
    return copy;
  }

  public ErrorCode code() {
    return code;
  }

  /** What the sentence says in the place of {@code {0}}; empty where it has none. */
  public String subject() {
    return arguments.length == 0 ? "" : String.valueOf(arguments[0]);
  }

  public Optional<Position> position() {
    return Optional.ofNullable(position);
  }
}
