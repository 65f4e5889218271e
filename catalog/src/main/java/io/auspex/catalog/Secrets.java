package io.auspex.catalog;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals and opens the passwords of sources. A sealed one is AES-256-GCM (NIST SP 800-38D) with the
 * user's key of {@link KeyFile}, bound to the source's name, URL and user: whoever can write into
 * the warehouse, but has no key, cannot have it sent to another server. Thread-safe.
 */
public final class Secrets {
  private static final Secrets SYSTEM = new Secrets(System.getenv());
  private static final String FORMAT = "v1";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final int PARTS = 3;

  private final Map<String, String> environment;
  private final KeyFile keyFile;

  Secrets(Map<String, String> environment) {
    this.environment = environment;
    this.keyFile = KeyFile.of(environment);
  }

  /** Those of this process: its environment, its user's key. */
  public static Secrets system() {
    return SYSTEM;
  }

  /**
   * Encrypts a password for a source, and makes the key where there is none yet.
   *
   * @param source the source as it will be; its own password is not looked at
   * @throws AuspexException SECRET where the key can be neither read nor made
   */
  public Secret.Sealed seal(String password, Source source) {
    KeyFile.Key key = keyFile.orMade(source.name());
    byte[] nonce = new byte[NONCE_BYTES];
    new SecureRandom().nextBytes(nonce);
    byte[] plain = password.getBytes(StandardCharsets.UTF_8);
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key, nonce, source).doFinal(plain);
      byte[] both =
          ByteBuffer.allocate(nonce.length + sealed.length).put(nonce).put(sealed).array();
      return new Secret.Sealed(
          FORMAT + ':' + key.name() + ':' + Base64.getEncoder().encodeToString(both));
    } catch (GeneralSecurityException e) {
      throw new AuspexException(ErrorCode.INTERNAL_ERROR, "AES-GCM is not to be had").causedBy(e);
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  /**
   * The source's password, which is not to be kept longer than it takes to make a connection; empty
   * where it has none.
   *
   * @throws AuspexException SECRET where it is not to be had, with what to do
   */
  public Optional<String> password(Source source) {
    return source.password().map(secret -> open(secret, source));
  }

  private String open(Secret secret, Source source) {
    if (secret instanceof Secret.FromEnvironment from) {
      String value = environment.get(from.variable());
      if (value == null) {
        throw failed(
            source,
            "the environment variable " + from.variable() + " is not set",
            "Set it, and start Auspex again.");
      }
      return value;
    } else if (secret instanceof Secret.FromFile from) {
      return firstLine(from.file(), source);
    }
    return unseal(((Secret.Sealed) secret).cipherText(), source);
  }

  /**
   * As the files that other programs write passwords to: what follows the line is no part of it.
   */
  private static String firstLine(Path file, Source source) {
    try {
      return Files.readString(file).lines().findFirst().orElse("");
    } catch (IOException unreadable) {
      throw failed(
          source,
          "the file " + file + " does not exist or is no text that this user may read",
          "Write the password into its first line.");
    }
  }

  private String unseal(String cipherText, Source source) {
    String[] parts = cipherText.split(":", PARTS);
    if (parts.length != PARTS || !parts[0].equals(FORMAT)) {
      throw altered(source);
    }
    KeyFile.Key key = keyFile.existing(source.name());
    if (!key.name().equals(parts[1])) {
      throw failed(
          source,
          "it was sealed with another key than the one in " + keyFile.path(),
          "Bring the key "
              + parts[1]
              + " here, or give the password again with CREATE OR REPLACE"
              + " SOURCE.");
    }
    try {
      byte[] both = Base64.getDecoder().decode(parts[2]);
      if (both.length < NONCE_BYTES + TAG_BITS / Byte.SIZE) {
        throw altered(source);
      }
      byte[] nonce = Arrays.copyOf(both, NONCE_BYTES);
      byte[] sealed = Arrays.copyOfRange(both, NONCE_BYTES, both.length);
      byte[] plain = cipher(Cipher.DECRYPT_MODE, key, nonce, source).doFinal(sealed);
      return new String(plain, StandardCharsets.UTF_8);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw altered(source);
    }
  }

  private static Cipher cipher(int mode, KeyFile.Key key, byte[] nonce, Source source)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, new SecretKeySpec(key.bytes(), "AES"), new GCMParameterSpec(TAG_BITS, nonce));
    String bound =
        String.join("\0", Names.fold(source.name()), source.url(), source.user().orElse(""));
    cipher.updateAAD(bound.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }

  private static AuspexException altered(Source source) {
    return failed(
        source,
        "what the warehouse keeps of it was altered, or belongs to another source",
        "Give the password again with CREATE OR REPLACE SOURCE.");
  }

  private static AuspexException failed(Source source, String why, String what) {
    return new AuspexException(ErrorCode.SECRET, source.name(), why, what);
  }
}
