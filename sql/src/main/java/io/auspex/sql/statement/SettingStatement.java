package io.auspex.sql.statement;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;
import io.auspex.catalog.Names;
import io.auspex.catalog.Position;
import io.auspex.catalog.Setting;
import io.auspex.sql.lexer.Token.Kind;
import io.auspex.sql.lexer.Tokens;
import io.auspex.sql.statement.Statement.SetSetting;
import io.auspex.sql.statement.Statement.ShowSetting;
import java.util.Arrays;
import java.util.Optional;

/** {@code SET}, {@code RESET}, {@code SHOW} and {@code PRAGMA} of a setting of ours. */
final class SettingStatement {
  private final Tokens tokens;
  private final int first;
  private final int name;

  SettingStatement(Tokens tokens, int first) {
    this.tokens = tokens;
    this.first = first;
    boolean scoped = tokens.isWord(first + 1, "SESSION", "GLOBAL", "LOCAL");
    this.name = first + (scoped && tokens.isName(first + 2) ? 2 : 1);
  }

  /** The statement; empty where it is about nothing of ours. */
  Optional<Statement> read() {
    if (!tokens.isName(name) || !isOurs()) {
      return Optional.empty();
    }
    Position position = tokens.position(name);
    boolean alone = name + 1 == tokens.size();
    if (tokens.isWord(first, "SHOW")) {
      return alone ? Optional.of(new ShowSetting(tokens.name(name))) : Optional.empty();
    } else if (tokens.isWord(first, "RESET")) {
      return Optional.of(new SetSetting(tokens.name(name), Optional.empty(), position));
    }
    boolean assigns = tokens.is(name + 1, "=") || tokens.isWord(name + 1, "TO");
    if (!assigns || name + 2 >= tokens.size()) {
      throw new AuspexException(
              ErrorCode.SYNTAX, "A setting is set with SET " + tokens.name(name) + " = value.")
          .at(tokens.position(name + 1));
    }
    return Optional.of(new SetSetting(tokens.name(name), value(name + 2), position));
  }

  /** A mistyped setting of ours is ours to explain. */
  private boolean isOurs() {
    String asked = tokens.name(name);
    if (Setting.named(asked).isPresent()) {
      return true;
    }
    boolean meant = Names.fold(asked).startsWith("predict_") && !tokens.isWord(first, "SHOW");
    if (meant) {
      throw new AuspexException(
              ErrorCode.UNKNOWN_SETTING,
              asked,
              Names.didYouMean(
                  asked, Arrays.stream(Setting.values()).map(Setting::sqlName).toList()))
          .at(tokens.position(name));
    }
    return false;
  }

  private Optional<String> value(int at) {
    if (tokens.isWord(at, "DEFAULT")) {
      return Optional.empty();
    }
    boolean quoted = tokens.kind(at) == Kind.STRING && tokens.spelling(at).startsWith("'");
    return Optional.of(quoted ? tokens.string(at) : tokens.spelling(at, tokens.size()));
  }
}
