package io.auspex.sql.context;

/** The database system that a source is, as far as planning has to know its SQL. */
public enum RemoteSystem {
  POSTGRESQL,
  /** MySQL, too. */
  MARIADB,
  SQLITE,
  /** One of which no more is known than what all have in common. */
  GENERIC
}
