package io.auspex.sql.lexer;

import static org.assertj.core.api.Assertions.assertThat;

import io.auspex.sql.lexer.Token.Kind;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LexerTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'it''s'|STRING",
        "E'a\\'b'|STRING",
        "x'AB'|STRING",
        "$$a'b$$|STRING",
        "$tag$ $$ ; $tag$|STRING",
        "\"a\"\"b\"|QUOTED",
        "größe_1$|WORD",
        "日本|WORD",
        "1_000|NUMBER",
        ".5|NUMBER",
        "5.|NUMBER",
        "1.5e-3|NUMBER",
        "0xFF|NUMBER",
        "?|PARAMETER",
        "?2|PARAMETER",
        "$1|PARAMETER",
        "$name|PARAMETER",
        "::|OPERATOR",
        ":=|OPERATOR",
        "->>|OPERATOR",
        "=>|OPERATOR",
        "//|OPERATOR",
        "**|OPERATOR",
        "<=|OPERATOR",
        "!~~*|OPERATOR",
        ":|PUNCTUATION",
        "[|PUNCTUATION",
        "-- to the end|COMMENT",
        "/* a /* b */ c */|COMMENT"
      })
  void knowsOneToken(String text, Kind kind) {
    assertThat(Lexer.tokens(text)).containsExactly(new Token(kind, 0, text.length(), true));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a=-1|a,=,-,1",
        "a<-1|a,<,-,1",
        "a--b|a",
        "1..2|1,.,.2",
        "t.1|t,.,1",
        "x[1:2]|x,[,1,:,2,]",
        "a::int|a,::,int",
        "count(*),1|count,(,*,),\\,,1",
        "a=?|a,=,?",
        "'a''b'c|'a''b',c",
        "a/**/b|a,b"
      })
  void dividesWhereDuckDbDoes(String text, String expected) {
    Tokens tokens = Tokens.of(text);
    StringBuilder spelled = new StringBuilder();
    for (int i = 0; i < tokens.size(); i++) {
      spelled.append(i == 0 ? "" : ",").append(tokens.spelling(i).replace(",", "\\,"));
    }
    assertThat(spelled).hasToString(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {"'open", "\"open", "/* /* */", "$a$ $b$", "E'\\"})
  void marksWhatIsCutOff(String text) {
    List<Token> tokens = Lexer.tokens(text);
    assertThat(tokens.get(tokens.size() - 1).terminated()).isFalse();
  }

  @Test
  void coversAnyTextWithoutGaps() {
    String alphabet = "aE$1.'\"-/*?:;()[]{}=<>|\\ \n_xé\u00A0\uD83E\uDD86\0#";
    Random random = new Random(42);
    for (int run = 0; run < 20_000; run++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(24); i > 0; i--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      int at = 0;
      for (Token token : Lexer.tokens(text.toString())) {
        assertThat(token.start()).as(text.toString()).isEqualTo(at);
        assertThat(token.end()).as(text.toString()).isGreaterThan(at);
        at = token.end();
      }
      assertThat(at).as(text.toString()).isEqualTo(text.length());
    }
  }
}
