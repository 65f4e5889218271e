package io.auspex.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Run with {@code -Dauspex.docs.write=true} to write the pages anew. */
class ReferencePagesTest {
  private static final Path DOCS = Path.of(System.getProperty("auspex.root"), "docs");

  @Test
  void errorsAreDocumentedAsTheyAre() throws IOException {
    check("errors.md", ReferencePages.errors());
  }

  @Test
  void settingsAreDocumentedAsTheyAre() throws IOException {
    check("settings.md", ReferencePages.settings());
  }

  @Test
  void numbersOfErrorsAreUnique() {
    assertThat(Arrays.stream(ErrorCode.values()).map(ErrorCode::number)).doesNotHaveDuplicates();
  }

  private static void check(String page, String expected) throws IOException {
    Path file = DOCS.resolve(page);
    if (Boolean.getBoolean("auspex.docs.write")) {
      Files.createDirectories(DOCS);
      Files.writeString(file, expected);
    }
    assertThat(file).as("write it anew with -Dauspex.docs.write=true").hasContent(expected);
  }
}
