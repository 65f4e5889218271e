package io.auspex.udf.onnx;

import io.auspex.catalog.Position;
import java.util.Optional;

/**
 * One entry of {@code OUTPUTS (…)}.
 *
 * @param output the output's name in the graph
 * @param column the column's name; empty for the output's own
 * @param position where in the statement; may be null
 */
public record OutputChoice(String output, Optional<String> column, Position position) {}
