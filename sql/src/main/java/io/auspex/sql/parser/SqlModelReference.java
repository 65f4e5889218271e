package io.auspex.sql.parser;

import java.util.Objects;
import java.util.Optional;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.util.Litmus;
import org.apache.calcite.util.NlsString;

/**
 * {@code MODEL name [VERSION version]}, the first argument of {@code PREDICT}: a string literal, so
 * that Calcite's validator takes it as it is. Its value is the model's name, its position the
 * name's place.
 */
public final class SqlModelReference extends SqlCharStringLiteral {
  private final Optional<String> version;

  public SqlModelReference(String model, Optional<String> version, SqlParserPos position) {
    super(new NlsString(model, null, null), position);
    this.version = version;
  }

  /** As written, without quotes. */
  public String modelName() {
    return getValueAs(String.class);
  }

  /** A number or an alias; empty for the default version. */
  public Optional<String> version() {
    return version;
  }

  @Override
  public SqlModelReference clone(SqlParserPos position) {
    return new SqlModelReference(modelName(), version, position);
  }

  @Override
  public void unparse(SqlWriter writer, int leftPrecedence, int rightPrecedence) {
    writer.keyword("MODEL");
    writer.identifier(modelName(), true);
    version.ifPresent(
        name -> {
          writer.keyword("VERSION");
          if (name.chars().allMatch(Character::isDigit)) {
            writer.literal(name);
          } else {
            writer.identifier(name, true);
          }
        });
  }

  @Override
  public boolean equalsDeep(SqlNode node, Litmus litmus) {
    if (node instanceof SqlModelReference other
        && other.modelName().equals(modelName())
        && other.version.equals(version)) {
      return litmus.succeed();
    }
    return litmus.fail("{} != {}", this, node);
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof SqlModelReference other && equalsDeep(other, Litmus.IGNORE);
  }

  @Override
  public int hashCode() {
    return Objects.hash(modelName(), version);
  }
}
