package io.auspex.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {
  private static final String PASSWORD = "p'ä ss\uD83E\uDD86:w";
  private static final Source BARE =
      new Source(
          "crm",
          "jdbc:postgresql://db/crm",
          Optional.of("reader"),
          Optional.empty(),
          SourceOptions.DEFAULT);

  @TempDir private Path folder;

  @Test
  void whatIsSealedOpensWithItsKey() {
    Source sealed = sealed(secrets("key"));

    assertThat(secrets("key").password(sealed)).contains(PASSWORD);
    assertThat(sealed.toString()).contains("sealed").doesNotContain("ss\uD83E");
    assertThat(sealed(secrets("key")).password()).isNotEqualTo(sealed.password());
  }

  @Test
  void anEmptyPasswordIsOne() {
    Secrets secrets = secrets("key");
    assertThat(secrets.password(with(secrets.seal("", BARE)))).contains("");
    assertThat(secrets.password(BARE)).isEmpty();
  }

  @Test
  void theKeyIsTheOwnersAlone() throws IOException {
    sealed(secrets("made/for/it/key"));

    Path key = folder.resolve("made/for/it/key");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key.getParent())))
        .isEqualTo("rwx------");
    try (var files = Files.list(key.getParent())) {
      assertThat(files).containsExactly(key);
    }
  }

  @Test
  void theKeyLiesInTheUsersConfiguration() {
    assertThat(KeyFile.of(Map.of("XDG_CONFIG_HOME", "/conf")).path())
        .isEqualTo(Path.of("/conf/auspex/source.key"));
    assertThat(KeyFile.of(Map.of("XDG_CONFIG_HOME", "relative")).path())
        .isEqualTo(Path.of(System.getProperty("user.home"), ".config/auspex/source.key"));
  }

  @Test
  void anotherKeyIsToldFromNone() {
    Source sealed = sealed(secrets("key"));
    sealed(secrets("other"));

    assertFails(() -> secrets("other").password(sealed), "sealed with another key");
    assertFails(() -> secrets("none").password(sealed), "there is no key in");
  }

  @Test
  void aFileThatIsNoKeyIsNotReplaced() throws IOException {
    Files.writeString(folder.resolve("key"), "notes");

    assertFails(() -> sealed(secrets("key")), "cannot be read");
    assertThat(folder.resolve("key")).hasContent("notes");
  }

  @Test
  void sealedForOneServerItIsNotSentToAnother() {
    Secrets secrets = secrets("key");
    Secret.Sealed secret = secrets.seal(PASSWORD, BARE);
    Source moved =
        new Source(
            "crm", "jdbc:postgresql://evil/crm", BARE.user(), Optional.of(secret), BARE.options());
    Source other = new Source("b", BARE.url(), BARE.user(), Optional.of(secret), BARE.options());

    assertFails(() -> secrets.password(moved), "belongs to another source");
    assertFails(() -> secrets.password(other), "belongs to another source");
  }

  @Test
  void whatWasAlteredDoesNotOpen() {
    Secrets secrets = secrets("key");
    String text = secrets.seal(PASSWORD, BARE).cipherText();
    Set<String> altered = new HashSet<>();
    altered.add("");
    altered.add("v1");
    altered.add("v2" + text.substring(2));
    altered.add(text.substring(0, text.lastIndexOf(':') + 1));
    altered.add(text.substring(0, text.length() - 8));
    altered.add(text + "!");
    int last = text.lastIndexOf(':') + 1;
    altered.add(
        text.substring(0, last)
            + (text.charAt(last) == 'A' ? 'B' : 'A')
            + text.substring(last + 1));

    for (String cipherText : altered) {
      assertFails(() -> secrets.password(with(new Secret.Sealed(cipherText))), "was altered");
    }
  }

  @Test
  void aPasswordComesFromTheEnvironment() {
    Source source = with(new Secret.FromEnvironment("CRM_PW"));
    Map<String, String> environment = new HashMap<>();
    Secrets secrets = new Secrets(environment);

    assertFails(() -> secrets.password(source), "CRM_PW is not set");
    environment.put("CRM_PW", PASSWORD);
    assertThat(secrets.password(source)).contains(PASSWORD);
  }

  @Test
  void aPasswordIsTheFirstLineOfAFile() throws IOException {
    Path file = folder.resolve("pw");
    Source source = with(new Secret.FromFile(file));

    assertFails(() -> secrets("key").password(source), "pw does not exist");
    Files.writeString(file, PASSWORD + "\nnotes\n");
    assertThat(secrets("key").password(source)).contains(PASSWORD);
    Files.write(file, new byte[] {(byte) 0xFF, 'x'});
    assertFails(() -> secrets("key").password(source), "no text");
  }

  private Secrets secrets(String key) {
    return new Secrets(Map.of(KeyFile.VARIABLE, folder.resolve(key).toString()));
  }

  private static Source sealed(Secrets secrets) {
    return with(secrets.seal(PASSWORD, BARE));
  }

  private static Source with(Secret secret) {
    return new Source(BARE.name(), BARE.url(), BARE.user(), Optional.of(secret), BARE.options());
  }

  private static void assertFails(ThrowingCallable action, String why) {
    assertThatThrownBy(action)
        .isInstanceOfSatisfying(
            AuspexException.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.SECRET))
        .hasMessageContaining(why)
        .hasMessageNotContaining(PASSWORD);
  }
}
