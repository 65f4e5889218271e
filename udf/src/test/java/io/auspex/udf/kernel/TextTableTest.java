package io.auspex.udf.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Texts of all lengths about the eight bytes that are hashed at a time. */
class TextTableTest {
  private static final String LETTERS = "ab\u0000é€𝄞";

  private final Random random = new Random(17);

  @Test
  void findsWhatItKnowsAndNothingElse() {
    Set<String> all = new LinkedHashSet<>(List.of("", "\u0000", "a\u0000", "a", "category 0017"));
    while (all.size() < 4000) {
      all.add(text(random.nextInt(30)));
    }
    List<String> texts = new ArrayList<>(all);
    List<String> known = texts.subList(0, 2000);
    TextTable table = new TextTable(known);
    for (int i = 0; i < texts.size(); i++) {
      byte[] around = ("x" + texts.get(i) + "y").getBytes(StandardCharsets.UTF_8);
      int found = table.find(around, 1, around.length - 2);
      assertEquals(i < known.size() ? i : -1, found, texts.get(i));
    }
  }

  private String text(int length) {
    StringBuilder text = new StringBuilder();
    int[] letters = LETTERS.codePoints().toArray();
    for (int i = 0; i < length; i++) {
      text.appendCodePoint(letters[random.nextInt(letters.length)]);
    }
    return text.toString();
  }

  @Test
  void findsNothingAmongNone() {
    assertEquals(-1, new TextTable(List.of()).find(new byte[] {1, 2, 3}, 1, 2));
  }
}
