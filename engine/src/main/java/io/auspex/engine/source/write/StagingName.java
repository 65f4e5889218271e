package io.auspex.engine.source.write;

import java.security.SecureRandom;
import java.util.regex.Pattern;

/**
 * The names of what one statement has in a source for a time. They begin alike, so that whoever
 * looks there knows whose they are, and each has the statement's identity in it, so that nothing
 * else is ever taken for them.
 *
 * @param id the statement's number in its process, and a random number
 * @param schema where the tables are: that of the target
 */
record StagingName(String id, String schema) {
  private static final Pattern ID = Pattern.compile("\\d+_[0-9a-f]{16}");
  private static final String PREFIX = "__auspex_";
  private static final SecureRandom RANDOM = new SecureRandom();

  static StagingName of(long statement, String schema) {
    return new StagingName("%d_%016x".formatted(statement, RANDOM.nextLong()), schema);
  }

  static boolean isId(String text) {
    return ID.matcher(text).matches();
  }

  /** The table that takes the rows. */
  String rows() {
    return PREFIX + id + "_rows";
  }

  /** The replaced table, until it is dropped. */
  String old() {
    return PREFIX + id + "_old";
  }

  /** A table that has a row if the transaction was committed. */
  String done() {
    return PREFIX + id + "_done";
  }

  /** A name for an index or a constraint until it gets its own. */
  String part(int number) {
    return PREFIX + id + "_" + number;
  }
}
