package io.auspex.sql.rel;

import io.auspex.catalog.Names;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.SqlWriter;

/**
 * An operator that stays what the user wrote: pieces of text with its operands between them. To
 * Calcite it is an unknown function of them, never rewritten, folded, coerced or typed; what it
 * computes is DuckDB's business.
 *
 * <p>Two of the same pieces are the same operator.
 */
public final class Verbatim extends SqlOperator {
  /** Where an operand goes in a text; of the private use area, which no query may contain. */
  public static final String HOLE = "\uE000";

  private static final Pattern QUERY =
      Pattern.compile("\\b(SELECT|FROM|VALUES|TABLE)\\b", Pattern.CASE_INSENSITIVE);

  private final List<String> pieces;
  private final boolean isPredicate;
  private final Set<String> innerNames;

  /**
   * @param pieces one more than it has operands
   * @param isDelimited whether it needs no parentheses around it, as a function call
   * @param isPredicate whether its value is true, false or unknown
   * @param innerNames what the text of a query around its operands names, in lower case: a table
   *     outside that were called so could not be reached from there
   */
  public Verbatim(
      List<String> pieces, boolean isDelimited, boolean isPredicate, Set<String> innerNames) {
    super(
        key(String.join("?", pieces)),
        isDelimited ? SqlKind.OTHER_FUNCTION : SqlKind.OTHER,
        100,
        100,
        binding -> Types.of(binding.getTypeFactory(), isPredicate),
        null,
        null);
    this.pieces = List.copyOf(pieces);
    this.isPredicate = isPredicate;
    this.innerNames = Set.copyOf(innerNames);
  }

  /** A call written as the pieces, its operands between them. */
  public static Verbatim call(String... pieces) {
    return new Verbatim(List.of(pieces), true, false, Set.of());
  }

  public List<String> pieces() {
    return pieces;
  }

  public boolean isDelimited() {
    return kind == SqlKind.OTHER_FUNCTION;
  }

  public boolean isPredicate() {
    return isPredicate;
  }

  /** Names that no table outside of its text may have. */
  public Set<String> innerNames() {
    return innerNames;
  }

  /** Whether an expression's value depends on other rows. */
  public static boolean hasWindow(RexNode expression) {
    return Calls.any(
        expression, call -> call.getOperator() instanceof Verbatim verbatim && verbatim.isWindow());
  }

  /** Whether a query may stand in an expression's text. */
  public static boolean hasQuery(RexNode expression) {
    return Calls.any(
        expression, call -> call.getOperator() instanceof Verbatim verbatim && verbatim.hasQuery());
  }

  private boolean hasQuery() {
    return pieces.stream().anyMatch(piece -> QUERY.matcher(piece).find());
  }

  private boolean isWindow() {
    return pieces.stream().anyMatch(piece -> piece.contains(" OVER ("));
  }

  @Override
  public SqlSyntax getSyntax() {
    return SqlSyntax.SPECIAL;
  }

  @Override
  public void unparse(SqlWriter writer, SqlCall call, int leftPrecedence, int rightPrecedence) {
    for (int i = 0; i < pieces.size(); i++) {
      if (!pieces.get(i).isEmpty()) {
        writer.print(pieces.get(i));
      }
      writer.setNeedWhitespace(false);
      if (i < call.operandCount()) {
        call.operand(i).unparse(writer, 0, 0);
        writer.setNeedWhitespace(false);
      }
    }
    writer.setNeedWhitespace(true);
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof Verbatim other
        && other.pieces.equals(pieces)
        && other.kind == kind
        && other.isPredicate == isPredicate;
  }

  @Override
  public int hashCode() {
    return Objects.hash(pieces, kind, isPredicate);
  }

  /**
   * Calcite compares operators by name and without case, where {@code 'a'} is not {@code 'A'}: so
   * texts that differ from others in case carry their bytes.
   */
  private static String key(String text) {
    return text.equals(Names.fold(text))
        ? text
        : text + '#' + HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
  }
}
