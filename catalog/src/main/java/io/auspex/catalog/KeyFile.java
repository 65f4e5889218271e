package io.auspex.catalog;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;

/**
 * The file that has the user's key, apart from every warehouse: who takes a warehouse along has not
 * taken the key. It is {@code source.key} in the {@link UserFolder}, or where the environment
 * variable AUSPEX_KEY_FILE says: 32 random bytes in base 64, readable by its owner only.
 */
record KeyFile(Path path) {
  static final String VARIABLE = "AUSPEX_KEY_FILE";
  private static final int KEY_BYTES = 32;
  private static final int NAME_BYTES = 4;

  /**
   * A key.
   *
   * @param name tells keys apart, and nothing of what is in them
   */
  record Key(byte[] bytes, String name) {
    static Key of(byte[] bytes) {
      try {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
        return new Key(bytes, HexFormat.of().formatHex(digest, 0, NAME_BYTES));
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static KeyFile of(Map<String, String> environment) {
    return new KeyFile(UserFolder.file(VARIABLE, "source.key", environment));
  }

  /** The key there is. Throws SECRET where there is none. */
  Key existing(String source) {
    try {
      return read();
    } catch (IOException e) {
      throw new AuspexException(
              ErrorCode.SECRET,
              source,
              "there is no key in " + path + " that this user may read",
              "Bring the key it was sealed with there, or give the password again with CREATE OR"
                  + " REPLACE SOURCE.")
          .causedBy(e);
    }
  }

  /** The key there is, or a new one. Throws SECRET where it can be neither read nor made. */
  Key orMade(String source) {
    try {
      try {
        return read();
      } catch (NoSuchFileException none) {
        return make();
      }
    } catch (IOException e) {
      throw new AuspexException(
              ErrorCode.SECRET,
              source,
              "the key it is to be sealed with cannot be read from " + path + " or made there",
              "Write PASSWORD FROM ENV '…', or name another file in " + VARIABLE + '.')
          .causedBy(e);
    }
  }

  private Key read() throws IOException {
    String text = Files.readString(path, StandardCharsets.US_ASCII).strip();
    try {
      byte[] key = Base64.getDecoder().decode(text);
      if (key.length == KEY_BYTES) {
        return Key.of(key);
      }
    } catch (IllegalArgumentException notBase64) {
      // Said below, as of any other length.
    }
    throw new IOException(path + " is no key: it must be 32 bytes in base 64");
  }

  /** Another process may be making one, too: the first that appears under the name is the key. */
  private Key make() throws IOException {
    byte[] key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    Files.createDirectories(path.getParent(), ownerOnly("rwx------"));
    Path unfinished =
        Files.createTempFile(
            path.getParent(), path.getFileName() + ".", "", ownerOnly("rw-------"));
    try {
      Files.writeString(unfinished, Base64.getEncoder().encodeToString(key) + "\n");
      try {
        Files.createLink(path, unfinished);
      } catch (FileAlreadyExistsException another) {
        return read();
      } catch (UnsupportedOperationException | FileSystemException noLinks) {
        Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE);
      }
      return read();
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  private static FileAttribute<?>[] ownerOnly(String permissions) {
    boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
