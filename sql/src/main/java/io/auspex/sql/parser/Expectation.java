package io.auspex.sql.parser;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;
import io.auspex.catalog.Names;
import io.auspex.catalog.Position;
import io.auspex.sql.lexer.Redaction;
import io.auspex.sql.parser.generated.AuspexParserConstants;
import io.auspex.sql.parser.generated.ParseException;
import io.auspex.sql.parser.generated.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What the grammar of a statement about models or sources expected, and what it found; told as a
 * sentence.
 */
record Expectation(List<String> choices, List<String> keywords, Token found) {
  private static final Pattern WORD = Pattern.compile("\"\\w+\"");

  private static final Map<Integer, String> SIGNS =
      Map.of(
          AuspexParserConstants.LPAREN, "an opening parenthesis",
          AuspexParserConstants.RPAREN, "a closing parenthesis",
          AuspexParserConstants.COMMA, "a comma",
          AuspexParserConstants.EQ, "=");

  static Expectation of(ParseException unexpected) {
    Set<Integer> kinds = new TreeSet<>();
    for (int[] sequence : unexpected.expectedTokenSequences) {
      kinds.add(sequence[0]);
    }
    List<String> choices = new ArrayList<>();
    List<String> keywords = new ArrayList<>();
    boolean name = kinds.contains(AuspexParserConstants.IDENTIFIER);
    if (name) {
      choices.add(nameAfter(unexpected.currentToken));
    }
    for (int kind : kinds) {
      String image = unexpected.tokenImage[kind];
      if (SIGNS.containsKey(kind)) {
        choices.add(SIGNS.get(kind));
      } else if (WORD.matcher(image).matches() && !name) {
        keywords.add(image.substring(1, image.length() - 1));
      }
    }
    choices.addAll(keywords);
    if (kinds.contains(AuspexParserConstants.QUOTED_STRING)) {
      choices.add(textAfter(unexpected.currentToken));
    }
    if (kinds.contains(AuspexParserConstants.UNSIGNED_INTEGER_LITERAL) && !name) {
      choices.add("a number");
    }
    if (kinds.contains(AuspexParserConstants.EOF)) {
      choices.add("the end of the statement");
    }
    return new Expectation(choices, keywords, unexpected.currentToken.next);
  }

  private static String textAfter(Token previous) {
    return switch (previous.kind) {
      case AuspexParserConstants.FROM -> "the model's file or URL in single quotes";
      case AuspexParserConstants.URL -> "the database's address in single quotes";
      case AuspexParserConstants.PASSWORD -> "the password in single quotes";
      case AuspexParserConstants.ENV -> "the variable's name in single quotes";
      default -> "text in single quotes";
    };
  }

  private static String nameAfter(Token previous) {
    return switch (previous.kind) {
      case AuspexParserConstants.MODEL -> "the model's name";
      case AuspexParserConstants.SOURCE -> "the source's name";
      case AuspexParserConstants.ALIAS -> "the alias";
      case AuspexParserConstants.VERSION -> "a version's number or alias";
      default -> "a name";
    };
  }

  AuspexException error(String text) {
    Position position = position(text);
    boolean hidden = Redaction.of(text).hides(position.offset(text));
    return new AuspexException(ErrorCode.SYNTAX, sentence(hidden)).at(position);
  }

  private String sentence(boolean hidden) {
    return switch (found.kind) {
      case AuspexParserConstants.QUOTE -> "The text that begins here has no closing quote.";
      case AuspexParserConstants.DOUBLE_QUOTE ->
          isEmptyName()
              ? "A name must have a character between its quotes."
              : "The name that begins here has no closing quote.";
      case AuspexParserConstants.DOT ->
          "A name here has one part. Quote it if the point is part of it.";
      default ->
          "Expected "
              + expected()
              + ", found "
              + (hidden ? "what is not shown here" : foundText())
              + "."
              + didYouMean();
    };
  }

  /** The lexer finds no name in two quotes, and so gives them one by one. */
  private boolean isEmptyName() {
    return found.next != null && found.next.kind == AuspexParserConstants.DOUBLE_QUOTE;
  }

  private String expected() {
    int last = choices.size() - 1;
    if (last < 1) {
      return String.join("", choices);
    }
    return String.join(", ", choices.subList(0, last)) + " or " + choices.get(last);
  }

  private String foundText() {
    return atEnd() ? "the end of the statement" : found.image;
  }

  private String didYouMean() {
    boolean isOne = keywords.stream().anyMatch(found.image::equalsIgnoreCase);
    return atEnd() || isOne ? "" : Names.didYouMean(found.image, keywords);
  }

  private boolean atEnd() {
    return found.kind == AuspexParserConstants.EOF;
  }

  private Position position(String text) {
    return atEnd()
        ? CatalogStatements.endOf(text)
        : new Position(found.beginLine, found.beginColumn);
  }
}
