package io.auspex.catalog;

import java.util.Locale;

/** Writes the pages of the documentation that list what the registries hold. */
final class ReferencePages {
  private ReferencePages() {}

  /** {@code docs/errors.md}. */
  static String errors() {
    StringBuilder page =
        new StringBuilder(
            """
            # Errors

            Every error has a stable number (JDBC's vendor code), a kind that says who has to act, an \
            SQLSTATE, and one
            sentence. `…` stands for names and values of the case at hand. Made from `ErrorCode`.

            | number | name | kind | SQLSTATE | sentence |
            | ---: | --- | --- | --- | --- |
            """);
    for (ErrorCode code : ErrorCode.values()) {
      row(
          page,
          String.valueOf(code.number()),
          "`" + code.name() + "`",
          code.kind().name().toLowerCase(Locale.ROOT),
          code.sqlState(),
          sentence(code));
    }
    return page.toString();
  }

  /** The template, less the hints at its end that not every case has. */
  private static String sentence(ErrorCode code) {
    String sentence = code.template().replaceAll("(?<=\\.) ?\\{\\d}$", "");
    return sentence.equals("{0}") ? "(as the case is)" : sentence.replaceAll("\\{\\d}", "…");
  }

  /** {@code docs/settings.md}. */
  static String settings() {
    StringBuilder page =
        new StringBuilder(
            """
            # Settings

            `SET name = value` sets one for the session, `RESET name` takes it back, `SHOW name` shows \
            it. DuckDB's own
            settings work beside these. Made from `Setting`.

            | setting | takes | default | what it does |
            | --- | --- | --- | --- |
            """);
    for (Setting setting : Setting.values()) {
      row(
          page,
          "`" + setting.sqlName() + "`",
          setting.takes(),
          setting.defaultValue().isEmpty() ? "" : "`" + setting.defaultValue() + "`",
          setting.description());
    }
    page.append(
        """

        ## Rules

        What the planner does with a query that it understands. `disabled_rules` takes the names of \
        those that may be off.
        Made from `OptimizerRule`.

        | rule | what it does | may be off |
        | --- | --- | --- |
        """);
    for (OptimizerRule rule : OptimizerRule.values()) {
      row(page, "`" + rule.ruleName() + "`", rule.description(), rule.isOptional() ? "yes" : "no");
    }
    return page.toString();
  }

  private static void row(StringBuilder page, String... cells) {
    for (String cell : cells) {
      page.append("| ").append(cell.replace("|", "\\|")).append(' ');
    }
    page.append("|\n");
  }
}
