package io.auspex.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;

/** The tables and models that queries of all kinds are tried on. */
final class Birds {
  private Birds() {}

  /** Makes them, and what stands for {@link HandMade} predictions. */
  static void prepare(User user, Path folder) throws SQLException, IOException {
    user.run(
        "CREATE MODEL value FROM '" + User.model("matrix_input") + "'",
        "CREATE MODEL lean FROM '"
            + User.model("affine_scalar_inputs")
            + "' FEATURES (ones, tens, hundreds) OUTPUTS (y AS lean)",
        "CREATE MODEL echo FROM '" + User.model("string_echo") + "' FEATURES (city)",
        "CREATE MODEL offer FROM '"
            + User.model("pipeline_strings")
            + "' OUTPUTS (output_label AS verdict, output_probability AS chances)");
    user.run(Resources.text("birds.sql").replace("$folder", folder.toString()));
    user.run(HandMade.statements().toArray(String[]::new));
  }
}
