package io.auspex.engine;

import io.auspex.catalog.Settings;
import io.auspex.engine.stream.QueryState;
import io.auspex.sql.fragment.Fragment;
import io.auspex.sql.fragment.InlineFunction;
import java.util.HashMap;
import java.util.Map;
import org.duckdb.DuckDBConnection;

/**
 * Inline functions as a session's statements can call them. DuckDB shows a function only to
 * transactions that began after it was registered; one that is open already gets it under another
 * name, which ends with the transaction or is never called again.
 */
final class SessionFunctions {
  private final Warehouse warehouse;
  private final DuckDBConnection connection;
  private final Settings settings;
  private final Transaction transaction;
  private final Map<String, String> names = new HashMap<>();
  private long namesOf;

  SessionFunctions(
      Warehouse warehouse,
      DuckDBConnection connection,
      Settings settings,
      Transaction transaction) {
    this.warehouse = warehouse;
    this.connection = connection;
    this.settings = settings;
    this.transaction = transaction;
  }

  /**
   * The fragment's text, the functions it calls registered where the session sees them.
   *
   * @param caller the number of the statement's {@link QueryState}
   */
  String callable(Fragment fragment, long caller) {
    String sql = fragment.sql();
    for (InlineFunction function : fragment.functions()) {
      InlineFunction registered = Warehouse.as(function, settings);
      warehouse.register(registered, settings);
      sql = function.called(sql, name(registered), caller);
    }
    return sql;
  }

  private String name(InlineFunction function) {
    boolean isSeen =
        !transaction.isOpen() || warehouse.registeredBefore(function, transaction.began());
    return isSeen ? function.name() : nameInTransaction(function);
  }

  private String nameInTransaction(InlineFunction function) {
    if (namesOf != transaction.began()) {
      namesOf = transaction.began();
      names.clear();
    }
    return names.computeIfAbsent(
        function.name(), name -> warehouse.registerAgain(function, connection));
  }
}
