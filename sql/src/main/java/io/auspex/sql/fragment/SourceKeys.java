package io.auspex.sql.fragment;

import java.util.List;

/**
 * The values that a column of a source's rows must have to be joined: where there are few of them,
 * the source is asked for no other rows.
 *
 * @param column of the stream
 * @param sql gives them, once each, to the connection of the fragment that reads the stream; it may
 *     read other streams by their names
 * @param parameters for each {@code $n} of the text, the 0-based ordinal of the statement's
 *     parameter
 * @param after the names of the streams it reads, which have to be landed before
 */
public record SourceKeys(String column, String sql, List<Integer> parameters, List<String> after) {
  /** Of more, the source is asked for all rows. */
  public static final int MOST = 5_000;

  public SourceKeys {
    parameters = List.copyOf(parameters);
    after = List.copyOf(after);
  }
}
