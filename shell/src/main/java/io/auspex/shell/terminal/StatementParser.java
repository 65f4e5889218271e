package io.auspex.shell.terminal;

import io.auspex.engine.Script;
import java.util.List;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;

/** What is typed goes on over lines until a semicolon; a dot command is one line. */
final class StatementParser implements Parser {

  @Override
  public ParsedLine parse(String line, int cursor, ParseContext context) {
    boolean accepts = context == ParseContext.ACCEPT_LINE || context == ParseContext.UNSPECIFIED;
    if (accepts && !isCommand(line) && !Script.isComplete(line)) {
      throw new EOFError(-1, cursor, "a statement ends with ;");
    }
    return Typed.at(line, cursor);
  }

  static boolean isCommand(String line) {
    return line.stripLeading().startsWith(AuspexApplication.PREFIX);
  }

  /**
   * A line, and the word in it that the cursor stands at the end of. Within quotes that are still
   * open, all that they hold is the word: the name of a file.
   *
   * @param word what of the word is before the cursor
   * @param quoted whether it stands in open quotes
   */
  record Typed(String line, int cursor, String word, boolean quoted)
      implements CompletingParsedLine {
    static Typed at(String line, int cursor) {
      int quote = isCommand(line) ? -1 : openQuote(line.substring(0, cursor));
      if (quote >= 0) {
        return new Typed(line, cursor, line.substring(quote + 1, cursor), true);
      }
      int start = cursor;
      while (start > 0 && isPartOfWord(line.charAt(start - 1))) {
        start--;
      }
      return new Typed(line, cursor, line.substring(start, cursor), false);
    }

    private static boolean isPartOfWord(char character) {
      return Character.isLetterOrDigit(character) || character == '_' || character == '"';
    }

    /** Where the string begins that the text breaks off in; −1 where there is none. */
    private static int openQuote(String text) {
      List<Script.Token> tokens = Script.tokens(text);
      if (tokens.isEmpty()) {
        return -1;
      }
      Script.Token last = tokens.get(tokens.size() - 1);
      boolean opens = last.kind() == Script.Kind.STRING && text.charAt(last.start()) == '\'';
      return opens && !last.closed() ? last.start() : -1;
    }

    @Override
    public int wordCursor() {
      return word.length();
    }

    @Override
    public int wordIndex() {
      return 0;
    }

    @Override
    public List<String> words() {
      return List.of(word);
    }

    @Override
    public CharSequence escape(CharSequence candidate, boolean complete) {
      return quoted && complete ? candidate + "'" : candidate;
    }

    @Override
    public int rawWordCursor() {
      return wordCursor();
    }

    @Override
    public int rawWordLength() {
      return word.length();
    }
  }
}
