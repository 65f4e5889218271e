package io.auspex.sql.source;

import io.auspex.sql.context.RemoteColumn;
import java.util.Optional;

/**
 * A value in the SQL of another database.
 *
 * @param column that it is; empty for what is computed, and for constants
 */
record SourceValue(SourceText text, SourceType type, Optional<RemoteColumn> column) {}
