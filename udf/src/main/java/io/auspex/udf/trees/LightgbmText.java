package io.auspex.udf.trees;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The sections of a LightGBM text file, each lines of {@code key=value}.
 *
 * @param header also has lines without a value, such as {@code average_output}
 * @param parameters the lines {@code [key: value]} behind the trees
 * @param pandasCategories the JSON that follows {@code pandas_categorical:}; empty where none does
 */
record LightgbmText(
    Map<String, String> header,
    List<Map<String, String>> trees,
    Map<String, String> parameters,
    String pandasCategories) {
  private static final String PANDAS = "pandas_categorical:";

  static LightgbmText read(BufferedReader reader, Source source) throws IOException {
    Map<String, String> header = new LinkedHashMap<>();
    List<Map<String, String>> trees = new ArrayList<>();
    Map<String, String> parameters = new LinkedHashMap<>();
    String pandas = "";
    Map<String, String> section = header;
    boolean ended = false;
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      if (line.startsWith("Tree=")) {
        section = new LinkedHashMap<>();
        trees.add(section);
      } else if (line.startsWith("end of trees")) {
        ended = true;
      } else if (line.startsWith(PANDAS)) {
        pandas = line.substring(PANDAS.length()).strip();
      } else if (!ended) {
        put(section, line, '=');
      } else if (line.startsWith("[") && line.endsWith("]")) {
        put(parameters, line.substring(1, line.length() - 1), ':');
      }
    }
    if (!ended) {
      throw source.damaged("it ends before its last tree");
    }
    return new LightgbmText(header, trees, parameters, pandas);
  }

  private static void put(Map<String, String> section, String line, char separator) {
    int at = line.indexOf(separator);
    if (at > 0) {
      section.put(line.substring(0, at).strip(), line.substring(at + 1).strip());
    } else if (!line.isBlank()) {
      section.put(line.strip(), "");
    }
  }
}
