package io.auspex.sql.context;

import io.auspex.catalog.AuspexException;
import io.auspex.catalog.ErrorCode;
import io.auspex.catalog.Names;
import java.util.List;
import java.util.Optional;

/** Tables of other databases that tests plan queries over; nobody runs these. */
public final class RemoteTables {
  private static final List<RemoteColumn> CUSTOMERS =
      List.of(
          column("id", "INTEGER", "int4", ""),
          column("name", "VARCHAR", "text", "en_US.utf8"),
          column("code", "VARCHAR", "text", "C"),
          column("balance", "DECIMAL(15,2)", "numeric(15,2)", ""),
          column("since", "DATE", "date", ""),
          column("score", "DOUBLE", "float8", ""),
          column("active", "BOOLEAN", "bool", ""),
          column("tag", "UUID", "uuid", ""));

  private static final List<RemoteColumn> ORDERS =
      List.of(
          column("id", "BIGINT", "int8", ""),
          column("customer_id", "INTEGER", "int4", ""),
          column("total", "DECIMAL(15,2)", "numeric(15,2)", ""),
          column("day", "DATE", "date", ""));

  private RemoteTables() {}

  private static RemoteColumn column(String name, String type, String there, String collation) {
    return new RemoteColumn(
        name, type, there, true, Optional.of(collation).filter(given -> !given.isEmpty()));
  }

  /** {@code crm} is a PostgreSQL, {@code shop} a MariaDB, {@code still} may only be read. */
  public static RemoteTable named(List<String> name) {
    RemoteSystem system =
        name.get(0).equals("shop") ? RemoteSystem.MARIADB : RemoteSystem.POSTGRESQL;
    String table = Names.fold(name.get(name.size() - 1));
    if (!List.of("customers", "orders").contains(table)) {
      throw new AuspexException(ErrorCode.WAREHOUSE, "There is no table " + name);
    }
    return new RemoteTable(
        name.get(0),
        system,
        !name.get(0).equals("still"),
        List.of("public", table),
        table.equals("orders") ? ORDERS : CUSTOMERS,
        table.equals("orders") ? 1_000_000 : 10_000);
  }
}
