package io.auspex.catalog;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** JDBC's addresses, which are shown, and so must hold no password. */
public final class SourceUrl {
  private static final Pattern SCHEME = Pattern.compile("(?i)jdbc:[a-z][a-z0-9+._-]*:.*");

  /** {@code password=}, {@code sslpassword=}, {@code &key=} and the like, whatever divides them. */
  private static final Pattern PARAMETER =
      Pattern.compile(
          "(?i)(pass(word|wd|phrase|code)?|pwd|secret|token|credentials?|private_?key|access_?key"
              + "|api_?key|hex_?key|[?&;(,]\\s*key)[\\w.-]*\\s*=(?!\\s*($|[&;,)]))");

  /** {@code //user:password@host}, also of a second host. */
  private static final Pattern USER_INFO = Pattern.compile("^[^/\\s]*//[^?#]*?:[^?#]*@");

  /** Oracle's {@code thin:user/password@host}. */
  private static final Pattern ORACLE = Pattern.compile("(?i)jdbc:oracle:\\w+:[^@?]*/[^@?]*@");

  private SourceUrl() {}

  /**
   * Throws INVALID_SOURCE where it is no address of JDBC, or holds a password; which then is not
   * repeated, nor anything else of the address.
   */
  public static void check(String source, String url) {
    if (holdsPassword(url)) {
      throw new AuspexException(
          ErrorCode.INVALID_SOURCE,
          source,
          "its URL has a password in it, and URLs are shown. Take it out, and write USER '…'"
              + " PASSWORD FROM ENV '…'");
    } else if (!SCHEME.matcher(url).matches()) {
      throw new AuspexException(
          ErrorCode.INVALID_SOURCE,
          source,
          "its URL is none of JDBC. Write one such as 'jdbc:postgresql://host/database'");
    }
  }

  /** Whether a text looks like an address, of whatever kind, with a password in it. */
  public static boolean holdsPassword(String url) {
    return looksSo(url) || looksSo(decoded(url));
  }

  private static boolean looksSo(String url) {
    return PARAMETER.matcher(url).find()
        || USER_INFO.matcher(url).find()
        || ORACLE.matcher(url).find();
  }

  private static String decoded(String url) {
    try {
      return URLDecoder.decode(url, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notEncoded) {
      return url;
    }
  }
}
