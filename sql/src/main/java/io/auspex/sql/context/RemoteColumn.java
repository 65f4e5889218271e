package io.auspex.sql.context;

import java.util.Optional;

/**
 * A column of another database's table.
 *
 * @param type the type it has in DuckDB
 * @param nativeType the type it has there, as that database writes it
 * @param nullable whether it may be NULL
 * @param collation by which its texts are compared there, as that database calls it; empty for what
 *     is no text, or where it does not say
 */
public record RemoteColumn(
    String name, String type, String nativeType, boolean nullable, Optional<String> collation) {

  /** The same column under another name. */
  public RemoteColumn named(String other) {
    return new RemoteColumn(other, type, nativeType, nullable, collation);
  }
}
