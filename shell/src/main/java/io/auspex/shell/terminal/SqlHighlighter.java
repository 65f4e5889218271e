package io.auspex.shell.terminal;

import io.auspex.engine.Script;
import org.jline.reader.Highlighter;
import org.jline.reader.LineReader;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;
import sqlline.HighlightStyle;

/** Colours what is being typed, token by token; a quote that was not closed stands out in red. */
final class SqlHighlighter implements Highlighter {
  private static final AttributedStyle UNCLOSED =
      AttributedStyle.DEFAULT.foreground(AttributedStyle.RED).underline();

  private final Dictionary dictionary;
  private final HighlightStyle style;

  SqlHighlighter(Dictionary dictionary, HighlightStyle style) {
    this.dictionary = dictionary;
    this.style = style;
  }

  @Override
  public AttributedString highlight(LineReader reader, String buffer) {
    if (StatementParser.isCommand(buffer)) {
      return new AttributedString(buffer, style.getCommandStyle());
    }
    AttributedStringBuilder text = new AttributedStringBuilder(buffer.length());
    for (Script.Token token : Script.tokens(buffer)) {
      String spelling = buffer.substring(token.start(), token.end());
      text.append(spelling, token.closed() ? style(token, spelling) : UNCLOSED);
    }
    return text.toAttributedString();
  }

  private AttributedStyle style(Script.Token token, String spelling) {
    return switch (token.kind()) {
      case COMMENT -> style.getCommentStyle();
      case STRING -> style.getQuotedStyle();
      case NUMBER -> style.getNumberStyle();
      case QUOTED_NAME -> style.getIdentifierStyle();
      case WORD ->
          dictionary.isKeyword(spelling) ? style.getKeywordStyle() : style.getDefaultStyle();
      case SPACE, SYMBOL -> style.getDefaultStyle();
    };
  }
}
