package io.auspex.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.auspex.catalog.Artifacts.Stored;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactsTest {
  private static final String DIGEST_OF_ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @TempDir Path folder;
  private Artifacts artifacts;

  @BeforeEach
  void open() {
    artifacts = new Artifacts(folder.resolve("models"));
  }

  @Test
  void contentIsStoredOnceUnderItsDigest() throws IOException {
    Stored stored = artifacts.store(stream("abc"));
    Path file = Files.writeString(folder.resolve("again"), "abc");

    assertThat(stored.digest()).isEqualTo(DIGEST_OF_ABC);
    assertThat(stored.bytes()).isEqualTo(3);
    assertThat(artifacts.store(file)).isEqualTo(stored);
    assertThat(artifacts.path(version(stored.digest()))).isEqualTo(stored.path()).hasContent("abc");
    assertThat(files()).hasSize(1);
  }

  @Test
  void aFailingSourceLeavesNothing() throws IOException {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("the line is dead");
          }
        };
    InputStream failing = new SequenceInputStream(stream("abc"), broken);
    assertThatThrownBy(() -> artifacts.store(failing))
        .isInstanceOf(AuspexException.class)
        .hasMessageContaining("the line is dead");
    assertThat(files()).isEmpty();
    assertThatThrownBy(() -> artifacts.store(folder.resolve("nowhere")))
        .isInstanceOfSatisfying(
            AuspexException.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.FILE_NOT_FOUND));
  }

  @Test
  void aMissingFileIsToldOf() throws IOException {
    Stored stored = artifacts.store(stream("abc"));
    Files.delete(stored.path());

    assertThatThrownBy(() -> artifacts.path(version(stored.digest())))
        .hasMessageContaining("The file of the model churn version 1 is missing")
        .hasMessageContaining(stored.path().toString());
  }

  @Test
  void anAlteredFileIsToldOfEvenAfterItWasSeen() throws IOException {
    Stored stored = artifacts.store(stream("abc"));
    artifacts.path(version(stored.digest()));
    Files.writeString(stored.path(), "abd");
    Files.setLastModifiedTime(stored.path(), FileTime.from(Instant.now().plusSeconds(5)));

    assertThatThrownBy(() -> artifacts.path(version(stored.digest())))
        .hasMessageContaining("was altered: its SHA-256 is a52d159f")
        .hasMessageContaining(DIGEST_OF_ABC);
  }

  @Test
  void aSweepTakesOldOrphansOnly() throws IOException {
    Stored live = artifacts.store(stream("live"));
    Stored old = artifacts.store(stream("old"));
    Stored fresh = artifacts.store(stream("fresh"));
    Path leftOver = Files.writeString(live.path().resolveSibling("x.unfinished"), "half");
    Path beingWritten = Files.writeString(live.path().resolveSibling("y.unfinished"), "half");
    Path foreign = Files.writeString(live.path().resolveSibling("notes.txt"), "mine");
    for (Path file : List.of(live.path(), old.path(), leftOver, foreign)) {
      Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(100)));
    }

    artifacts.sweep(Set.of(live.digest()));

    assertThat(files()).containsExactlyInAnyOrder(live.path(), fresh.path(), beingWritten, foreign);
  }

  @Test
  void whatIsStoredAgainIsNoOrphan() throws IOException {
    Stored stored = artifacts.store(stream("abc"));
    Files.setLastModifiedTime(stored.path(), FileTime.from(Instant.now().minusSeconds(100)));
    artifacts.store(stream("abc"));
    artifacts.sweep(Set.of());

    assertThat(stored.path()).exists();
  }

  @Test
  void aWarehouseWithoutModelsIsSwept() {
    artifacts.sweep(Set.of());
    assertThat(folder.resolve("models")).doesNotExist();
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("models"))) {
      return files.toList();
    }
  }

  private static InputStream stream(String content) {
    return new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8));
  }

  private static ModelVersion version(String digest) {
    return new ModelVersion(
        "churn",
        1,
        digest,
        List.of(),
        3,
        Instant.EPOCH,
        17,
        "",
        "",
        new Signature(List.of(), List.of()),
        ModelOptions.NONE);
  }
}
