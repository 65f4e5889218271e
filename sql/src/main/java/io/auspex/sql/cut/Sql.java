package io.auspex.sql.cut;

/**
 * SQL that is being put together, twice: as it shall run, and with every inline function replaced
 * by a NULL of its type, so that DuckDB can tell the columns before the functions are registered.
 */
final class Sql {
  private final StringBuilder written = new StringBuilder();
  private final StringBuilder typed = new StringBuilder();

  static Sql of(String text) {
    return new Sql().append(text);
  }

  Sql append(String text) {
    return append(text, text);
  }

  Sql append(String asWritten, String asTyped) {
    written.append(asWritten);
    typed.append(asTyped);
    return this;
  }

  Sql append(Sql other) {
    return append(other.written(), other.typed());
  }

  boolean isEmpty() {
    return written.isEmpty();
  }

  String written() {
    return written.toString();
  }

  String typed() {
    return typed.toString();
  }
}
