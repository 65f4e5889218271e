package io.auspex.shell.output;

import java.util.Locale;
import java.util.Optional;

/** The formats a result can be printed in. */
public enum Format {
  BOX,
  CSV,
  JSON,
  JSONL,
  MARKDOWN,
  VERTICAL;

  /** The format of this name, whatever its case. */
  public static Optional<Format> named(String name) {
    for (Format format : values()) {
      if (format.label().equalsIgnoreCase(name)) {
        return Optional.of(format);
      }
    }
    return Optional.empty();
  }

  /** The name as a user writes it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** A printer of this format that writes to {@code page}. */
  public Printer printer(Page page) {
    return switch (this) {
      case BOX -> new BoxPrinter(page);
      case CSV -> new CsvPrinter(page);
      case JSON -> new JsonPrinter(page, true);
      case JSONL -> new JsonPrinter(page, false);
      case MARKDOWN -> new MarkdownPrinter(page);
      case VERTICAL -> new VerticalPrinter(page);
    };
  }
}
