package io.auspex.catalog;

/**
 * A column of a table or a query's result.
 *
 * @param type its type as DuckDB writes it, such as {@code DECIMAL(18,3)} or {@code INTEGER[]}
 */
public record Column(String name, String type) {}
