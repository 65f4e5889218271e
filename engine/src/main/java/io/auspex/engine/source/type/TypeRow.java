package io.auspex.engine.source.type;

/**
 * A row of a database's type table, as the documentation shows it.
 *
 * @param natives the types as the database writes them
 * @param duckDb what they are in DuckDB
 * @param remark what is to be known of single values; may be empty
 */
public record TypeRow(String natives, String duckDb, String remark) {}
