package io.auspex.sql.source;

import io.auspex.sql.context.NotUnderstood;
import io.auspex.sql.context.RemoteColumn;
import io.auspex.sql.context.RemoteSystem;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What comparing two values means in another database.
 *
 * @param sign {@code =}, {@code <>}, {@code <}, {@code <=}, {@code >}, {@code >=}
 */
record Comparison(RemoteSystem system, String sign) {

  /**
   * Whether it means the same there; if not, it holds wherever it does here.
   *
   * @param leftColumn that the left side is, if it is one
   * @throws NotUnderstood where neither is known
   */
  boolean isExact(
      SourceType left,
      Optional<RemoteColumn> leftColumn,
      SourceType right,
      Optional<RemoteColumn> rightColumn) {
    if (left == SourceType.TEXT && right == SourceType.TEXT) {
      return isExactOfTexts(leftColumn, rightColumn);
    } else if (left.isExactNumber() && right.isExactNumber()) {
      return true;
    } else if (left.isTime() && right.isTime()) {
      // MariaDB's date 0000-00-00, which is NULL here, is less than all others, and equals none.
      return system != RemoteSystem.MARIADB;
    } else if (system == RemoteSystem.POSTGRESQL
        && (left == SourceType.DOUBLE && right == SourceType.DOUBLE
            || left == SourceType.BOOLEAN && right == SourceType.BOOLEAN)) {
      return true;
    }
    throw new NotUnderstood(left + " " + sign + " " + right);
  }

  private boolean isExactOfTexts(Optional<RemoteColumn> left, Optional<RemoteColumn> right) {
    boolean areExact =
        Stream.of(left, right)
            .flatMap(Optional::stream)
            .allMatch(column -> SourceCollation.isExact(column, system));
    boolean haveOrder =
        Stream.of(left, right)
            .flatMap(Optional::stream)
            .allMatch(column -> SourceCollation.hasOrder(column, system));
    if (left.isPresent()
        && right.isPresent()
        && !left.get().collation().equals(right.get().collation())) {
      throw new NotUnderstood("texts of two collations");
    } else if (left.isEmpty() && right.isEmpty()) {
      throw new NotUnderstood("computed texts");
    }
    return switch (sign) {
      // Equal bytes are equal in every collation.
      case "=" -> areExact;
      case "<>" -> {
        if (!areExact) {
          throw new NotUnderstood("texts that differ but are equal");
        }
        yield true;
      }
      default -> {
        if (!haveOrder) {
          throw new NotUnderstood("the order of texts");
        }
        yield true;
      }
    };
  }
}
