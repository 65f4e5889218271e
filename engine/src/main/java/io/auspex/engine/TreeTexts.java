package io.auspex.engine;

import io.auspex.catalog.Questions;
import io.auspex.engine.stream.WarehouseErrors;
import java.sql.SQLException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * DuckDB's trees of queries, and the texts it prints of trees. A text depends on nothing but its
 * tree, so that the last ones are kept: the same expressions come again and again. Thread-safe.
 */
final class TreeTexts {
  private static final int KEPT = 2048;
  private static final int LONGEST = 12_000;

  private final Map<String, String> texts = leastRecentlyUsed();

  /** The tree of a query as JSON, which also depends on settings of the session. */
  String tree(String sql, Questions questions) {
    return asked("SELECT json_serialize_sql(?)", sql, questions);
  }

  /** The text of a tree, which is JSON. */
  String text(String tree, Questions questions) {
    String known = texts.get(tree);
    if (known != null) {
      return known;
    }
    String text = asked("SELECT json_deserialize_sql(?)", tree, questions);
    if (tree.length() <= LONGEST) {
      texts.put(tree, text);
    }
    return text;
  }

  private static String asked(String question, String argument, Questions questions) {
    try {
      return questions.ask(row -> row.getString(1), question, argument).get(0);
    } catch (SQLException e) {
      throw WarehouseErrors.of(e).withoutPosition();
    }
  }

  private static Map<String, String> leastRecentlyUsed() {
    return Collections.synchronizedMap(
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > KEPT;
          }
        });
  }
}
