package io.auspex.sql.rel;

import io.auspex.catalog.Output;

/** An output of a model under the name it has in a query. */
public record PredictedColumn(String name, Output output) {}
