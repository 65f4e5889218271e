package io.auspex.engine.landing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.auspex.catalog.AuspexException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files appear whole or not at all, and a sweep deletes nothing but what was announced. */
class FileLandingTest {
  @TempDir Path folder;
  private Path journal;
  private Orphans orphans;

  @BeforeEach
  void journal() {
    journal = folder.resolve("journal");
    orphans = new Orphans(journal);
  }

  @Test
  void aFileAppearsUnderItsNameAtTheEnd() throws IOException {
    Path target = Files.writeString(folder.resolve("out.csv"), "old");
    try (FileLanding landing = FileLanding.at(target.toString(), false, orphans)) {
      Files.writeString(landing.temporary(), "new");
      assertThat(target).hasContent("old");
      landing.land();
    }
    assertThat(target).hasContent("new");
    assertThat(journal).isEmptyDirectory();
    assertThat(files()).containsExactlyInAnyOrder("journal", "out.csv");
  }

  @Test
  void whatDidNotLandIsTakenBack() throws IOException {
    Path target = Files.writeString(folder.resolve("out.csv"), "old");
    try (FileLanding landing = FileLanding.at(target.toString(), false, orphans)) {
      Files.writeString(landing.temporary(), "half");
    }
    assertThat(target).hasContent("old");
    assertThat(files()).containsExactlyInAnyOrder("journal", "out.csv");
  }

  @Test
  void whatAKilledProcessLeftIsSwept() throws IOException {
    FileLanding landing = FileLanding.at(folder.resolve("out.csv").toString(), false, orphans);
    Files.writeString(landing.temporary(), "half");
    Files.writeString(
        landing.temporary().resolveSibling("tmp_" + landing.temporary().getFileName()), "half");
    new Orphans(journal).sweep();
    assertThat(journal).isEmptyDirectory();
    assertThat(files()).containsExactly("journal");
  }

  /** An entry that was cut off, or is somebody else's, has nothing deleted. */
  @Test
  void aDamagedEntryDeletesNothing() throws IOException {
    Path precious = Files.writeString(folder.resolve("precious"), "kept");
    Files.createDirectories(journal);
    Files.writeString(journal.resolve(UUID.randomUUID().toString()), "");
    Files.writeString(journal.resolve(UUID.randomUUID().toString()), folder.toString());
    Files.writeString(journal.resolve(UUID.randomUUID().toString()), precious.toString());
    Files.writeString(journal.resolve("precious"), precious.toString());
    orphans.sweep();
    assertThat(precious).hasContent("kept");
    assertThat(journal).isEmptyDirectory();
  }

  @Test
  void aLinkStaysAndItsTargetIsReplaced() throws IOException {
    Path real = Files.writeString(folder.resolve("real.csv"), "old");
    Path link = folder.resolve("link.csv");
    try {
      Files.createSymbolicLink(link, real);
    } catch (IOException | UnsupportedOperationException e) {
      assumeTrue(false, "the file system has no symbolic links");
    }
    try (FileLanding landing = FileLanding.at(link.toString(), false, orphans)) {
      Files.writeString(landing.temporary(), "new");
      landing.land();
    }
    assertThat(Files.isSymbolicLink(link)).isTrue();
    assertThat(real).hasContent("new");
  }

  @Test
  void placesWhereNothingCanLandAreRefusedAtOnce() throws IOException {
    Path existing = Files.createDirectory(folder.resolve("existing"));
    for (String file : new String[] {"", "/", "s3://bucket/x.csv", existing.toString()}) {
      assertThatThrownBy(() -> FileLanding.at(file, false, orphans))
          .as(file)
          .isInstanceOf(AuspexException.class);
    }
    assertThatThrownBy(() -> FileLanding.at(existing.toString(), true, orphans))
        .hasMessageContaining("needs a folder that does not exist yet");
    assertThatThrownBy(() -> FileLanding.at(folder + "/none/x.csv", false, orphans))
        .hasMessageContaining("there is no folder");
  }

  private Stream<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList().stream();
    }
  }
}
