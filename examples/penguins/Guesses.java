import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;

/** Asks a warehouse over JDBC which heavy penguins of a species are male most surely. */
class Guesses {
  public static void main(String[] arguments) throws Exception {
    String query =
        "SELECT id, chances['male'] AS male FROM PREDICT(MODEL penguin_sex, TABLE penguins)"
            + " WHERE species = ? AND body_mass_g > ? ORDER BY male DESC, id LIMIT 3";
    try (Connection warehouse = DriverManager.getConnection("jdbc:auspex:" + arguments[0]);
        PreparedStatement statement = warehouse.prepareStatement(query)) {
      statement.setString(1, "Gentoo");
      statement.setInt(2, 5000);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          System.out.printf("penguin %d: %.3f%n", rows.getLong("id"), rows.getDouble("male"));
        }
      }
    }
  }
}
