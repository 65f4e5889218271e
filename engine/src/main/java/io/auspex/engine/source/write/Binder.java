package io.auspex.engine.source.write;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Sets one parameter of a statement to a vector's value, which is not NULL. */
interface Binder {
  void bind(PreparedStatement statement, int index, int row) throws SQLException;
}
